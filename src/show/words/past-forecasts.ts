import type { AnyVersion } from "../any-version.ts";
import type { Format } from "../format.ts";

/** What the product's own forecasts would have missed at past dates, as a sentence; nothing where a document does not tell. */
export function pastForecastsInWords(
  { past_forecasts: past, forecast_weeks: horizon }: AnyVersion,
  { units, exactShare }: Format,
  date: (day: string) => string,
): string | undefined {
  if (past === undefined) return undefined;
  if (past.length === 0) return `Too little was ordered before the last ${horizon} weeks to forecast them as of then.`;
  const pairs = past.map(
    ({ as_of_date, predicted_quantity, actual_quantity }) =>
      `${units(predicted_quantity)} where ${units(actual_quantity)} came (from ${date(as_of_date)})`,
  );
  let came = 0;
  let missed = 0;
  for (const { predicted_quantity, actual_quantity } of past) {
    came += actual_quantity;
    missed += Math.abs(predicted_quantity - actual_quantity);
  }
  const average = past.length > 1 ? " on average" : "";
  const off = came > 0 ? `, off by ${exactShare(Math.round((100 * missed) / came) / 100)}${average}` : "";
  const dates = past.length === 1 ? "a past date its own forecast" : `${past.length} past dates its own forecasts`;
  return `At ${dates} of ${horizon} weeks, made anew with what is known today of all products, would have said ${pairs.join(" and ")}${off}.`;
}
