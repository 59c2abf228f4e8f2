import type { ForecastDocument } from "../forecast/document.ts";
import { brief } from "../values/printable.ts";
import type { RunMetadata } from "./metadata.ts";

/** What is kept of the last run by any version of the program. */
export type LastRun = Omit<RunMetadata, "no_forecast_products"> & Partial<Pick<RunMetadata, "no_forecast_products">>;

/** Why the cache has no document of a product, as far as is known. */
export function whyMissing(productId: string, lastRun: LastRun | undefined): string {
  const reason = lastRun && reasonOf(productId, lastRun);
  if (reason !== undefined) return `the last run, as of ${lastRun!.as_of_date}, made none: ${reason}`;
  return `it has expired, or the product is unknown or not eligible; forecast run --product ${brief(productId)} tells which`;
}

/** That a document is older than the last run, and why; nothing where it is that run's, or none that it should have made. */
export function whyOld(
  { product_id, as_of_date, model_metadata }: ForecastDocument,
  lastRun: LastRun | undefined,
): string | undefined {
  if (lastRun === undefined || !(model_metadata?.generated_at < lastRun.last_run)) return undefined;
  const reason = reasonOf(product_id, lastRun);
  if (reason === undefined && lastRun.partial) return undefined;
  return (
    `this forecast is as of ${as_of_date}; the last run, as of ${lastRun.as_of_date}, made none: ` +
    `${reason ?? "the product failed, was not reached, or is not eligible any more"}`
  );
}

function reasonOf(productId: string, { no_forecast_products: products = [] }: LastRun): string | undefined {
  return products.find(({ product_id }) => product_id === productId)?.reason;
}
