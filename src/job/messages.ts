import type { CacheSettings } from "../caches/registry.ts";
import type { IdForm } from "../forecast/document.ts";
import type { ForecastOptions } from "../forecast/forecast.ts";
import type { Lessons } from "../learning/learn.ts";
import type { SourceHandle } from "../sources/registry.ts";
import type { Period } from "../sources/source.ts";
import type { StageSeconds } from "./stages.ts";

/** What goes between the main thread and the worker threads; all of it can be cloned. */

/** What each worker is given once, when it starts. */
export interface RunSetup {
  readonly kind: "run";
  readonly source: SourceHandle;
  /** Nothing in a dry run. */
  readonly cache: CacheSettings | undefined;
  readonly period: Period;
  readonly ttlSeconds: number;
  readonly ids: IdForm;
  /** Without names and units, which each batch asks for. */
  readonly forecast: Omit<ForecastOptions, "productNames" | "units" | "customerNames">;
}

export interface RunTask {
  readonly kind: "forecast";
  readonly productIds: readonly string[];
  readonly lessons: Lessons;
}

export interface BatchResult {
  /** One for each product of the batch. */
  readonly outcomes: readonly ProductOutcome[];
  /** What the thread's time went into since its last batch. */
  readonly stages: StageSeconds;
}

export interface ProductOutcome {
  readonly productId: string;
  readonly status: "successful" | "no_forecast" | "failed";
  /** Why there is no forecast; nothing where there is one. */
  readonly reason?: string;
  readonly stack?: string;
  /** What the index says of the product, as JSON text; nothing where there is no forecast. */
  readonly indexEntry?: string;
  /** The forecast's accuracy at past origins; nothing where it could not be tried. */
  readonly accuracy?: number;
  /** Number of the batch that the product was in, from 1. */
  readonly batch?: number;
}
