import type { Pooled } from "../demand/base.ts";
import { WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ForecastPrediction } from "../learning/predict.ts";
import { REASONS } from "../learning/reasons.ts";
import { exp } from "../numeric/elementary.ts";
import { sum } from "../numeric/sum.ts";
import type { DemandExplanation, PartKind } from "./demand-forecast.ts";
import { documentQuantity, type Explanation } from "./document.ts";
import { soldBefore } from "./sold-before.ts";

/**
 * Takes the total of the horizon apart, one thing after the other: as if the product went on at its level, then with the
 * season of all products, its own, what lasts of the market's movement, what trees say, and weeks in which all rest.
 *
 * @param pattern how demand spreads over the weeks of the horizon, and `weeksOpen` the same with weeks of rest.
 */
export function explained(
  { mean, base, reasons }: ForecastPrediction,
  { pattern: ofAll, lasting }: Pick<Pooled, "pattern" | "lasting">,
  pattern: Float64Array,
  weeksOpen: Float64Array,
): DemandExplanation {
  const { level, pooledSeason = 0, expected } = base;
  const weeks = sum(pattern);
  const totals: [PartKind, number][] = [
    ["level", level * pattern.length],
    ["market-season", level * exp(pooledSeason) * sum(ofAll.subarray(0, pattern.length))],
    ["product-season", (expected / exp(lasting.get(0) ?? 0)) * weeks],
    ["momentum", expected * weeks],
    ["correction", mean * weeks],
    ["closing", mean * sum(weeksOpen)],
  ];
  return {
    parts: totals.map(([kind, total], i) => [kind, total - (totals[i - 1]?.[1] ?? 0)]),
    reasons: Array.from(reasons ?? [], (units, i) => [REASONS[i]!, units * weeks] as const),
  };
}

const MOST_REASONS = 3;
const QUARTER_WEEKS = 13;

/**
 * The explanation as documents have it.
 *
 * @param total of the horizon, as the document has it.
 * @param history net units a week, oldest first.
 * @param days that are forecast.
 */
export function explanationOf(
  { parts, reasons }: DemandExplanation,
  total: number,
  history: Float64Array,
  days: number,
  decimals: number,
): Explanation {
  const rounded = (quantity: number) => documentQuantity(quantity, decimals);
  let exact = 0;
  let before = 0;
  const quantities = parts.map(([kind, units], i) => {
    exact += units;
    // The running sums are rounded, so that what they are made of adds up to the last of them.
    const upTo = i === parts.length - 1 ? total : rounded(exact);
    const quantity = rounded(upTo - before);
    before = upTo;
    return { kind, quantity };
  });
  const recent = history.subarray(-QUARTER_WEEKS);
  const { aYearAgo } = soldBefore(Array.from(history.subarray(-WEEKS_PER_YEAR)), days);
  return {
    parts: quantities.filter(({ kind, quantity }) => kind === "level" || quantity !== 0),
    reasons: reasons
      .map(([kind, units]) => ({ kind, quantity: rounded(units) }))
      .filter(({ quantity }) => quantity !== 0)
      .sort((a, b) => Math.abs(b.quantity) - Math.abs(a.quantity))
      .slice(0, MOST_REASONS),
    mean_of_last_13_weeks: rounded(sum(recent) / recent.length),
    year_ago_quantity: aYearAgo === undefined ? null : rounded(aYearAgo),
  };
}

/** The same with orders of a known size that are due. */
export function withYearlyOrders({ parts, reasons }: DemandExplanation, units: number): DemandExplanation {
  return { parts: [...parts, ["yearly-order", units]], reasons };
}

/** The same of a share of the total. */
export function ofShare({ parts, reasons }: DemandExplanation, share: number): DemandExplanation {
  const shareOf = <Kind>([kind, units]: readonly [Kind, number]) => [kind, share * units] as const;
  return { parts: parts.map(shareOf), reasons: reasons.map(shareOf) };
}
