import { compareIds } from "../history/ids.ts";
import type { EligibleProduct } from "./source.ts";

/** By number of orders, descending, then by id: here, not in SQL, because databases collate text ids differently. */
export function rankedByOrders(products: EligibleProduct[]): EligibleProduct[] {
  return products.sort((a, b) => b.orders - a.orders || compareIds(a.id, b.id));
}
