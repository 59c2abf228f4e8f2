import { documentQuantity } from "../forecast/document.ts";
import type { IndexEntry } from "../forecast/product-index.ts";

/** A product as the list has it. */
export interface ListedProduct extends IndexEntry, Partial<Needed> {
  /** Share by which the total is above what was sold in the last weeks, below where negative; null where nothing was. */
  readonly change: number | null;
  /** Units between the bounds of the total: what is ordered for the worse case and may not be needed. */
  readonly at_stake: number;
}

/** What is needed of a product for a lead time. */
export interface Needed {
  /** Units that are enough for it; null where the forecast does not say. */
  readonly lead_time_quantity: number | null;
  /** Units in stock and on their way there, and those to order beside them, where stock is known. */
  readonly on_hand?: number;
  readonly on_order?: number;
  readonly to_order?: number | null;
}

/** What a list says beside the forecasts, of all its products. */
export interface LeadTimeHead {
  readonly weeks: number;
  /** The probability with which the units are enough. */
  readonly serviceLevel: number;
  readonly hasStock: boolean;
}

/**
 * @param quantity that is enough for the lead time; nothing where that is not known.
 * @param stock of the product, where stock is known.
 * @param decimals of the product's quantities.
 */
export function needed(
  quantity: number | undefined,
  stock: { readonly onHand: number; readonly onOrder: number } | undefined,
  decimals: number,
): Needed {
  if (stock === undefined) return { lead_time_quantity: quantity ?? null };
  const { onHand, onOrder } = stock;
  const missing = quantity === undefined ? null : Math.max(0, documentQuantity(quantity - onHand - onOrder, decimals));
  return { lead_time_quantity: quantity ?? null, on_hand: onHand, on_order: onOrder, to_order: missing };
}

/** By what the list is sorted; what needs a look stands first. */
export const SORTS = ["total", "change", "accuracy", "at-stake"] as const;
export type Sort = (typeof SORTS)[number];

/** Which products are listed, and in which order. */
export interface Selection {
  /** Kinds of notes of which a product must have one; nothing where notes do not matter. */
  readonly notes: readonly string[] | undefined;
  /** Words that the id and the name together must hold, in any case; nothing where all do. */
  readonly search: string | undefined;
  readonly sort: Sort;
}

export function listed(entry: IndexEntry): ListedProduct {
  const { total_predicted_quantity: total, last_weeks_quantity: sold } = entry;
  const width = entry.total_confidence_upper - entry.total_confidence_lower;
  return {
    ...entry,
    change: sold === null || sold <= 0 ? null : Math.round(1000 * (total / sold - 1)) / 1000,
    at_stake: documentQuantity(width, entry.quantity_decimals ?? 1),
  };
}

/** @returns the products that are chosen, in order: the most units, the largest change either way, the least accuracy first. */
export function selected(entries: readonly IndexEntry[], { notes, search = "", sort }: Selection): ListedProduct[] {
  const words = search.toLowerCase().split(/\s+/);
  const isFound = ({ product_id, product_name = "" }: IndexEntry) => {
    const text = `${product_id} ${product_name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return entries
    .filter((entry) => notes === undefined || entry.notes.some((kind) => notes.includes(kind)))
    .filter(isFound)
    .map(listed)
    .sort((a, b) => rank(b, sort) - rank(a, sort) || b.total_predicted_quantity - a.total_predicted_quantity);
}

/** The larger, the sooner a product is to be looked at; what is not known comes last. */
function rank(product: ListedProduct, sort: Sort): number {
  const { total_predicted_quantity, change, forecast_accuracy_estimate: accuracy, at_stake } = product;
  switch (sort) {
    case "total":
      return total_predicted_quantity;
    case "change":
      return change === null ? -1 : Math.abs(change);
    case "accuracy":
      return accuracy === null ? -1 : 1 - accuracy;
    case "at-stake":
      return at_stake;
  }
}
