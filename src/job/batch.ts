import { type Cache, forecastKey } from "../caches/cache.ts";
import { type IdForm, serializeDocument } from "../forecast/document.ts";
import { forecastProduct } from "../forecast/forecast.ts";
import { serializeEntry } from "../forecast/product-index.ts";
import { historiesSinceMonday } from "../history/history.ts";
import { joinedLines, namedIds, withPredecessors, withSuccessions } from "../history/predecessors.ts";
import type { Period, Source } from "../sources/source.ts";
import type { BatchResult, ProductOutcome, RunSetup, RunTask } from "./messages.ts";
import type { StageClock } from "./stages.ts";

export interface BatchParts {
  readonly source: Source;
  /** Nothing in a dry run. */
  readonly cache: Cache | undefined;
  readonly period: Period;
  readonly ttlSeconds: number;
  readonly ids: IdForm;
  readonly forecast: RunSetup["forecast"];
  readonly clock: StageClock;
}

/**
 * The whole row for a batch of products: read their order lines and names, forecast each, write the documents. A product whose
 * forecast or write fails is an outcome; what fails for all of them is thrown.
 *
 * @returns one outcome for each product, in their order, and what the time went into.
 * @throws SourceError when the order lines cannot be read, CacheError when the cache cannot be reached.
 */
export async function forecastBatch({ productIds, lessons }: RunTask, parts: BatchParts): Promise<BatchResult> {
  const { source, cache, period, ttlSeconds, ids, clock } = parts;
  const { successions, doubledDays } = lessons;
  const idsToRead = withPredecessors(productIds, successions);
  const lines = await clock.during("read", () => source.orderLines(idsToRead, period));
  const histories = clock.during("parse", () => {
    const joined = joinedLines(lines, productIds, successions);
    const histories = historiesSinceMonday(joined, productIds.length, period.origin, doubledDays);
    return withSuccessions(histories, productIds, successions);
  });
  const customerIds = new Set(histories.flatMap(({ customers }) => customers.map(({ id }) => id)));
  const names = await clock.during("read", () => source.names(namedIds(productIds, successions), [...customerIds]));
  const forecast = {
    ...parts.forecast,
    productNames: names.products,
    units: names.units,
    customerNames: names.customers,
  };
  const outcomes: ProductOutcome[] = [];
  const entries: { index: number; key: string; value: string }[] = [];
  for (const [index, history] of histories.entries()) {
    const productId = productIds[index]!;
    try {
      const result = clock.during("forecast", () => forecastProduct(productId, history, forecast, lessons));
      if ("document" in result) {
        const { document } = result;
        const value = clock.during("serialise", () => serializeDocument(document, ids));
        entries.push({ index, key: forecastKey(productId), value });
        const accuracy = document.model_metadata.forecast_accuracy_estimate;
        const indexEntry = clock.during("serialise", () => serializeEntry(document, ids));
        outcomes.push({ productId, status: "successful", indexEntry, ...(accuracy === null ? {} : { accuracy }) });
      } else {
        outcomes.push({ productId, status: "no_forecast", reason: result.noForecast });
      }
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      outcomes.push({ productId, status: "failed", reason: message, ...(stack === undefined ? {} : { stack }) });
    }
  }
  const refusals = await clock.during("write", async () => entries.length > 0 && cache?.write(entries, ttlSeconds));
  for (const [i, reason] of refusals ? refusals.entries() : []) {
    const { index } = entries[i]!;
    if (reason !== undefined) outcomes[index] = { productId: productIds[index]!, status: "failed", reason };
  }
  return { outcomes, stages: clock.take() };
}
