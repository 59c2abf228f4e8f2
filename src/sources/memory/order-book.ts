import type { Day } from "../../history/calendar.ts";
import type { Names, OrderBook } from "../../history/order-book.ts";
import { type SharedNames, sharedInt32, shareNames } from "./shared-names.ts";

/**
 * An order book whose columns are shared by all threads: lines grouped by product, and of each line its order, which
 * has the day and the customer.
 */
export interface SharedOrderBook {
  readonly productIds: readonly string[];
  readonly customers: readonly string[];
  /** Lines of product p are `firstLine[p]` up to but not including `endLine[p]`. */
  readonly firstLine: Int32Array;
  readonly endLine: Int32Array;
  /** Two integers a line, beside each other because lines come in no order of products: its order, and index into `quantities`. */
  readonly lines: Int32Array;
  /** Each quantity that occurs, in units, once; NaN for lines without one. */
  readonly quantities: Float64Array;
  /**
   * Three integers an order, beside each other for the same reason: its number (those with the same one are the same order), its
   * day, and index into `customers`, −1 where it names no customer.
   */
  readonly orders: Int32Array;
  /** Why products, by index, cannot be read. */
  readonly faults: ReadonlyMap<number, string>;
  /** By index into `productIds`. */
  readonly productNames: SharedNames;
  /** By index into `customers`. */
  readonly customerNames: SharedNames;
  /** By index into `productIds`; nothing where the source knows no units. */
  readonly units: SharedNames | undefined;
}

/** All order lines of a source, in memory. */
export interface LoadedOrders {
  readonly book: SharedOrderBook;
  readonly remarks?: Remarks;
}

/** What a user is to know of how a source was read, a line each. */
export interface Remarks {
  readonly said: readonly string[];
  /** What may be wrong. */
  readonly warnings: readonly string[];
}

export const INTEGERS_PER_LINE = 2;
export const INTEGERS_PER_ORDER = 3;

/** Fills a shared order book: a line's order is added before the line. */
export class OrderBookWriter {
  readonly #productIds: readonly string[];
  readonly #customers = new Map<string | number | bigint, number>();
  readonly #firstLine: Int32Array;
  readonly #endLine: Int32Array;
  readonly #lines: Int32Array;
  readonly #quantities = new Map<number, number>();
  readonly #faults = new Map<number, string>();
  readonly #orders: Int32Array;
  #orderCount = 0;

  /** @param lines of each product, and `orders`: at most so many. */
  constructor(productIds: readonly string[], lines: ArrayLike<number>, orders: number) {
    this.#orders = sharedInt32(orders * INTEGERS_PER_ORDER);
    this.#productIds = productIds;
    this.#firstLine = sharedInt32(productIds.length);
    let total = 0;
    for (let p = 0; p < productIds.length; p++) {
      this.#firstLine[p] = total;
      total += lines[p]!;
    }
    this.#endLine = sharedInt32(productIds.length);
    this.#endLine.set(this.#firstLine);
    this.#lines = sharedInt32(total * INTEGERS_PER_LINE);
  }

  /**
   * @param number the same for the same order; without one the order is one of its own.
   * @returns what `addLine` takes.
   */
  addOrder(customer: string | number | bigint | null, day: Day, number = this.#orderCount): number {
    let index = customer === null ? -1 : this.#customers.get(customer);
    if (index === undefined) {
      index = this.#customers.size;
      this.#customers.set(customer!, index);
    }
    const at = this.#orderCount * INTEGERS_PER_ORDER;
    this.#orders[at] = number;
    this.#orders[at + 1] = day;
    this.#orders[at + 2] = index;
    return this.#orderCount++;
  }

  /** @param order as `addOrder` gave it. */
  addLine(product: number, order: number, quantity: number): void {
    let index = this.#quantities.get(quantity);
    if (index === undefined) {
      index = this.#quantities.size;
      this.#quantities.set(quantity, index);
    }
    const at = this.#endLine[product]!++ * INTEGERS_PER_LINE;
    this.#lines[at] = order;
    this.#lines[at + 1] = index;
  }

  /** Keeps why a product cannot be read, the first time. */
  addFault(product: number, reason: string): void {
    if (!this.#faults.has(product)) this.#faults.set(product, reason);
  }

  build(names: Names): SharedOrderBook {
    const customers = Array.from(this.#customers.keys(), String);
    return {
      productIds: this.#productIds,
      customers,
      firstLine: this.#firstLine,
      endLine: this.#endLine,
      lines: this.#lines,
      quantities: sharedFloat64(this.#quantities.keys(), this.#quantities.size),
      orders: this.#orders.subarray(0, this.#orderCount * INTEGERS_PER_ORDER),
      faults: this.#faults,
      productNames: shareNames(this.#productIds, names.products),
      customerNames: shareNames(customers, names.customers),
      units: names.units && shareNames(this.#productIds, names.units),
    };
  }
}

/** Copies an order book into shared memory. */
export function shareOrderBook({ productIds, lines, names }: OrderBook): SharedOrderBook {
  const counts = new Int32Array(productIds.length);
  for (const product of lines.product) counts[product]! += 1;
  const writer = new OrderBookWriter(productIds, counts, lines.product.length);
  let current = -1;
  for (let i = 0; i < lines.product.length; i++) {
    const [order, customer, day] = [lines.order[i]!, lines.customer[i]!, lines.day[i]!];
    if (i === 0 || order !== lines.order[i - 1] || customer !== lines.customer[i - 1] || day !== lines.day[i - 1]) {
      current = writer.addOrder(customer < 0 ? null : lines.customers[customer]!, day, order);
    }
    writer.addLine(lines.product[i]!, current, lines.quantity[i]!);
  }
  return writer.build(names);
}

function sharedFloat64(values: Iterable<number>, length: number): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
  let at = 0;
  for (const value of values) shared[at++] = value;
  return shared;
}
