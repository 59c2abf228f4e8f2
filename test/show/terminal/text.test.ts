import { expect, test } from "vitest";
import { cut, flow, pad, toAscii, wrap } from "../../../src/show/terminal/text.ts";

test("a text is cut between characters as a reader sees them", () => {
  expect(cut("漢字漢字", 5)).toBe("漢字…");
  expect(cut("漢字漢字", 4)).toBe("漢…");
  expect(cut("👩‍👩‍👧family", 4)).toBe("👩‍👩‍👧f…");
  expect(cut("short", 5)).toBe("short");
  expect(cut("longer text", 8, "...")).toBe("longe...");
});

test("a text is padded to columns of the terminal", () => {
  expect(pad("漢字", 6, "left")).toBe("漢字  ");
  expect(pad("漢字", 6, "right")).toBe("  漢字");
  expect(pad("longer", 3, "left")).toBe("longer");
});

test("what has no likeness in ASCII becomes a question mark", () => {
  expect(toAscii("Café · M8 × 40 mm – Łódź, ½ 漢字…")).toBe("Cafe - M8 x 40 mm - Lodz, 1/2 ??...");
});

test("lines break between words, hang from the second on, and keep a percent sign with its number", () => {
  expect(wrap("between 0.0 and 0.0 with 80 % probability", 26, 2)).toEqual([
    "between 0.0 and 0.0 with",
    "  80 % probability",
  ]);
  expect(wrap("Model      ses (statistical)", 40, 11)).toEqual(["Model      ses (statistical)"]);
});

test("a word longer than a line is broken", () => {
  expect(wrap("a averyverylongword b", 8, 2)).toEqual(["a", "  averyv", "  erylon", "  gword", "  b"]);
  expect(wrap("漢字漢字漢", 4)).toEqual(["漢字", "漢字", "漢"]);
});

test("parts stay together", () => {
  expect(flow(["█ sold", "┊ origin", "░ 80 % interval"], "   ", 18)).toEqual(["█ sold   ┊ origin", "░ 80 % interval"]);
});
