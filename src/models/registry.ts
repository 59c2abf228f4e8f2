import { croston, sba } from "./croston.ts";
import { exponentialSmoothing } from "./exponential-smoothing.ts";
import { meanOfWeeks } from "./mean.ts";
import type { Model } from "./model.ts";
import { naive } from "./naive.ts";
import { dynamicTheta, optimisedTheta } from "./optimised-theta.ts";
import { seasonalNaive } from "./seasonal-naive.ts";
import { simpleExponentialSmoothing } from "./simple-exponential-smoothing.ts";
import { adida, imapa } from "./temporal-aggregation.ts";
import { theta } from "./theta.ts";
import { tsb } from "./tsb.ts";

/** Every method there is. */
export const ALL_MODELS: readonly Model[] = [
  naive,
  seasonalNaive,
  meanOfWeeks(8),
  meanOfWeeks(13),
  meanOfWeeks(26),
  simpleExponentialSmoothing,
  exponentialSmoothing,
  theta,
  optimisedTheta,
  dynamicTheta,
  croston,
  sba,
  tsb,
  adida,
  imapa,
];
