import type { Day } from "../../history/calendar.ts";
import { emptyCell, type Fault, wrongCell } from "./bad-rows.ts";
import type { OrderCollector } from "./collector.ts";
import type { Match } from "./columns.ts";
import { DateReader, type ReadDay } from "./dates.ts";
import { QuantityReader, type ReadQuantity } from "./quantities.ts";
import type { CsvSettings } from "./settings.ts";

/** A value as a file has it; Excel has numbers and dates (at midnight UTC) beside texts. */
export type Cell = string | number | boolean | Date | null;

export interface Row {
  readonly cells: readonly Cell[];
  /** Of its line in the file, from 1. */
  readonly number: number;
}

/** So many rows are looked at before the first one is read. */
const FIRST_ROWS = 1000;
/** So many more may wait for one that tells how they are to be read. */
const MOST_WAITING = 200_000;
/** Where no format says that a number is a date, Excel's days since 1899-12-30, and the last one that is taken for one. */
const EXCEL_EPOCH = 25_569;
const MOST_EXCEL_DAY = 100_000;
const MS_PER_DAY = 86_400_000;
const SUM = /^\W*(?:(?:end|gesamt|zwischen)?summen?|(?:sub|grand )?totals?|gesamt|insgesamt|sum)(?!\p{L})/iu;

/** One file whose dates and quantities cannot be told apart from others, with the setting that decides it. */
export class UnclearError extends Error {
  override readonly name = "UnclearError";
}

/** Reads the rows of one file below its header, each column in the way that its first values tell. */
export class RowReader {
  readonly #match: Match;
  readonly #names: readonly string[];
  readonly #where: string;
  readonly #orders: OrderCollector;
  readonly #dates: DateReader;
  readonly #quantities: QuantityReader;
  /** Those at the beginning, then those that are unclear. */
  #waiting: Row[] = [];
  #isBeginning = true;
  /** The last row may be one of sums. */
  #previous: Row | undefined;

  /**
   * @param where says which file a row is in, before its number.
   * @param separator of its columns, if it is a text.
   */
  constructor(
    match: Match,
    names: readonly string[],
    {
      where,
      separator,
      ...settings
    }: Pick<CsvSettings, "dateOrder" | "decimalSign"> & {
      readonly where: string;
      readonly separator?: string;
    },
    orders: OrderCollector,
  ) {
    this.#match = match;
    this.#names = names;
    this.#where = where;
    this.#orders = orders;
    this.#dates = new DateReader(settings.dateOrder);
    this.#quantities = new QuantityReader(settings.decimalSign, separator);
  }

  /** How dates and numbers are written, by one of each. */
  get format(): string {
    return [this.#dates.example ?? "no date", this.#quantities.example].join(", ");
  }

  /** @throws UnclearError */
  add(row: Row): void {
    if (this.#previous) this.#look(this.#previous, false);
    this.#previous = row;
  }

  /** After the last row. @throws UnclearError */
  end(): void {
    if (this.#previous) this.#look(this.#previous, true);
    this.#endBeginning();
    const waiting = this.#waiting.splice(0);
    for (const row of waiting) this.#take(row);
    if (this.#waiting.length > 0) this.#refuseWaiting();
  }

  #look(row: Row, isLast: boolean): void {
    if (this.#isSum(row, isLast)) {
      this.#orders.addSum(`${this.#where}row ${row.number}`);
      return;
    }
    if (!this.#isBeginning) {
      this.#take(row);
      return;
    }
    const { created, quantity } = this.#match.positions;
    const [date, number] = [row.cells[created], row.cells[quantity]];
    if (typeof date === "string") this.#dates.vote(date.trim());
    if (typeof number === "string") this.#quantities.vote(number);
    this.#waiting.push(row);
    if (this.#waiting.length === FIRST_ROWS) this.#endBeginning();
  }

  #endBeginning(): void {
    if (!this.#isBeginning) return;
    this.#isBeginning = false;
    this.#dates.decide();
    this.#quantities.decide();
    for (const row of this.#waiting.splice(0)) this.#take(row);
  }

  #take(row: Row): void {
    const { cells } = row;
    const { positions: at } = this.#match;
    const fault = this.#faultOf(cells);
    const day = fault ? undefined : this.#day(cells[at.created] ?? "");
    const quantity = fault ? undefined : this.#quantity(cells[at.quantity] ?? "");
    if (fault) this.#orders.addBad(`${this.#where}row ${row.number}`, fault);
    else if (day === undefined) this.#addWrong(row, at.created, "a date");
    else if (quantity === undefined) this.#addWrong(row, at.quantity, "a number");
    else if (day === "unclear" || quantity === "unclear") this.#wait(row);
    else this.#addLine(cells, day, quantity);
  }

  #wait(row: Row): void {
    this.#waiting.push(row);
    if (this.#waiting.length > MOST_WAITING) this.#refuseWaiting();
  }

  #addLine(cells: readonly Cell[], day: Day, quantity: number): void {
    const { positions: at } = this.#match;
    this.#orders.add({
      order: textOf(cells[at.order_id]),
      product: textOf(cells[at.product_id]),
      customer: textOf(cells[at.customer_id]),
      day,
      quantity,
      productName: at.product_name < 0 ? "" : textOf(cells[at.product_name]),
      customerName: at.customer_name < 0 ? "" : textOf(cells[at.customer_name]),
      unit: at.unit < 0 ? "" : textOf(cells[at.unit]),
    });
  }

  #day(cell: Cell): ReadDay {
    if (typeof cell === "string") return this.#dates.read(cell.trim());
    if (cell instanceof Date) return Math.floor(cell.getTime() / MS_PER_DAY);
    if (typeof cell !== "number") return undefined;
    const isExcelDay = cell >= 1 && cell < MOST_EXCEL_DAY;
    return isExcelDay ? Math.floor(cell) - EXCEL_EPOCH : this.#dates.read(String(cell));
  }

