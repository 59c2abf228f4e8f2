import type { Cache } from "../caches/cache.ts";
import { leadTimeQuantity } from "../forecast/lead-time.ts";
import type { ProductIndex } from "../forecast/product-index.ts";
import { shippedPrior } from "../learning/prior.ts";
import type { Log } from "../observe/log.ts";
import type { LeadTime } from "../settings/list.ts";
import { type LeadTimeHead, type ListedProduct, needed } from "../show/product-list.ts";
import { readStock, type Stock } from "../sources/csv/stock.ts";
import { COUNT } from "../values/count.ts";
import { UsageError } from "../values/setting.ts";
import { documentsOf } from "./list-files.ts";

const NO_STOCK: Stock = { onHand: 0, onOrder: 0 };

/**
 * The products with what is enough for a lead time and, where a file of stock is given, what is to be ordered; one that the
 * file does not have is not in stock, which the log is told.
 *
 * @throws UsageError where forecasts do not reach so far, Error where the file of stock cannot be read.
 */
export async function withLeadTimes(
  products: readonly ListedProduct[],
  { as_of_date, forecast_weeks, interval_level }: ProductIndex,
  { weeks, serviceLevel, stock: file }: LeadTime,
  cache: Cache,
  log: Log,
): Promise<{ products: ListedProduct[]; leadTime: LeadTimeHead }> {
  if (weeks > forecast_weeks) {
    throw new UsageError(
      `--lead-time ${weeks}w: forecasts reach ${forecast_weeks} weeks; forecast run --weeks ${weeks} makes longer ones`,
    );
  }
  const read = file === undefined ? undefined : await readStock(file);
  for (const line of read?.said ?? []) log.info(`${file}: ${line}`);
  const { stretches } = await shippedPrior();
  const quantities = new Map<string, number | undefined>();
  for await (const document of documentsOf(products, as_of_date, cache, log)) {
    quantities.set(document.product_id, leadTimeQuantity(document, weeks, serviceLevel, stretches));
  }
  const unknown = products.filter(({ product_id }) => read && !read.stock.has(product_id)).length;
  if (unknown > 0) {
    log.warn(
      `${COUNT.format(unknown)} of ${COUNT.format(products.length)} products are not in ${file}: they count as not in stock`,
    );
  }
  return {
    products: products.map((product) => {
      const { product_id, quantity_decimals = 1 } = product;
      const stock = read && (read.stock.get(product_id) ?? NO_STOCK);
      return { ...product, ...needed(quantities.get(product_id), stock, quantity_decimals) };
    }),
    leadTime: { weeks, serviceLevel: serviceLevel ?? (1 + interval_level) / 2, hasStock: read !== undefined },
  };
}
