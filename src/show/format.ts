type Value = number | null | undefined;

/** Numbers and dates as readers of a language write them; a dash where there is none. */
export interface Format {
  /** Units with all their decimals, for tables. */
  readonly quantity: (quantity: Value) => string;
  /** Units in few columns: `1.5K`, `12.9M`; all decimals only below 1. */
  readonly compact: (quantity: Value) => string;
  /** Units for reading: decimals only below 100. */
  readonly units: (quantity: Value) => string;
  /** Units on average over products: one decimal, and two digits of what that would show as zero. */
  readonly average: (quantity: Value) => string;
  readonly count: (count: Value) => string;
  /** A number of three decimals. */
  readonly decimals: (value: Value) => string;
  /** A share from 0 to 1 in whole percent. */
  readonly share: (share: Value) => string;
  /** A share from 0 to 1 as `80 %`, with a decimal where it needs one. */
  readonly exactShare: (share: number) => string;
  /** A share in whole percent with its sign. */
  readonly change: (share: Value) => string;
  /** The same; from three times as much on, how many times it is: `×11`. */
  readonly changeOf: (share: Value) => string;
  /** How many times something is as large, in two digits. */
  readonly times: (factor: Value) => string;
  /** A number on an axis: `0.5`, `1,500`, `2.5M`. */
  readonly tick: (value: number) => string;
  /** A day, given as `YYYY-MM-DD`, with its year. */
  readonly date: (day: string) => string;
  /** A day, given as `YYYY-MM-DD`, without its year. */
  readonly shortDate: (day: string) => string;
  /** A UTC time, given as `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly time: (time: string) => string;
  readonly month: (date: Date) => string;
  readonly year: (date: Date) => string;
  /** How numbers and dates stand in sentences, which are English: a comma means the same in all of one. */
  readonly prose: Format;
  /** The same with units of so many decimals. */
  readonly withDecimals: (decimals: number) => Format;
}

/** @returns nothing for what is no BCP 47 language tag, or one of a language whose numbers and dates are not known. */
export function parseLocale(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

const AT_MOST_ONE_DECIMAL = { maximumFractionDigits: 1, signDisplay: "negative" } as const;
const TWO_DIGITS = { maximumSignificantDigits: 2, signDisplay: "negative" } as const;
const WHOLE = { maximumFractionDigits: 0, signDisplay: "negative" } as const;
const THREE_DECIMALS = { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: "negative" } as const;
const COMPACT = { ...AT_MOST_ONE_DECIMAL, notation: "compact" } as const;
const SCIENTIFIC = { minimumFractionDigits: 0, maximumFractionDigits: 1, notation: "scientific" } as const;
const PERCENT = { style: "percent", maximumFractionDigits: 0, signDisplay: "negative" } as const;
const FEW_UNITS = 100;
/** From so many times as much on, a percentage says less than how many times it is. */
export const MULTIPLE = 3;
const LEAST_WITH_ONE_DECIMAL = 0.05;
const MILLION = 1e6;

/**
 * @param locale as `parseLocale` returns it.
 * @param leastScientific numbers from here on are written as `1.2E15`.
 * @param decimals those of units.
 */
export function formatIn(locale: string, leastScientific = Number.POSITIVE_INFINITY, decimals = 1): Format {
  const name = `${locale} ${leastScientific} ${decimals}`;
  const known = FORMATS.get(name) ?? makeFormat(locale, leastScientific, decimals);
  FORMATS.set(name, known);
  return known;
}

/** Making one takes as long as using it a thousand times. */
const FORMATS = new Map<string, Format>();

function makeFormat(locale: string, leastScientific: number, decimals: number): Format {
  const number = (options: Intl.NumberFormatOptions) => {
    const usual = new Intl.NumberFormat(locale, options);
    const scientific = new Intl.NumberFormat(locale, { ...options, ...SCIENTIFIC });
    return (value: Value) => {
      if (typeof value !== "number" || !Number.isFinite(value)) return "–";
      return (Math.abs(value) < leastScientific ? usual : scientific).format(value);
    };
  };
  const day = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    // The same few days are named again and again.
    const known = new Map<string, string>();
    return (text: string | Date) => {
      if (text instanceof Date) return format.format(text);
      const words = known.get(text) ?? format.format(utc(text));
      known.set(text, words);
      return words;
    };
  };
  const whole = number(WHOLE);
  const atMostOneDecimal = number(AT_MOST_ONE_DECIMAL);
  const exactly = (digits: number) =>
    number({ minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" });
  const atMostAllDecimals = number({ maximumFractionDigits: decimals, signDisplay: "negative" });
  const [oneDecimal, twoDigits] = [exactly(1), number(TWO_DIGITS)];
  const isBelow = (limit: number, value: Value) => Math.abs(value ?? 0) < limit;
  const compact = number(COMPACT);
  // In English texts a sign of percent stands apart, as it does in what documents say of their model.
  const percent = (options: Intl.NumberFormatOptions) => {
    const usual = number({ ...PERCENT, ...options });
    return isEnglish(locale) ? (value: Value) => usual(value).replace(/(\d)%$/, "$1 %") : usual;
  };
  const change = percent({ signDisplay: "exceptZero" });
  const times = number({ maximumSignificantDigits: 2 });
  const tick = number({ maximumSignificantDigits: 6 });
  return {
    get prose() {
      return formatIn(isEnglish(locale) ? locale : "en-US", leastScientific, decimals);
    },
    quantity: exactly(decimals),
    compact: (quantity) => (isBelow(1, quantity) ? atMostAllDecimals : compact)(quantity),
    units: (quantity) => (isBelow(FEW_UNITS, quantity) ? atMostAllDecimals : whole)(quantity),
    average: (quantity) => (quantity && isBelow(LEAST_WITH_ONE_DECIMAL, quantity) ? twoDigits : oneDecimal)(quantity),
    count: whole,
    decimals: number(THREE_DECIMALS),
    share: percent({}),
    exactShare: (share) => `${atMostOneDecimal(Math.round(share * 1000) / 10)} %`,
    change,
    changeOf: (share) => (typeof share === "number" && share >= MULTIPLE - 1 ? `×${times(1 + share)}` : change(share)),
    times,
    tick: (value) => (isBelow(MILLION, value) ? tick : compact)(value),
    date: day({ dateStyle: "medium" }),
    shortDate: day({ day: "numeric", month: "short" }),
    time: day({ dateStyle: "medium", timeStyle: "short" }),
    month: day({ month: "short" }),
    year: day({ year: "numeric" }),
    withDecimals: (other) => formatIn(locale, leastScientific, other),
  };
}

function isEnglish(locale: string): boolean {
  return /^en\b/.test(locale);
}

/** The beginning of a day given as `YYYY-MM-DD`, or a time. */
export function utc(text: string): Date {
  return new Date(text.includes("T") ? text : `${text}T00:00:00Z`);
}
