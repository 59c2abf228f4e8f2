type Quantity = number | null | undefined;

/** Numbers and dates as readers of a language write them; a dash where there is none. */
export interface Format {
  /** Units with one decimal, for tables. */
  readonly quantity: (quantity: Quantity) => string;
  /** Units for reading: a decimal only below 100. */
  readonly units: (quantity: Quantity) => string;
  readonly count: (count: Quantity) => string;
  /** A number of three decimals, for measures. */
  readonly measure: (value: Quantity) => string;
  /** A share from 0 to 1 in percent. */
  readonly share: (share: Quantity) => string;
  /** A share in percent with its sign. */
  readonly change: (share: Quantity) => string;
  /** A number on an axis. */
  readonly tick: (value: number) => string;
  /** A day, given as `YYYY-MM-DD`, with its year; and one without. */
  readonly date: (day: string) => string;
  readonly shortDate: (day: string) => string;
  /** A UTC time, given as `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly time: (time: string) => string;
  readonly month: (date: Date) => string;
  readonly year: (date: Date) => string;
}

/** @returns nothing for what is no BCP 47 language tag, or one of a language whose numbers and dates are not known. */
export function parseLocale(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "negative" } as const;
const WHOLE = { maximumFractionDigits: 0, signDisplay: "negative" } as const;
const THREE_DECIMALS = { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: "negative" } as const;
const PERCENT = { style: "percent", maximumFractionDigits: 0, signDisplay: "negative" } as const;
const FEW_UNITS = 100;
const MILLION = 1e6;

/** @param locale as `parseLocale` returns it. */
export function formatIn(locale: string): Format {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (value: Quantity) => (typeof value === "number" && Number.isFinite(value) ? format.format(value) : "–");
  };
  const day = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (text: string | Date) => format.format(text instanceof Date ? text : utc(text));
  };
  const [quantity, whole, atMostOne] = [ONE_DECIMAL, WHOLE, { ...WHOLE, maximumFractionDigits: 1 }].map(number);
  const compact = number({ notation: "compact", maximumFractionDigits: 1 });
  const tick = number({ maximumSignificantDigits: 6 });
  return {
    quantity: quantity!,
    units: (value) => (Math.abs(value ?? 0) < FEW_UNITS ? atMostOne! : whole!)(value),
    count: whole!,
    measure: number(THREE_DECIMALS),
    share: number(PERCENT),
    change: number({ ...PERCENT, signDisplay: "exceptZero" }),
    tick: (value) => (Math.abs(value) < MILLION ? tick : compact)(value),
    date: day({ dateStyle: "medium" }),
    shortDate: day({ day: "numeric", month: "short" }),
    time: day({ dateStyle: "medium", timeStyle: "short" }),
    month: day({ month: "short" }),
    year: day({ year: "numeric" }),
  };
}

/** The beginning of a day given as `YYYY-MM-DD`, or a time. */
export function utc(text: string): Date {
  return new Date(text.includes("T") ? text : `${text}T00:00:00Z`);
}
