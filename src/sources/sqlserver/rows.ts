import { type OrderLines, OrderLinesBuilder } from "../../history/order-lines.ts";
import { SourceError } from "../source.ts";

/** Turns rows of [position in `productIds`, customer, day, order, quantity] into columns. */
export class RowReader {
  readonly #productIds: readonly string[];
  readonly #lines = new OrderLinesBuilder();

  constructor(productIds: readonly string[]) {
    this.#productIds = productIds;
  }

  /** @throws SourceError naming the product and the value when a quantity cannot be read. */
  add([position, customer, day, order, quantity]: readonly unknown[]): void {
    // The driver gives integers of 64 bits as text.
    const units = typeof quantity === "string" ? Number(quantity) : quantity;
    if (typeof units !== "number" || !Number.isFinite(units)) {
      const product = this.#productIds[Number(position)];
      throw new SourceError(`product ${product}: quantity "${quantity}" of an order line is not a finite number`);
    }
    this.#lines.add(
      position as number,
      withoutPadding(customer as string | number | null),
      day as number,
      units,
      order as string | number,
    );
  }

  build(): OrderLines {
    return this.#lines.build();
  }
}

/** CHAR fills an id up with spaces, which SQL Server does not compare. */
function withoutPadding<Id>(id: Id): Id | string {
  return typeof id === "string" && id.endsWith(" ") ? id.replace(/ +$/, "") : id;
}
