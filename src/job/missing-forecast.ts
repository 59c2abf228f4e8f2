import type { ForecastDocument } from "../forecast/document.ts";
import { alternatives } from "../values/kinds.ts";
import { entry } from "../values/list.ts";
import { brief, printable } from "../values/printable.ts";
import { shellWord } from "../values/shell.ts";
import type { RunMetadata } from "./metadata.ts";

const MOST_MEANT = 5;

/** A product that somebody may mean. */
export interface KnownProduct {
  readonly id: string;
  readonly name: string | undefined;
}

/** What is kept of a run by any version of the program. */
type LastRun = Omit<RunMetadata, "no_forecast_products"> & Partial<Pick<RunMetadata, "no_forecast_products">>;

/** The last run of all products and the last one of some, as far as they are known. */
export type LastRuns = readonly (LastRun | undefined)[];

/**
 * Why the cache has no document of a product, as far as is known.
 *
 * @param meant products that may have been meant instead.
 */
export function whyMissing(productId: string, lastRuns: LastRuns, meant: readonly KnownProduct[] = []): string {
  const told = newestFirst(lastRuns).find((run) => reasonOf(productId, run) !== undefined);
  if (told) return `the last run, as of ${told.as_of_date}, made none: ${reasonOf(productId, told)}`;
  if (meant.length > 0) return `did you mean ${meantProducts(meant)}?`;
  return `it has expired, or the product is unknown or not eligible; forecast run ${productFlag(productId)} tells which`;
}

function meantProducts(products: readonly KnownProduct[]): string {
  const told = products.slice(0, MOST_MEANT).map(({ id, name }) => {
    return name === undefined ? brief(id) : `${brief(id)} (${brief(name)})`;
  });
  const more = products.length - told.length;
  return more > 0 ? `${told.join(", ")} or one of ${more.toLocaleString("en-US")} more` : alternatives(told);
}

/** The flag as it can be pasted into a shell, but for characters that may not be shown. */
function productFlag(productId: string): string {
  const value = entry(printable(productId));
  return value.startsWith("-") ? shellWord(`--product=${value}`) : `--product ${shellWord(value)}`;
}

/** That a document is older than the last run, and why; nothing where it is that run's, or none that it should have made. */
export function whyOld(
  { product_id, as_of_date, model_metadata }: ForecastDocument,
  lastRuns: LastRuns,
): string | undefined {
  const later = newestFirst(lastRuns).filter(({ last_run }) => model_metadata?.generated_at < last_run);
  const run = later.find((run) => reasonOf(product_id, run) !== undefined) ?? later.find(({ partial }) => !partial);
  if (run === undefined) return undefined;
  return (
    `this forecast is as of ${as_of_date}; the last run, as of ${run.as_of_date}, made none: ` +
    `${reasonOf(product_id, run) ?? "the product failed, was not reached, or is not eligible any more"}`
  );
}

function newestFirst(runs: LastRuns): LastRun[] {
  return runs.filter((run) => run !== undefined).sort((a, b) => (a.last_run < b.last_run ? 1 : -1));
}

function reasonOf(productId: string, { no_forecast_products: products = [] }: LastRun): string | undefined {
  return products.find(({ product_id }) => product_id === productId)?.reason;
}
