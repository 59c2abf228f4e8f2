import { COUNT } from "../../values/count.ts";
import { brief, quoted } from "../../values/printable.ts";

const MOST_SHOWN = 5;

/** Why a row cannot be read. */
export interface Fault {
  /** What rows of its kind have in common, as in "3 without order_id". */
  readonly kind: string;
  /** About this row, with the value. */
  readonly reason: string;
}

export function emptyCell(column: string): Fault {
  return { kind: `without ${brief(column)}`, reason: `${brief(column)} is empty` };
}

/** @param what the value should be, such as "a date". */
export function wrongCell(column: string, value: string, what: string): Fault {
  return {
    kind: `whose ${brief(column)} is not ${what}`,
    reason: `${brief(column)} ${quoted(value)} is not ${what}`,
  };
}

/** The rows that cannot be read: all are counted, and the first ones are kept. */
export class BadRows {
  readonly #first: string[] = [];
  readonly #kinds = new Map<string, number>();
  #count = 0;

  /** @param where the row is, such as "row 7". */
  add(where: string, { kind, reason }: Fault): void {
    this.#count++;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    if (this.#first.length < MOST_SHOWN) this.#first.push(`${where}: ${reason}`);
  }

  get count(): number {
    return this.#count;
  }

  /** The first of them, a line each. */
  get first(): readonly string[] {
    return this.#first;
  }

  /** How many there are of each kind, most first. */
  get kinds(): string {
    const kinds = [...this.#kinds].sort(([, a], [, b]) => b - a);
    return kinds.map(([kind, count]) => `${COUNT.format(count)} ${kind}`).join(", ");
  }
}
