import { type Day, parseDay } from "../../history/calendar.ts";

export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
/** Order of day, month and year in a date that does not begin with a year of four digits. */
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Nothing for what is no date; `unclear` for one that can be several. */
export type ReadDay = Day | "unclear" | undefined;

const YEAR_FIRST = /^(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))$/;
const THREE_NUMBERS = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})$/;
/** Years of two digits are of the last century from this one on. */
const FIRST_OF_LAST_CENTURY = 70;

/** Reads a file's dates, in the order that they tell together. A time of day may follow, which is ignored. */
export class DateReader {
  #order: DateOrder | undefined;
  readonly #votes = new Map<DateOrder, number>();
  readonly #days = new Map<string, Day | undefined>();
  #hasYearFirst = false;
  #example: string | undefined;

  /** @param order where the user has chosen one. */
  constructor(order: DateOrder | undefined) {
    this.#order = order;
  }

  /** A date as the file writes them, which tells their order if one does; nothing where there was none. */
  get example(): string | undefined {
    return this.#example;
  }

  /** Whether some dates begin with the year, so that others are the exception. */
  get hasYearFirst(): boolean {
    return this.#hasYearFirst;
  }

  /** Looks at one of the first dates. */
  vote(text: string): void {
    const date = dateIn(text);
    const orders = possibleOrders(date);
    if (YEAR_FIRST.test(date)) this.#hasYearFirst = true;
    else for (const order of orders) this.#votes.set(order, (this.#votes.get(order) ?? 0) + 1);
    const isTelling = YEAR_FIRST.test(date) || orders.length === 1;
    if (orders.length > 0 && (this.#example === undefined || (isTelling && !tells(this.#example))))
      this.#example = date;
  }

  /** Takes the order by which most of the first dates can be read, if there is one. */
  decide(): void {
    const most = Math.max(...this.#votes.values());
    const orders = DATE_ORDERS.filter((order) => this.#votes.get(order) === most);
    if (orders.length === 1) this.#order ??= orders[0];
  }

  /** To be asked once the first dates have been looked at. */
  read(text: string): ReadDay {
    const date = dateIn(text);
    let day = this.#days.get(date);
    if (day !== undefined || this.#days.has(date)) return day;
    if (this.#order === undefined && !YEAR_FIRST.test(date)) {
      const orders = possibleOrders(date);
      if (orders.length > 1) return "unclear";
      [this.#order] = orders;
    }
    day = dayIn(date, this.#order ?? "ymd");
    this.#days.set(date, day);
    return day;
  }
}

/** The date without a time of day. */
function dateIn(text: string): string {
  const end = text.search(/[T ,]/);
  return end < 0 ? text : text.slice(0, end);
}

/** Whether a date says by itself how it is to be read. Where points set off its numbers the day comes first. */
function tells(date: string): boolean {
  return YEAR_FIRST.test(date) || possibleOrders(date).length === 1;
}

function possibleOrders(date: string): DateOrder[] {
  const orders = DATE_ORDERS.filter((order) => dayIn(date, order) !== undefined);
  return date.includes(".") && orders[0] === "dmy" ? ["dmy"] : orders;
}

function dayIn(date: string, order: DateOrder): Day | undefined {
  const [, year, , month, day, plainMonth, plainDay] = YEAR_FIRST.exec(date) ?? [];
  if (year !== undefined) return dayOf(year, (month ?? plainMonth)!, (day ?? plainDay)!);
  const [, first, , second, third] = THREE_NUMBERS.exec(date) ?? [];
  if (first === undefined) return undefined;
  if (order === "dmy") return dayOf(third!, second!, first);
  if (order === "mdy") return dayOf(third!, first, second!);
  return third!.length === 2 ? dayOf(first, second!, third!) : undefined;
}

function dayOf(year: string, month: string, day: string): Day | undefined {
  const century = Number(year) < FIRST_OF_LAST_CENTURY ? "20" : "19";
  const whole = year.length === 4 ? year : `${century}${year.padStart(2, "0")}`;
  try {
    return parseDay(`${whole}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  } catch {
    return undefined;
  }
}
