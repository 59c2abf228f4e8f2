import type { Given } from "../values/given.ts";
import { duration, share } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";

const MAX_AGE = {
  flag: "max-age",
  fallback: "26h",
  description: "age of the last run that is still healthy",
  ...duration(),
} satisfies Setting<number>;
const MAX_FAILED = {
  flag: "max-failed",
  fallback: "5%",
  description: "share of failed products that is still healthy",
  ...share(0, 1),
} satisfies Setting<number>;

export const HEALTH_SETTINGS: readonly Setting<unknown>[] = [MAX_AGE, MAX_FAILED];

export interface HealthLimits {
  readonly maxAgeSeconds: number;
  /** Share of all products. */
  readonly maxFailed: number;
}

/** @throws UsageError */
export function healthLimits(given: Given): HealthLimits {
  return { maxAgeSeconds: given.value(MAX_AGE)!, maxFailed: given.value(MAX_FAILED)! };
}
