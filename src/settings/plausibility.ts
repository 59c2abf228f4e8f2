import type { Given } from "../values/given.ts";
import { duration, share } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";

const SECONDS_PER_DAY = 86_400;

export const MOST_DROP = {
  flag: "most-drop",
  env: "FORECAST_MOST_DROP",
  fallback: "50%",
  description: "share of the last run's products that may be gone",
  ...share(0, 1),
} satisfies Setting<number>;
export const MOST_AGE = {
  flag: "most-age",
  env: "FORECAST_MOST_AGE",
  fallback: "21d",
  description: "age of the newest order line before the origin",
  ...duration(),
} satisfies Setting<number>;

/** What a source must be like for a run to write anything. */
export interface PlausibilityLimits {
  /** Share of the last run's products. */
  readonly mostDrop: number;
  readonly mostAgeDays: number;
}

/** @throws UsageError */
export function plausibilityLimits(given: Given): PlausibilityLimits {
  return { mostDrop: given.value(MOST_DROP)!, mostAgeDays: given.value(MOST_AGE)! / SECONDS_PER_DAY };
}
