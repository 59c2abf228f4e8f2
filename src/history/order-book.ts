import type { OrderLines } from "./order-lines.ts";

/** All order lines of a source as they come; `lines.product` is an index into `productIds`. */
export interface OrderBook {
  readonly productIds: readonly string[];
  readonly lines: OrderLines;
  readonly names: Names;
}

/** Names of products and customers by id; empty where the source knows none. */
export interface Names {
  readonly products: ReadonlyMap<string, string>;
  readonly customers: ReadonlyMap<string, string>;
  /** What a product's quantities are counted in, by its id; nothing where the source does not say, or says several. */
  readonly units?: ReadonlyMap<string, string>;
}
