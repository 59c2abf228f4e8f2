import { meanOfWeeks } from "./mean.ts";
import type { Model } from "./model.ts";
import { seasonalNaive } from "./seasonal-naive.ts";
import { simpleExponentialSmoothing } from "./simple-exponential-smoothing.ts";

/** For products too young to hold out a past origin. */
export const BASELINE: Model = meanOfWeeks(13);

/** The methods that a product's forecast is chosen from; of two equally good ones the first. */
export const MODELS: readonly Model[] = [BASELINE, simpleExponentialSmoothing, seasonalNaive];
