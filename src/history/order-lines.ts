import type { Day } from "./calendar.ts";

/**
 * Order lines of some products as columns of one length, in no particular order: entry i of each column belongs to
 * line i.
 */
export interface OrderLines {
  /** Index into the list of product ids that was asked for. */
  readonly product: Int32Array;
  /** Index into `customers`; −1 where the order names no customer. */
  readonly customer: Int32Array;
  readonly day: Int32Array;
  /** Units; negative for a return. */
  readonly quantity: Float64Array;
  /** Lines with the same number belong to the same order. */
  readonly order: Int32Array;
  readonly customers: readonly string[];
}

/** @returns the lines from before the day: the very same where all are. */
export function linesBefore(lines: OrderLines, day: Day): OrderLines {
  if (lines.day.every((of) => of < day)) return lines;
  const rows = Int32Array.from(lines.day.keys()).filter((row) => lines.day[row]! < day);
  const integers = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
  return {
    product: integers(lines.product),
    customer: integers(lines.customer),
    day: integers(lines.day),
    quantity: Float64Array.from(rows, (row) => lines.quantity[row]!),
    order: integers(lines.order),
    customers: lines.customers,
  };
}

/** @returns where the rows of the same product, customer and day as row `begin` end, of rows in that order. */
export function endOfDay({ product, customer, day }: OrderLines, rows: Int32Array, begin: number): number {
  const first = rows[begin]!;
  let end = begin + 1;
  while (end < rows.length && customer[rows[end]!] === customer[first] && day[rows[end]!] === day[first]) {
    if (product[rows[end]!] !== product[first]) break;
    end++;
  }
  return end;
}

/** Collects order lines row by row and gives each customer and each order a number. */
export class OrderLinesBuilder {
  #length = 0;
  #product = new Int32Array(1024);
  #customer = new Int32Array(1024);
  #day = new Int32Array(1024);
  #quantity = new Float64Array(1024);
  #order = new Int32Array(1024);
  readonly #customers = new Map<string | number, number>();
  readonly #orders = new Map<string | number | bigint, number>();

  /** @param customer nothing where the order names none. */
  add(
    product: number,
    customer: string | number | null,
    day: number,
    quantity: number,
    order: string | number | bigint,
  ): void {
    if (this.#length === this.#product.length) this.#grow();
    const row = this.#length++;
    this.#product[row] = product;
    this.#customer[row] = customer === null ? -1 : indexOf(this.#customers, customer);
    this.#day[row] = day;
    this.#quantity[row] = quantity;
    this.#order[row] = indexOf(this.#orders, order);
  }

  build(): OrderLines {
    return {
      product: this.#product.subarray(0, this.#length),
      customer: this.#customer.subarray(0, this.#length),
      day: this.#day.subarray(0, this.#length),
      quantity: this.#quantity.subarray(0, this.#length),
      order: this.#order.subarray(0, this.#length),
      customers: Array.from(this.#customers.keys(), String),
    };
  }

  #grow(): void {
    const capacity = this.#product.length * 2;
    this.#product = grown(this.#product, new Int32Array(capacity));
    this.#customer = grown(this.#customer, new Int32Array(capacity));
    this.#day = grown(this.#day, new Int32Array(capacity));
    this.#quantity = grown(this.#quantity, new Float64Array(capacity));
    this.#order = grown(this.#order, new Int32Array(capacity));
  }
}

function indexOf<Key>(numbers: Map<Key, number>, key: Key): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

function grown<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
