import type { Break } from "../breaks/finding.ts";
import { putRight } from "../breaks/put-right.ts";
import type { Base } from "../demand/base.ts";
import { type Day, mondayBefore } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { ProductPast } from "../learning/as-of.ts";
import { type ForecastPrediction, type GlobalModel, predict } from "../learning/predict.ts";

/**
 * Share of Monday in what the base expects of a product; what trees say beside it is all Monday's. Weeks are counted from the origin,
 * so that each day cuts a product's orders into other ones, which moves its base by 3 to 4 % and what trees say by 3 to 6 % a night
 * though nobody orders it. With this products of wholesale move by 1.4 to 2.3 % in the middle, of liquor, grocery and the simulated
 * ones by .5 to 1.3 %. Half of today's trees as well: 2.4 to 3.7 % and .7 to 1.6 %, and totals that are .2 % better on average (from
 * .9 % worse, wholesale, to .8 % better, liquor; Tuesdays to Sundays of five weeks of four sets). With .3 instead of .5: 1.8 to 3.1 %, totals
 * as good.
 */
const MONDAY_SHARE = 0.5;
/**
 * Where the base is more than this multiple of Monday's, or less than one part of it, there is news for the trees, and half of what is
 * predicted is today's. Without it totals of the simulated ones are .6 % worse, others alike; from 1.15 on a tenth of wholesale moves by
 * 14 % a night, with 1.2 by 7 %.
 */
const USUAL_MOVE = 1.2;
/** Weeks known on Monday from which on some days more change little. */
const LEAST_WEEKS = 13;

/**
 * What was predicted of a product on the last Monday, with the lessons of today, which are as of Monday as well.
 *
 * @param breaks that were found today.
 * @returns nothing where the origin is a Monday, the product is young, or something happened to it since.
 */
export function predictedOnMonday(
  { onMonday }: ProductHistory,
  origin: Day,
  breaks: readonly Break[],
  model: GlobalModel,
): ForecastPrediction | undefined {
  if (onMonday === undefined || onMonday.quantities.length < LEAST_WEEKS) return undefined;
  const monday = mondayBefore(origin);
  const pooled = model.pooledOnMonday;
  const right = putRight(onMonday, monday, model.horizon, pooled.index);
  if (kindsOf(right.breaks) !== kindsOf(breaks)) return undefined;
  const past = new ProductPast(right.history, { ...model, origin: monday, index: pooled.index });
  return predict({ ...model, pooled }, past.now());
}

function kindsOf(breaks: readonly Break[]): string {
  return breaks.map(({ kind }) => kind).join();
}

/**
 * What was predicted on Monday, moved as far as the base has since; where that is far, and what is predicted today.
 *
 * @param base of today; a season that stands alone is today's, as a day more or less of it may be all that is sold.
 * @param today asks the trees again.
 */
export function steadied(
  base: Base,
  onMonday: ForecastPrediction,
  today: () => ForecastPrediction,
): ForecastPrediction {
  const share = MONDAY_SHARE * (1 - Math.max(base.clearness, onMonday.base.clearness));
  const move = base.expected / onMonday.base.expected;
  if (!(move <= USUAL_MOVE && move >= 1 / USUAL_MOVE)) return mixed(today(), onMonday, share);
  const factor = share + (1 - share) * move;
  const { accuracy, reasons } = onMonday;
  const moved = {
    ...inUnits(onMonday, (of) => factor * of(onMonday)),
    base,
    accuracy,
    reasons: reasons?.map((units) => factor * units),
  };
  return base.clearness === 0 ? moved : mixed(today(), moved, 1 - base.clearness);
}

function mixed(today: ForecastPrediction, onMonday: ForecastPrediction, share: number): ForecastPrediction {
  const both = (of: (prediction: ForecastPrediction) => number) => (1 - share) * of(today) + share * of(onMonday);
  const { base, reasons } = today;
  return { ...inUnits(today, both), base, accuracy: both(({ accuracy }) => accuracy), reasons };
}

/** Whatever of a prediction is in units a week, each made anew. */
function inUnits(
  { cumulative }: ForecastPrediction,
  made: (of: (prediction: ForecastPrediction) => number) => number,
): Omit<ForecastPrediction, "base" | "accuracy" | "reasons"> {
  return {
    mean: made(({ mean }) => mean),
    lower: made(({ lower }) => lower),
    median: made(({ median }) => median),
    upper: made(({ upper }) => upper),
    meanWeekLower: made(({ meanWeekLower }) => meanWeekLower),
    meanWeekUpper: made(({ meanWeekUpper }) => meanWeekUpper),
    cumulative: cumulative.map((_, k) => ({
      meanWeekLower: made((prediction) => prediction.cumulative[k]!.meanWeekLower),
      meanWeekUpper: made((prediction) => prediction.cumulative[k]!.meanWeekUpper),
    })),
  };
}
