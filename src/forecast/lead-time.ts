import { DEMAND_CLASSES, demandClass } from "../demand/demand-class.ts";
import { DAYS_PER_WEEK, parseDay } from "../history/calendar.ts";
import { type PriorStretches, stretchesAt } from "../learning/prior.ts";
import { documentQuantity, type ForecastDocument } from "./document.ts";

/**
 * Units that are enough for the demand from the origin on over a lead time, with a probability: the service level of an upper
 * bound leaves out as much above as its interval does on either side. For another service level than the document's, the
 * bound's distance from the mean is as many times as far as elsewhere, for the same kind of demand, intervals of that level
 * had to be stretched to hold what they promise.
 *
 * @param weeks of the lead time.
 * @param serviceLevel 0.5 or more; undefined for that of the document's upper bounds.
 * @param stretches of each demand class, from the prior.
 * @returns nothing where the forecast does not reach so far, or is of a version that does not say.
 */
export function leadTimeQuantity(
  { as_of_date, predictions, history, model_metadata }: ForecastDocument,
  weeks: number,
  serviceLevel: number | undefined,
  stretches: readonly PriorStretches[],
): number | undefined {
  const lastDay = parseDay(as_of_date) + weeks * DAYS_PER_WEEK - 1;
  const at = predictions.findIndex(({ week_end }) => parseDay(week_end) >= lastDay);
  const { cumulative_quantity: mean, cumulative_upper: upper } = predictions[at] ?? {};
  if (mean === undefined || upper === undefined) return undefined;
  const { interval_level, quantity_decimals = 1 } = model_metadata;
  const ofClass = stretches[DEMAND_CLASSES.indexOf(demandClass(Float64Array.from(history)))]!;
  const stretchAt = (level: number) => {
    const { upper: ofWeek, totalUpper } = stretchesAt(ofClass, level, at + 1);
    return at === 0 ? ofWeek : totalUpper;
  };
  const known = stretchAt(interval_level);
  const wanted = serviceLevel === undefined || known === 0 ? known : stretchAt(2 * serviceLevel - 1);
  const quantity = mean + (known === 0 ? 1 : wanted / known) * (upper - mean);
  const isWhole = Number.isInteger(upper) && history.every(Number.isInteger);
  return documentQuantity(isWhole ? Math.ceil(quantity - ROUNDING) : quantity, quantity_decimals);
}

/** Units: what a whole number may miss after adding up fractions. */
const ROUNDING = 1e-6;
