import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { exampleSections } from "../../../src/show/page/examples.ts";
import { NOTES } from "../documents.ts";
import { readMarkup } from "./read-drawing.ts";

const example = {
  product_id: "7",
  sold: 40,
  wape: 0.5,
  history: [9, 11],
  actual: [20, 20],
  mean: [10, 10],
  lower: [5, 5],
  upper: [15, 15],
};
const examples = { origin: "2025-08-19", candidates: 2, share: 0.8, best: [{ ...example, notes: [] }] };

test("an example says what was to be known of its data", () => {
  const worst = [{ ...example, notes: NOTES.slice(1, 2) }];
  const { markup } = exampleSections({ ...examples, worst }, formatIn("en-US"));
  expect(markup.match(/<p class="note">[^<]*<\/p>/g)).toEqual([
    '<p class="note">No order for 15 weeks, since Jul 29, 2025; the longest gap before was 4 weeks. ' +
      "It may not be sold any more.</p>",
  ]);
});

test("an example of which grams are sold says how many", () => {
  const grams = [0.0025, 0.0025];
  const best = [{ ...example, history: grams, actual: grams, mean: grams, sold: 0.005, notes: [] }];
  const { markup } = exampleSections({ ...examples, best, worst: [] }, formatIn("en-US"));
  expect(markup).toContain("expected 0.005, sold 0.005 in 2 weeks");
});

test("the range of an example is drawn from its lower bounds up to its upper ones", () => {
  const best = [{ ...example, lower: [5, 6], upper: [15, 17], notes: [] }];
  const { markup } = exampleSections({ ...examples, best, worst: [] }, formatIn("en-US"));
  // Along the upper bounds, where the last holds until the end of its week, and back along the lower ones.
  const corners = readMarkup(markup).corners("interval");
  expect(corners.map(({ y }) => y)).toEqual([15, 15, 17, 17, 17, 6, 6, 6, 5, 5]);
});
