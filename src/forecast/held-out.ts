import type { Model } from "../models/model.ts";
import { meanForecast } from "./mean-forecast.ts";

/** A forecast made at a past origin from what was known then, and what came. Both of length `horizon`. */
export interface HeldOut {
  readonly forecast: Float64Array;
  readonly actual: Float64Array;
}

const LEAST_TRAINING_WEEKS = 8;
const WEEKS_BETWEEN_ORIGINS = 4;
const MOST_ORIGINS = 6;

/** @returns how many past origins can be held out: their training weeks, most recent first. */
export function heldOutOrigins(weeks: number, horizon: number): number[] {
  const origins: number[] = [];
  for (
    let training = weeks - horizon;
    training >= LEAST_TRAINING_WEEKS && origins.length < MOST_ORIGINS;
    training -= WEEKS_BETWEEN_ORIGINS
  ) {
    origins.push(training);
  }
  return origins;
}

/** @param origins numbers of training weeks, each at least the model's least history. */
export function holdOut(
  model: Model,
  quantities: Float64Array,
  origins: readonly number[],
  horizon: number,
): HeldOut[] {
  return origins.map((training) => ({
    forecast: meanForecast(model, quantities.subarray(0, training), horizon),
    actual: quantities.subarray(training, training + horizon),
  }));
}
