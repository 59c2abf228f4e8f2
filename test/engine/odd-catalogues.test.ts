import { expect, test } from "vitest";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { mean } from "../../src/numeric/sum.ts";
import { forecasts } from "../parts/engine.ts";
import { oddCatalogue } from "../parts/odd-catalogues.ts";

/** Weeks after which a product's own past says what is absurd. */
const LEAST_WEEKS = 26;
/** No total is more than so many times the best weeks ever, on average. */
const ABSURD = 5;
/** The last ones had totals of up to 1e31. */
const SEEDS = [...Array.from({ length: 60 }, (_, i) => i + 1), 285, 491, 596, 1207];

test.each(SEEDS)("odd catalogue %i: every document is in order, and no total is absurd", async (seed) => {
  for (const [id, { document, history }] of await forecasts(oddCatalogue(seed))) {
    expect(faultsOf(document), id).toEqual([]);
    const { quantities } = history;
    const best = quantities.toSorted().subarray(-12);
    if (quantities.length >= LEAST_WEEKS)
      expect(document.summary.total_predicted_quantity, id).toBeLessThanOrEqual(12 * ABSURD * mean(best) + 1);
  }
});

function faultsOf({ predictions, summary, explanation, model_metadata }: ForecastDocument): string[] {
  const smallest = 10 ** -(model_metadata.quantity_decimals ?? 1);
  const { total_predicted_quantity: total, total_confidence_lower, total_confidence_upper } = summary;
  const parts = explanation.parts.reduce((sum, { quantity }) => sum + quantity, 0);
  const isOrdered = (...numbers: number[]) => numbers.every((number, i) => i === 0 || numbers[i - 1]! <= number);
  const holds = {
    "parts that add up": Math.abs(parts - total) <= smallest + 1e-12 * total,
    "a total within its range": isOrdered(0, total_confidence_lower, total, total_confidence_upper),
    "medians within ranges": predictions.every((week) =>
      isOrdered(0, week.confidence_lower, week.median_quantity, week.confidence_upper),
    ),
    "demand so far within its range": predictions.every((week) =>
      isOrdered(0, week.cumulative_lower, week.cumulative_quantity, week.cumulative_upper),
    ),
  };
  return Object.entries(holds).flatMap(([what, does]) => (does ? [] : [what]));
}
