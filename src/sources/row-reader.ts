import { type Day, parseDay } from "../history/calendar.ts";
import { type OrderLines, OrderLinesBuilder } from "../history/order-lines.ts";
import { SourceError } from "./source.ts";

/** Turns rows of [position in `productIds`, customer, date as text, order, quantity] into columns. */
export class RowReader {
  readonly #productIds: readonly string[];
  readonly #lines = new OrderLinesBuilder();
  readonly #days = new Map<string, Day>();

  constructor(productIds: readonly string[]) {
    this.#productIds = productIds;
  }

  /** @throws SourceError naming the product and the value when a date or a quantity cannot be read. */
  add([position, customer, created, order, quantity]: readonly unknown[]): void {
    const product = Number(position);
    if (typeof quantity !== "number" || !Number.isFinite(quantity)) {
      throw this.#unreadable(product, "quantity", quantity, "a finite number");
    }
    this.#lines.add(
      product,
      customer === null ? null : String(customer),
      this.#day(product, created),
      quantity,
      String(order),
    );
  }

  build(): OrderLines {
    return this.#lines.build();
  }

  #day(product: number, created: unknown): Day {
    const date = String(created).slice(0, 10);
    let day = this.#days.get(date);
    if (day === undefined) {
      try {
        day = parseDay(date);
      } catch {
        throw this.#unreadable(product, "date", created, "a date that begins YYYY-MM-DD");
      }
      this.#days.set(date, day);
    }
    return day;
  }

  #unreadable(product: number, what: string, value: unknown, allowed: string): SourceError {
    return new SourceError(
      `product ${this.#productIds[product]}: ${what} "${value}" of an order line is not ${allowed}`,
    );
  }
}
