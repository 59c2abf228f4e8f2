import { formatDay } from "../../history/calendar.ts";
import type { Names } from "../../history/order-book.ts";
import type { OrderLines } from "../../history/order-lines.ts";
import type { SourceCheck } from "../check.ts";
import { rankedByOrders } from "../rank.ts";
import { type Eligibility, type EligibleProduct, type Period, type Source, SourceError } from "../source.ts";
import { INTEGERS_PER_LINE, INTEGERS_PER_ORDER, type SharedOrderBook } from "./order-book.ts";
import { nameAt, type SharedNames } from "./shared-names.ts";

/** A source whose order lines are all in memory: a file that was read, or a simulation. */
export class MemorySource implements Source {
  readonly #book: SharedOrderBook;
  readonly #indexes: ReadonlyMap<string, number>;
  /** By id; made when names are first asked for. */
  #customerIndexes: ReadonlyMap<string, number> | undefined;

  constructor(book: SharedOrderBook) {
    this.#book = book;
    this.#indexes = indexesOf(book.productIds);
  }

  async eligibleProducts({ start, origin, minCustomers, minOrders }: Eligibility): Promise<EligibleProduct[]> {
    const { productIds, firstLine, endLine, lines: records, orders: all } = this.#book;
    const most = firstLine.reduce((length, first, p) => Math.max(length, endLine[p]! - first), 0);
    const [numbers, customers] = [new Int32Array(most), new Int32Array(most)];
    const eligible: EligibleProduct[] = [];
    for (const [p, id] of productIds.entries()) {
      let lines = 0;
      let linesWithCustomer = 0;
      let oldest = origin;
      let newest = start;
      for (let i = firstLine[p]!; i < endLine[p]!; i++) {
        const order = INTEGERS_PER_ORDER * records[INTEGERS_PER_LINE * i]!;
        const day = all[order + 1]!;
        if (day < start || day >= origin) continue;
        numbers[lines++] = all[order]!;
        oldest = Math.min(oldest, day);
        newest = Math.max(newest, day);
        const customer = all[order + 2]!;
        if (customer >= 0) customers[linesWithCustomer++] = customer;
      }
      const orders = different(numbers.subarray(0, lines));
      const isEligible = orders >= minOrders && different(customers.subarray(0, linesWithCustomer)) >= minCustomers;
      if (orders > 0 && isEligible) eligible.push({ id, orders, oldest, newest });
    }
    return rankedByOrders(eligible);
  }

  async orderLines(productIds: readonly string[], { start, origin }: Period): Promise<OrderLines> {
    const { firstLine, endLine, lines: records, quantities, orders, customers, faults } = this.#book;
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
        const at = INTEGERS_PER_LINE * i;
        const order = INTEGERS_PER_ORDER * records[at]!;
        const day = orders[order + 1]!;
        const quantity = quantities[records[at + 1]!]!;
        if (day < start || day >= origin || Number.isNaN(quantity)) continue;
        lines.product[count] = position;
        lines.customer[count] = orders[order + 2]!;
        lines.day[count] = day;
        lines.quantity[count] = quantity;
        lines.order[count++] = orders[order]!;
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

  async names(productIds: readonly string[], customerIds: readonly string[]): Promise<Names> {
    const { customers, productNames, customerNames, units } = this.#book;
    this.#customerIndexes ??= indexesOf(customers);
    return {
      products: namesOf(productIds, this.#indexes, productNames),
      customers: namesOf(customerIds, this.#customerIndexes, customerNames),
      ...(units && { units: namesOf(productIds, this.#indexes, units) }),
    };
  }

  async check(): Promise<SourceCheck> {
    const { orders } = this.#book;
    let newest = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < orders.length; at += INTEGERS_PER_ORDER) newest = Math.max(newest, orders[at + 1]!);
    return {
      problems: [],
      missingIndexes: [],
      newestOrder: Number.isFinite(newest) ? formatDay(newest) : undefined,
      clock: undefined,
    };
  }

  async close(): Promise<void> {}
}

function indexesOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}

function namesOf(ids: readonly string[], indexes: ReadonlyMap<string, number>, names: SharedNames) {
  return new Map(
    ids.flatMap((id) => {
      const name = nameAt(names, indexes.get(id) ?? -1);
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}

/** @returns how many different numbers there are; they are sorted. */
function different(numbers: Int32Array): number {
  numbers.sort();
  let count = 0;
  for (let i = 0; i < numbers.length; i++) if (i === 0 || numbers[i] !== numbers[i - 1]) count++;
  return count;
}
