import { expect, test } from "vitest";
import { printable } from "../../src/show/printable.ts";

test.each([
  ["a\u001b[31mb\nc\u0007d", "ab c d"],
  ["evil\u001b]0;title\u0007 name", "evil name"],
  ["clear\u001b[2J\u001b[H", "clear"],
  ["a lone \u001b", "a lone  "],
  ["\u009b2Jc1", "c1"],
  ["tab\there", "tab here"],
  ["\u202eesrever", "esrever"],
  ["two\u2028lines", "two lines"],
  ["half \ud83d", "half \ufffd"],
  ["漢字 and 👩‍👩‍👧 stay", "漢字 and 👩‍👩‍👧 stay"],
])("%j can be shown on one line", (text, expected) => {
  expect(printable(text)).toBe(expected);
});
