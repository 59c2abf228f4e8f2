import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { comparison } from "../../../src/show/words/comparison.ts";
import { documentOf } from "../documents.ts";

const said = (sold: number) => comparison(documentOf(Array(12).fill(sold / 12), [100, 80, 120]), formatIn("en-US"));

test("a total is compared in percent, and from three times as much on by how many times it is", () => {
  expect(said(1080)).toBe("That is 11 % more than the 1,080 sold in the 12 weeks before.");
  expect(said(1500)).toBe("That is 20 % less than the 1,500 sold in the 12 weeks before.");
  expect(said(1200)).toBe("That is as much as the 1,200 sold in the 12 weeks before.");
  expect(said(420)).toBe("That is 186 % more than the 420 sold in the 12 weeks before.");
  expect(said(108)).toBe("That is 11 times the 108 sold in the 12 weeks before.");
  expect(said(0)).toBe("That is more than the 0 sold in the 12 weeks before.");
});
