import { formatDay } from "../history/calendar.ts";
import type { OrderLines } from "../history/order-lines.ts";
import type { SourceCheck } from "./check.ts";
import { inOrder } from "./eligible-products.ts";
import type { SharedOrderBook } from "./order-book.ts";
import { type Eligibility, type EligibleProduct, type Names, type Period, type Source, SourceError } from "./source.ts";

/** A source whose order lines are all in memory: a file that was read, or a simulation. */
export class MemorySource implements Source {
  readonly #book: SharedOrderBook;
  readonly #indexes: ReadonlyMap<string, number>;

  constructor(book: SharedOrderBook) {
    this.#book = book;
    this.#indexes = new Map(book.productIds.map((id, index) => [id, index]));
  }

  async eligibleProducts({ start, origin, minCustomers, minOrders }: Eligibility): Promise<EligibleProduct[]> {
    const { productIds, firstLine, endLine, orderOf, number, day, customer } = this.#book;
    const eligible: EligibleProduct[] = [];
    for (const [p, id] of productIds.entries()) {
      const customers = new Set<number>();
      const orders = new Set<number>();
      for (let i = firstLine[p]!; i < endLine[p]!; i++) {
        const order = orderOf[i]!;
        if (day[order]! < start || day[order]! >= origin) continue;
        orders.add(number[order]!);
        if (customer[order]! >= 0) customers.add(customer[order]!);
      }
      const inPeriod = orders.size > 0;
      if (inPeriod && customers.size >= minCustomers && orders.size >= minOrders)
        eligible.push({ id, orders: orders.size });
    }
    return inOrder(eligible);
  }

  async orderLines(productIds: readonly string[], { start, origin }: Period): Promise<OrderLines> {
    const { firstLine, endLine, orderOf, quantity, number, day, customer, customers, faults } = this.#book;
    const indexes = productIds.map((id) => this.#indexes.get(id) ?? -1);
    const most = indexes.reduce((sum, p) => sum + (p < 0 ? 0 : endLine[p]! - firstLine[p]!), 0);
    const lines = {
      product: new Int32Array(most),
      customer: new Int32Array(most),
      day: new Int32Array(most),
      quantity: new Float64Array(most),
      order: new Int32Array(most),
    };
    let count = 0;
    for (const [position, p] of indexes.entries()) {
      if (p < 0) continue;
      const fault = faults.get(p);
      if (fault !== undefined) throw new SourceError(`product ${productIds[position]}: ${fault}`);
      for (let i = firstLine[p]!; i < endLine[p]!; i++) {
        const order = orderOf[i]!;
        if (day[order]! < start || day[order]! >= origin || Number.isNaN(quantity[i])) continue;
        lines.product[count] = position;
        lines.customer[count] = customer[order]!;
        lines.day[count] = day[order]!;
        lines.quantity[count] = quantity[i]!;
        lines.order[count++] = number[order]!;
      }
    }
    return {
      product: lines.product.subarray(0, count),
      customer: lines.customer.subarray(0, count),
      day: lines.day.subarray(0, count),
      quantity: lines.quantity.subarray(0, count),
      order: lines.order.subarray(0, count),
      customers,
    };
  }

  async names(): Promise<Names> {
    return this.#book.names;
  }

  async check(): Promise<SourceCheck> {
    const newest = this.#book.day.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
    return {
      problems: [],
      missingIndexes: [],
      newestOrder: Number.isFinite(newest) ? formatDay(newest) : undefined,
      clock: undefined,
    };
  }

  async close(): Promise<void> {}
}
