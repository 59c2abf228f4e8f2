import stringWidth from "string-width";
import { expect, test } from "vitest";
import { table } from "../../../src/show/terminal/table.ts";

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

test("a header is not needed, nor is every cell", () => {
  expect(table([["a", "1"], ["bc"]], { align: ["left", "right"] })).toBe("a   1\nbc\n");
  expect(table([], { align: ["left", "right"] })).toBe("");
  expect(table([], options)).toBe("Name  Units\n");
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

test("only columns that may shrink are cut, the first one first, and no more than needed", () => {
  const rows = [["a name that is far too long", "identifier-1234567890", "1,234,567.8"]];
  const align = ["left", "left", "right"] as const;
  const shrunk = table(rows, { align, width: 50, shrink: [0] });
  expect(shrunk).toBe("a name that i…  identifier-1234567890  1,234,567.8\n");
  expect(stringWidth(shrunk.trimEnd())).toBe(50);
  expect(table(rows, { align, width: 47, shrink: [0, 1] })).toBe("a name that…  identifier-12345678…  1,234,567.8\n");
  expect(table(rows, { align, width: 10 })).toContain("identifier-1234567890");
});

test("no cell is cut below what can be recognised", () => {
  expect(table([["a name that is far too long", "1"]], { align: ["left", "right"], width: 8, shrink: [0] })).toBe(
    "a name that…  1\n",
  );
});

test("control characters never reach the terminal", () => {
  expect(table([["evil\u001b]0;title\u0007\nname", "1"]], options)).not.toMatch(/[^\n -~]/);
});
