// What is expected of a product, read from Redis: REDIS_URL=redis://127.0.0.1:6379 bun read.ts 12345
import { Redis } from "ioredis";
import type { ForecastDocument, RunMetadata } from "./forecast-types.ts";

const redis = new Redis(process.env.REDIS_URL ?? "redis://127.0.0.1:6379");
const texts = await redis.mget(`forecast:${process.argv[2]}`, "forecast:metadata:last_run");
redis.disconnect();
const [document, lastRun] = texts.map((text) => text && JSON.parse(text)) as [ForecastDocument?, RunMetadata?];
if (document?.schema_version !== 1)
  throw new Error("no forecast of this product, or one that this does not understand");

const { predictions, summary, model_metadata } = document;
const isStale = lastRun && model_metadata.generated_at < lastRun.last_run;
console.log(document.product_name ?? document.product_id, `as of ${document.as_of_date}${isStale ? ", stale" : ""}`);
for (const { week_start, predicted_quantity, confidence_lower, confidence_upper } of predictions) {
  console.log(`${week_start} ${predicted_quantity} (${confidence_lower} to ${confidence_upper})`);
}
console.log(`total ${summary.total_predicted_quantity}`);
console.log(`accuracy ${model_metadata.forecast_accuracy_estimate ?? "not known"}`);
