import { openSource, type SourceHandle } from "../sources/open.ts";
import type { EligibleProduct, Names, Period } from "../sources/source.ts";
import type { ProductOutcome } from "./messages.ts";
import type { RunSettings } from "./settings.ts";

/** What a run works on. */
export interface Selection {
  /** By number of orders, descending, then by id. */
  readonly products: readonly EligibleProduct[];
  /** Products that were asked for by id and cannot be forecast. */
  readonly notEligible: readonly ProductOutcome[];
  readonly names: Names;
}

/** @throws SourceError when the eligible products cannot be read. */
export async function selectProducts(settings: RunSettings, handle: SourceHandle, period: Period): Promise<Selection> {
  const { minCustomers, minOrders, products: asked, limit } = settings;
  const source = openSource(handle);
  try {
    const eligible = await source.eligibleProducts({ ...period, minCustomers, minOrders });
    const names = await source.names();
    if (!asked) return { products: eligible.slice(0, limit), notEligible: [], names };
    const askedIds = new Set(asked);
    const products = eligible.filter(({ id }) => askedIds.delete(id)).slice(0, limit);
    const reason = `unknown, or fewer than ${minCustomers} customers or ${minOrders} orders before the origin`;
    const notEligible = Array.from(askedIds, (productId): ProductOutcome => {
      return { productId, status: "no_forecast", reason };
    });
    return { products, notEligible, names };
  } finally {
    await source.close();
  }
}
