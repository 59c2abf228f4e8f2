import type { ProductHistory } from "./history.ts";

/** Decimals that quantities are written with at least, and that they are known to at most. */
const FEWEST = 1;
const MOST = 6;
const SCALES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];

/** @param decimals none to six. */
export function withDecimals(quantity: number, decimals: number): number {
  const scale = SCALES[decimals]!;
  return Math.round(quantity * scale) / scale;
}

/** @returns the decimals that these quantities need, one to six. */
export function decimalsOf(columns: Iterable<ArrayLike<number>>): number {
  let decimals = FEWEST;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const quantity = column[i]!;
      if (Number.isInteger(quantity)) continue;
      while (decimals < MOST && withDecimals(quantity, decimals) !== quantity) decimals++;
    }
  }
  return decimals;
}

/** Decimals of a product: as many as its orders have, one to six, so that what is weighed in grams is not zero kilograms. */
export function productDecimals({ quantities, customers }: Pick<ProductHistory, "quantities" | "customers">): number {
  return decimalsOf([quantities, ...customers.map(({ orderQuantities }) => orderQuantities)]);
}
