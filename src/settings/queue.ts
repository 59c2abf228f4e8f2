import { durationUpTo, noValue, onOrOff } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";

export const QUEUE = {
  flag: "queue",
  env: "FORECAST_QUEUE",
  fallback: "false",
  description: "hand the products to forecast work on any machines, by a queue in Redis; a dry run does not",
  ...onOrOff(),
} satisfies Setting<boolean>;

export const QUEUE_PATIENCE = {
  env: "FORECAST_QUEUE_PATIENCE",
  fallback: "5m",
  description: "how long a run waits for workers of the queue, none of which gives a sign",
  ...durationUpTo("60m"),
} satisfies Setting<number>;

export const ONCE = {
  flag: "once",
  description: "end when the queue is empty",
  ...noValue(),
} satisfies Setting<true>;
