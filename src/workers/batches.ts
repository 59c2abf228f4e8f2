/** A product and how much there is to read of it. */
export interface SizedProduct {
  readonly id: string;
  readonly orders: number;
}

/** What a product costs besides reading its orders, counted in orders: its models see weeks, not orders. */
const ORDERS_PER_PRODUCT = 300;
const LARGEST_BATCH = 25_000;
const SMALLEST_BATCH = 2_000;

/**
 * Batches of the products in their order that cost about the same, and less towards the end, so that the workers end
 * together (guided self-scheduling; Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987).
 *
 * @param products those with the most orders first.
 * @returns the products' ids.
 */
export function batches(products: readonly SizedProduct[], workers: number): string[][] {
  let left = products.reduce((sum, product) => sum + costOf(product), 0);
  const all: string[][] = [];
  let room = 0;
  for (const product of products) {
    const cost = costOf(product);
    if (cost > room) {
      all.push([]);
      room = Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, left / (2 * workers)));
    }
    all.at(-1)!.push(product.id);
    room -= cost;
    left -= cost;
  }
  return all;
}

/** @returns the two halves of a batch, or none of a single product. */
export function halves(productIds: readonly string[]): string[][] {
  const half = Math.ceil(productIds.length / 2);
  return productIds.length > 1 ? [productIds.slice(0, half), productIds.slice(half)] : [];
}

function costOf({ orders }: SizedProduct): number {
  return orders + ORDERS_PER_PRODUCT;
}
