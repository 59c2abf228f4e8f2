import { absoluteError, squaredError, sum } from "../accuracy/error.ts";
import { BASELINE, MODELS } from "../models/registry.ts";
import { type HeldOut, heldOutOrigins, holdOut } from "./held-out.ts";
import { type Intervals, intervalsFromErrors, intervalsFromHistory } from "./interval.ts";
import { meanForecast } from "./mean-forecast.ts";

export interface DemandForecast {
  readonly model: string;
  readonly modelType: "statistical" | "baseline";
  /** Expected units of each week of the horizon, not negative. */
  readonly mean: Float64Array;
  readonly intervals: Intervals;
  /** 1 − |error of the horizon's total| / actual total over the held-out origins, 0 to 1; null where there are none. */
  readonly accuracyEstimate: number | null;
}

/**
 * Forecasts weekly demand by the method with the least squared error at the product's own past origins, and with the
 * baseline where no origin can be held out.
 *
 * @param quantities net units a week, oldest first, at least one.
 * @param level of the intervals, 0 to 1.
 */
export function forecastDemand(quantities: Float64Array, horizon: number, level: number): DemandForecast {
  const origins = heldOutOrigins(quantities.length, horizon);
  const shortest = origins.at(-1);
  if (shortest === undefined) {
    const mean = meanForecast(BASELINE, quantities, horizon);
    return {
      model: BASELINE.name,
      modelType: "baseline",
      mean,
      intervals: intervalsFromHistory(mean, quantities, level),
      accuracyEstimate: null,
    };
  }
  const [best] = MODELS.filter(({ leastHistory }) => leastHistory <= shortest)
    .map((model) => {
      const heldOut = holdOut(model, quantities, origins, horizon);
      return { model, heldOut, loss: sum(heldOut.map(({ actual, forecast }) => squaredError(actual, forecast))) };
    })
    .sort((a, b) => a.loss - b.loss);
  const { model, heldOut } = best!;
  const mean = meanForecast(model, quantities, horizon);
  return {
    model: model.name,
    modelType: "statistical",
    mean,
    intervals: intervalsFromErrors(mean, heldOut, level),
    accuracyEstimate: totalAccuracy(heldOut),
  };
}

function totalAccuracy(heldOut: readonly HeldOut[]): number | null {
  const actual = Float64Array.from(heldOut, (origin) => sum(origin.actual));
  const forecast = Float64Array.from(heldOut, (origin) => sum(origin.forecast));
  const demand = sum(actual);
  if (demand <= 0) return null;
  return Math.max(0, 1 - absoluteError(actual, forecast) / demand);
}
