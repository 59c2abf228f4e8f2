import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { leadTimesInWords } from "../../../src/show/words/lead-times.ts";
import { DISTINCT } from "../reports.ts";

const words = (held: readonly number[]) =>
  leadTimesInWords({ ...DISTINCT.honesty!, cumulative_coverage: held }, formatIn("en-US"));

test("lead times are told of as far as forecasts reach, or not at all where nothing was measured", () => {
  expect(words([0.9, 0.8, 0.5, 0.7, 0.6])).toBe(
    "Of demand over a lead time lay within its interval: 90 % of 1 week, 80 % of 2 weeks, 70 % of 4 weeks.",
  );
  expect(words([])).toBe("");
});
