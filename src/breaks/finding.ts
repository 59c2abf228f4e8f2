import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";

/** What was found in a product's history that is not demand which simply goes on. */
export type Break =
  /** A customer of a large share has been silent for longer than its rhythm allows. */
  | {
      readonly kind: "customer-lost";
      readonly lastOrder: Day;
      /** The customer's share of the units of the year up to its last order, 0 to 1. */
      readonly share: number;
      /** Units a week that it took in that year. */
      readonly quantityAWeek: number;
      readonly customer: BreakCustomer;
    }
  /** For so many weeks, up to the origin, demand has been `factor` times what it was in the year before. */
  | { readonly kind: "level-shift"; readonly from: Day; readonly weeks: number; readonly factor: number };

export interface BreakCustomer {
  readonly id: string;
  /** Units of the orders that the break is about. */
  readonly quantity: number;
}

/** What a finder gives where it found something. */
export interface Finding {
  /** The history as if what was found had not been. */
  readonly history: ProductHistory;
  readonly breaks: readonly Break[];
  /** Whether a break is so young that the history as it was may still be right. */
  readonly isOpen: boolean;
}
