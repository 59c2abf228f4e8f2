import { expect, test } from "vitest";
import { brief, printable, quoted, safeJson } from "../../src/values/printable.ts";

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

test("what is quoted is cut where it is long, and says how long it was", () => {
  expect(quoted("a\u202eb")).toBe('"ab"');
  expect(brief("x".repeat(100))).toBe("x".repeat(100));
  expect(brief("x".repeat(100_000))).toBe(`${"x".repeat(100)}… (100000 characters)`);
  expect(brief("\u001b[31m".repeat(1000))).toBe("… (5000 characters)");
  expect(brief(`${"x".repeat(99)}\u{1f600}`)).toBe(`${"x".repeat(99)}\ufffd… (101 characters)`);
});

test("JSON keeps its value and controls nothing", () => {
  const value = { text: "a\u009b\u202e\u2028\u2066\u007f\u001b漢", lines: "1\n2" };
  const text = safeJson(JSON.stringify(value, undefined, 2));
  expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(text).not.toContain("\u001b");
  expect(text).toContain("漢");
  expect(JSON.parse(text)).toEqual(value);
  expect(safeJson("\u001b[2J\r")).toBe("\\u001b[2J\\u000d");
});
