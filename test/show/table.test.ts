import stringWidth from "string-width";
import { expect, test } from "vitest";
import { cut, printable, table } from "../../src/show/table.ts";

const options = { header: ["Name", "Units"], align: ["left", "right"] } as const;

test("columns are as wide as their widest cell, numbers to the right", () => {
  expect(
    table(
      [
        ["Oak", "5"],
        ["Pine board", "1,200"],
      ],
      options,
    ),
  ).toBe("Name        Units\nOak             5\nPine board  1,200\n");
});

test("wide characters take two columns", () => {
  expect(
    table(
      [
        ["漢字", "1"],
        ["abcd", "2"],
      ],
      options,
    ),
  ).toBe("Name  Units\n漢字      1\nabcd      2\n");
});

test("long text is cut to the width, numbers never are", () => {
  const text = table([["A name that is far too long for this terminal", "1,234,567.8"]], { ...options, width: 30 });
  for (const line of text.trimEnd().split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(30);
  expect(text).toContain("…  1,234,567.8");
});

test("control characters never reach the terminal", () => {
  expect(printable("a\u001b[31mb\nc\u0007d")).toBe("ab c d");
  expect(table([["evil\u001b]0;title\u0007\nname", "1"]], options)).not.toMatch(/[^\n -~]/);
});

test("a text is cut between characters as a reader sees them", () => {
  expect(cut("漢字漢字", 5)).toBe("漢字…");
  expect(cut("👩‍👩‍👧family", 4)).toBe("👩‍👩‍👧f…");
  expect(cut("short", 5)).toBe("short");
});
