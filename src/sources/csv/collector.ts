import type { Day } from "../../history/calendar.ts";
import type { OrderBook } from "../../history/order-book.ts";
import { OrderLinesBuilder } from "../../history/order-lines.ts";
import { brief } from "../../values/printable.ts";
import { BadRows, type Fault } from "./bad-rows.ts";

/** An order line as a row says it; what it does not say is an empty text. */
export interface OrderLine {
  readonly order: string;
  readonly product: string;
  readonly customer: string;
  readonly day: Day;
  readonly quantity: number;
  readonly productName: string;
  readonly customerName: string;
  readonly unit: string;
}

/** Collects the order lines of all files of a source, and what is to be said of their rows. */
export class OrderCollector {
  readonly bad = new BadRows();
  readonly #sums: string[] = [];
  readonly #lines = new OrderLinesBuilder();
  readonly #products = new Map<string, number>();
  readonly #names = { products: new Map<string, string>(), customers: new Map<string, string>() };
  /** Of each product the unit of its first line. */
  readonly #units: string[] = [];
  readonly #inSeveralUnits = new Map<string, string>();
  #rows = 0;

  add({ order, product, customer, day, quantity, productName, customerName, unit }: OrderLine): void {
    this.#rows++;
    let index = this.#products.get(product);
    if (index === undefined) {
      index = this.#products.size;
      this.#products.set(product, index);
      this.#units[index] = unit;
    }
    this.#lines.add(index, customer === "" ? null : customer, day, quantity, order);
    if (productName !== "") this.#names.products.set(product, productName);
    if (customerName !== "" && customer !== "") this.#names.customers.set(customer, customerName);
    if (unit !== this.#units[index]) this.#inSeveralUnits.set(product, unit);
  }

  /** @param where the row is, such as "row 7". */
  addBad(where: string, fault: Fault): void {
    this.#rows++;
    this.bad.add(where, fault);
  }

  addSum(where: string): void {
    this.#sums.push(where);
  }

  /** Rows that order lines were to be read from. */
  get rows(): number {
    return this.#rows;
  }

  /** What a user is to know of rows that are left out though nothing is wrong with them. */
  get said(): string[] {
    const [first, ...more] = this.#sums;
    if (first === undefined) return [];
    return [
      more.length === 0 ? `${first} has sums and is left out` : `${this.#sums.length} rows with sums are left out`,
    ];
  }

  get warnings(): string[] {
    const [example] = this.#inSeveralUnits;
    if (!example) return [];
    const [product, unit] = example;
    const units = `${this.#units[this.#products.get(product)!]} and ${unit}`;
    const count = this.#inSeveralUnits.size;
    const what = count === 1 ? "1 product is" : `${count.toLocaleString("en-US")} products are`;
    return [
      `${what} sold in several units, such as ${brief(product)} in ${brief(units)}: quantities are added up as they are`,
    ];
  }

  build(): OrderBook {
    const productIds = [...this.#products.keys()];
    return { productIds, lines: this.#lines.build(), names: { ...this.#names, units: this.#unitsOf(productIds) } };
  }

  #unitsOf(productIds: readonly string[]): Map<string, string> {
    const units = productIds.map((id, index) => [id, this.#units[index]!] as const);
    return new Map(units.filter(([id, unit]) => unit !== "" && !this.#inSeveralUnits.has(id)));
  }
}
