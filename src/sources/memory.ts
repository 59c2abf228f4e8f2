import { formatDay } from "../history/calendar.ts";
import type { OrderLines } from "../history/order-lines.ts";
import type { SourceCheck } from "./check.ts";
import { inOrder } from "./eligible-products.ts";
import type { Eligibility, EligibleProduct, Names, Period, Source } from "./source.ts";

/** All order lines of a source; `lines.product` is an index into `productIds`. */
export interface OrderBook {
  readonly productIds: readonly string[];
  readonly lines: OrderLines;
  readonly names: Names;
}

/** An order book whose columns are shared by all threads and grouped by product. */
export interface SharedOrderBook extends OrderBook {
  /** Lines of product p are `firstLine[p]` up to but not including `firstLine[p + 1]`. */
  readonly firstLine: Int32Array;
}

/** Copies an order book into shared memory, so that handing it to a thread copies only the ids and names. */
export function shareOrderBook({ productIds, lines, names }: OrderBook): SharedOrderBook {
  const firstLine = sharedInt32(productIds.length + 1);
  for (const product of lines.product) firstLine[product + 1]! += 1;
  for (let p = 0; p < productIds.length; p++) firstLine[p + 1]! += firstLine[p]!;

  const length = lines.product.length;
  const shared = {
    product: sharedInt32(length),
    customer: sharedInt32(length),
    day: sharedInt32(length),
    quantity: new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT)),
    order: sharedInt32(length),
    customers: lines.customers,
  };
  const next = firstLine.slice();
  for (let i = 0; i < length; i++) {
    const row = next[lines.product[i]!]!++;
    shared.product[row] = lines.product[i]!;
    shared.customer[row] = lines.customer[i]!;
    shared.day[row] = lines.day[i]!;
    shared.quantity[row] = lines.quantity[i]!;
    shared.order[row] = lines.order[i]!;
  }
  return { productIds, lines: shared, names, firstLine };
}

/** A source whose order lines are all in memory: a file that was read, or a simulation. */
export class MemorySource implements Source {
  readonly #book: SharedOrderBook;
  readonly #indexes: ReadonlyMap<string, number>;

  constructor(book: SharedOrderBook) {
    this.#book = book;
    this.#indexes = new Map(book.productIds.map((id, index) => [id, index]));
  }

  async eligibleProducts({ start, origin, minCustomers, minOrders }: Eligibility): Promise<EligibleProduct[]> {
    const { productIds, lines, firstLine } = this.#book;
    const eligible: EligibleProduct[] = [];
    for (const [p, id] of productIds.entries()) {
      const customers = new Set<number>();
      const orders = new Set<number>();
      for (let i = firstLine[p]!; i < firstLine[p + 1]!; i++) {
        if (lines.day[i]! < start || lines.day[i]! >= origin) continue;
        orders.add(lines.order[i]!);
        if (lines.customer[i]! >= 0) customers.add(lines.customer[i]!);
      }
      const inPeriod = orders.size > 0;
      if (inPeriod && customers.size >= minCustomers && orders.size >= minOrders)
        eligible.push({ id, orders: orders.size });
    }
    return inOrder(eligible);
  }

  async orderLines(productIds: readonly string[], { start, origin }: Period): Promise<OrderLines> {
    const { lines, firstLine } = this.#book;
    const rows: number[] = [];
    const products: number[] = [];
    for (const [position, id] of productIds.entries()) {
      const p = this.#indexes.get(id);
      if (p === undefined) continue;
      for (let i = firstLine[p]!; i < firstLine[p + 1]!; i++) {
        if (lines.day[i]! < start || lines.day[i]! >= origin) continue;
        rows.push(i);
        products.push(position);
      }
    }
    return {
      product: Int32Array.from(products),
      customer: Int32Array.from(rows, (row) => lines.customer[row]!),
      day: Int32Array.from(rows, (row) => lines.day[row]!),
      quantity: Float64Array.from(rows, (row) => lines.quantity[row]!),
      order: Int32Array.from(rows, (row) => lines.order[row]!),
      customers: lines.customers,
    };
  }

  async names(): Promise<Names> {
    return this.#book.names;
  }

  async check(): Promise<SourceCheck> {
    const newest = this.#book.lines.day.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
    return {
      problems: [],
      missingIndexes: [],
      newestOrder: Number.isFinite(newest) ? formatDay(newest) : undefined,
      clock: undefined,
    };
  }

  async close(): Promise<void> {}
}

function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}
