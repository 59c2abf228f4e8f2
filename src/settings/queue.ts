import { noValue, onOrOff } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";

export const QUEUE = {
  flag: "queue",
  env: "FORECAST_QUEUE",
  fallback: "false",
  description: "hand the products to forecast work on any machines, by a queue in Redis; a dry run does not",
  ...onOrOff(),
} satisfies Setting<boolean>;

export const ONCE = {
  flag: "once",
  description: "end when the queue is empty",
  ...noValue(),
} satisfies Setting<true>;