  #quantity(cell: Cell): ReadQuantity {
    return typeof cell === "number" ? cell : this.#quantities.read(textOf(cell));
  }

  #faultOf(cells: readonly Cell[]): Fault | undefined {
    const { positions: at } = this.#match;
    const width = this.#names.length;
    const isTooLong = cells.length > width && cells.slice(width).some((cell) => textOf(cell) !== "");
    if (cells.length < width || isTooLong) {
      const reason = `${cells.length} fields instead of ${width}`;
      return { kind: "with too few or too many fields", reason };
    }
    for (const column of ["order_id", "product_id"] as const) {
      if (textOf(cells[at[column]]) === "") return emptyCell(this.#names[at[column]]!);
    }
    return undefined;
  }

  #addWrong(row: Row, at: number, what: string): void {
    this.#orders.addBad(`${this.#where}row ${row.number}`, wrongCell(this.#names[at]!, textOf(row.cells[at]), what));
  }

  /** A row of sums has no date and no product, and says so or is the last one. */
  #isSum({ cells }: Row, isLast: boolean): boolean {
    const { positions: at } = this.#match;
    const product = textOf(cells[at.product_id]);
    if (textOf(cells[at.created]) !== "" || (product !== "" && !SUM.test(product))) return false;
    return (
      cells.some((cell) => typeof cell === "string" && SUM.test(cell)) ||
      (isLast && textOf(cells[at.order_id]) === "" && textOf(cells[at.customer_id]) === "")
    );
  }

  /** Where other dates begin with the year, those that do not are bad rows; else nobody can tell what they are. */
  #refuseWaiting(): void {
    const { positions: at } = this.#match;
    for (const row of this.#waiting.splice(0)) {
      const isDate = this.#day(row.cells[at.created] ?? "") === "unclear";
      const position = isDate ? at.created : at.quantity;
      const name = this.#names[position]!;
      const value = textOf(row.cells[position]);
      if (!isDate || !this.#dates.hasYearFirst)
        throw new UnclearError(isDate ? unclearDate(name, value) : unclearNumber(name, value));
      this.#addWrong(row, position, "a date that can be read in one way only (--csv-date says in which)");
    }
  }
}

function unclearDate(column: string, value: string): string {
  return `${column} ${value}: no date tells which number is the day and which the month; --csv-date dmy or mdy says it`;
}

function unclearNumber(column: string, value: string): string {
  return `${column} ${value}: no number tells whether that sets off decimals or thousands; --csv-decimal comma or point says it`;
}

function textOf(cell: Cell | undefined): string {
  if (typeof cell === "string") return cell.trim();
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
