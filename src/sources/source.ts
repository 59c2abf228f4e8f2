import type { Day } from "../history/calendar.ts";
import type { Names } from "../history/order-book.ts";
import type { OrderLines } from "../history/order-lines.ts";
import type { SourceCheck } from "./check.ts";

/** Days of order lines that are read: from `start` up to but not including `origin`. */
export interface Period {
  readonly start: Day;
  readonly origin: Day;
}

export interface Eligibility extends Period {
  readonly minCustomers: number;
  readonly minOrders: number;
}

export interface EligibleProduct {
  readonly id: string;
  /** Orders in the period. */
  readonly orders: number;
  /** Day of the oldest of them, and of the newest. */
  readonly oldest: Day;
  readonly newest: Day;
}

/**
 * Where order lines come from. Every method only reads, so that each may be called again after a failure.
 *
 * All methods throw `SourceError`.
 */
export interface Source {
  /** The products that can be forecast, by number of orders, descending, then by id. */
  eligibleProducts(eligibility: Eligibility): Promise<EligibleProduct[]>;
  /** The order lines of the products within the period, read with one query. */
  orderLines(productIds: readonly string[], period: Period): Promise<OrderLines>;
  /** The names of these products and customers, where known; of those without order lines none need be. */
  names(productIds: readonly string[], customerIds: readonly string[]): Promise<Names>;
  /** Looks whether the queries can work, without running them. */
  check(): Promise<SourceCheck>;
  close(): Promise<void>;
}

/** Is told, in one line each, that a server is waited for, and that it is back. */
export type Waits = (words: string) => void;

export class SourceError extends Error {
  override readonly name = "SourceError";
  /** True when the source as a whole cannot be reached, so that asking for other products would fail as well. */
  readonly unavailable: boolean;
  /** More of what is wrong, a line each. */
  readonly details: readonly string[];

  constructor(message: string, options?: ErrorOptions & { unavailable?: boolean; details?: readonly string[] }) {
    super(message, options);
    this.unavailable = options?.unavailable ?? false;
    this.details = options?.details ?? [];
  }
}
