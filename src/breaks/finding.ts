import type { Day } from "../history/calendar.ts";
import type { DoubleImport } from "../history/double-import.ts";
import type { ProductHistory } from "../history/history.ts";
import type { Succession } from "../history/succession.ts";

/** What was found in a product's history that is not demand which simply goes on. */
export type Break = Succeeds | Replaced | LinesTwice | UnitChange | YearlyOrder | CustomerLost | LevelShift;

/** The product goes on where another one ended, whose orders are in its history. */
export interface Succeeds extends Succession {
  readonly kind: "successor";
}

/** Another product has taken the place of this one, of which nothing more is expected. */
export interface Replaced extends Succession {
  readonly kind: "replaced";
}

/** Order lines were read twice, which the history counts once. */
export interface LinesTwice extends DoubleImport {
  readonly kind: "double-import";
}

/** From a day on, quantities are in another unit, in which those before are `factor` times what they were. */
export interface UnitChange {
  readonly kind: "unit-change";
  readonly from: Day;
  readonly factor: number;
}

/** A customer has placed a large order so many years running, and the next one is due on the day. */
export interface YearlyOrder {
  readonly kind: "yearly-order";
  readonly due: Day;
  /** Units that are expected. */
  readonly quantity: number;
  readonly years: number;
  readonly customer: BreakCustomer;
}

/** A customer of a large share has been silent for longer than its rhythm allows. */
export interface CustomerLost {
  readonly kind: "customer-lost";
  readonly lastOrder: Day;
  /** The customer's share of the units of the year up to its last order, 0 to 1. */
  readonly share: number;
  /** Units a week that it took in that year. */
  readonly quantityAWeek: number;
  readonly customer: BreakCustomer;
}

/** For so many weeks, up to the origin, demand has been `factor` times what it was in the year before. */
export interface LevelShift {
  readonly kind: "level-shift";
  readonly from: Day;
  readonly weeks: number;
  readonly factor: number;
}

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
