import { putRight } from "../breaks/put-right.ts";
import { unitChange } from "../breaks/unit-change.ts";
import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import { historyUntil, type ProductHistory } from "../history/history.ts";
import { ProductPast } from "../learning/as-of.ts";
import { type GlobalModel, predictMean } from "../learning/predict.ts";
import { foldOf } from "../learning/table.ts";
import { hashOf } from "../numeric/random.ts";
import { sum } from "../numeric/sum.ts";
import type { PutRightForecast } from "./demand-forecast.ts";

/** What would have been said of the horizon's total at a past date, and what came. Units. */
export interface PastTotal {
  readonly origin: Day;
  readonly predicted: number;
  readonly actual: number;
}

/**
 * The product's own forecasts, made anew at past origins from its orders before each. What all products share is learned up to
 * today, but the trees are those of the other fold, which have not seen what came of the product.
 *
 * @param now its forecast at the origin.
 * @returns the last one first, as far back as the product would have been forecast.
 */
export function pastForecasts(
  productId: string,
  history: ProductHistory,
  now: Pick<PutRightForecast, "breaks" | "isPutRight" | "past">,
  origin: Day,
  model: GlobalModel,
): PastTotal[] {
  const { horizon, past, pooled } = model;
  const { quantities } = history;
  const { index } = pooled;
  const other = foldOf(hashOf(productId)) === 0 ? 1 : 0;
  // In another unit, what was said could not be compared with what came.
  const isOtherUnit = now.breaks.some(({ kind }) => kind === "unit-change");
  const comparable = (isOtherUnit && unitChange(history, origin)?.history) || history;
  const asItWas = now.isPutRight ? new ProductPast(comparable, { ...model, origin, index }) : now.past;
  const totals: PastTotal[] = [];
  for (const { weeksAgo, weeks } of past.origins) {
    const end = quantities.length - weeksAgo;
    if (!quantities.subarray(0, Math.max(0, end)).some((quantity) => quantity > 0)) break;
    const customers = asItWas.customersAsOf(weeksAgo);
    const orders = sum(history.ordersPerWeek.subarray(0, end));
    if (customers.known < past.minCustomers || orders < past.minOrders) break;
    const then = origin - weeksAgo * DAYS_PER_WEEK;
    const indexThen = index.subarray(0, Math.max(0, index.length - weeksAgo));
    // Most products have nothing to be put right, and did not then.
    const right = now.isPutRight
      ? putRight(historyUntil(comparable, weeksAgo, origin), then, horizon, indexThen)
      : undefined;
    const product = right
      ? new ProductPast(right.history, { ...model, origin: then, index: indexThen }).asOf(0)
      : asItWas.asOf(weeksAgo, customers);
    const predicted = weeks * predictMean(model, product, weeksAgo, other) + sum(right?.due ?? []);
    totals.push({ origin: then, predicted, actual: sum(comparable.quantities.subarray(end, end + horizon)) });
  }
  return totals;
}
