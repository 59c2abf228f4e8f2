/** What sets off decimals; the other one of the two sets off thousands. */
export type DecimalSign = "," | ".";

/** Nothing for what is no number; `unclear` for one that can be two. */
export type ReadQuantity = number | "unclear" | undefined;

/** What is longer is no number that anybody writes, and takes long to look at. */
const MOST_CHARACTERS = 100;
const WHOLE = /^-?\d+$/;
/** Between thousands: spaces, also narrow ones and such that break no line, and the apostrophes of Switzerland. */
const GROUP_MARKS = /(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))/g;
const NUMBERS = {
  ".": /^(?:\d{1,3}(?:,\d{3})+|\d+)?(?:(?<=\d)\.\d*|\.\d+)?(?:e[+-]?\d+)?$/i,
  ",": /^(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:(?<=\d),\d*|,\d+)?(?:e[+-]?\d+)?$/i,
} as const;

/** Reads a file's quantities, with decimals set off as they tell together. `12-` and `(12)` are below zero. */
export class QuantityReader {
  #sign: DecimalSign | undefined;
  readonly #usual: DecimalSign | undefined;
  readonly #votes = { ",": 0, ".": 0 };
  readonly #quantities = new Map<string, number | undefined>();
  #example = "whole numbers";

  /**
   * @param sign where the user has chosen one.
   * @param separator of the file's columns: between commas a point sets off decimals, unless another number says otherwise.
   */
  constructor(sign: DecimalSign | undefined, separator?: string) {
    this.#sign = sign;
    this.#usual = separator === "," ? "." : undefined;
  }

  /** A number as the file writes them. */
  get example(): string {
    return this.#example;
  }

  /** Looks at one of the first numbers. */
  vote(text: string): void {
    const sign = signIn(text);
    if (sign === undefined) return;
    if (sign !== "either") this.#votes[sign]++;
    if (signsOf(text) > signsOf(this.#example)) this.#example = text.trim();
  }

  /** Takes the sign that most of the first numbers need, if there is one. */
  decide(): void {
    if (this.#votes[","] !== this.#votes["."]) this.#sign ??= this.#votes[","] > this.#votes["."] ? "," : ".";
  }

  /** To be asked once the first numbers have been looked at. */
  read(text: string): ReadQuantity {
    if (WHOLE.test(text)) return finite(Number(text));
    let quantity = this.#quantities.get(text);
    if (quantity !== undefined || this.#quantities.has(text)) return quantity;
    if (this.#sign === undefined) {
      const told = signIn(text);
      const sign = told === "either" && this.#usual && text.includes(this.#usual) ? this.#usual : told;
      if (sign === "either") return "unclear";
      if (sign !== undefined) this.#example = text.trim();
      this.#sign = sign;
    }
    quantity = parseQuantity(text, this.#sign ?? ".");
    this.#quantities.set(text, quantity);
    return quantity;
  }
}

/** Which sign sets off decimals, as far as one number tells; `either` where it can be read both ways, such as 1,234. */
function signIn(text: string): DecimalSign | "either" | undefined {
  const { digits, isGrouped } = partsOf(text);
  const isPoint = NUMBERS["."].test(digits);
  const isComma = NUMBERS[","].test(digits);
  if (isPoint !== isComma) return isPoint ? "." : ",";
  const sign = /[.,]/.exec(digits)?.[0] as DecimalSign | undefined;
  if (!isPoint || sign === undefined) return undefined;
  // Thousands do not begin with a zero, nor are they set off by two signs.
  return digits.startsWith("0") || isGrouped ? sign : "either";
}

function parseQuantity(text: string, sign: DecimalSign): number | undefined {
  const { digits, isNegative } = partsOf(text);
  if (!/\d/.test(digits) || !NUMBERS[sign].test(digits)) return undefined;
  const value = Number(sign === "." ? digits.replaceAll(",", "") : digits.replaceAll(".", "").replace(",", "."));
  return finite(isNegative ? -value : value);
}

interface Parts {
  /** Without a sign, and without what sets off thousands beside comma and point. */
  readonly digits: string;
  readonly isNegative: boolean;
  readonly isGrouped: boolean;
}

function partsOf(text: string): Parts {
  const trimmed = text.length > MOST_CHARACTERS ? "" : text.trim();
  const [, inBrackets] = /^\((.*)\)$/.exec(trimmed) ?? [];
  const [, before = "", bare = "", after = ""] = /^([-+\u2212]?)\s*(.*?)\s*(-?)$/.exec(inBrackets ?? trimmed) ?? [];
  const signs = [inBrackets === undefined ? "" : "-", before, after].filter((sign) => sign !== "");
  const digits = bare.replaceAll(GROUP_MARKS, "");
  return {
    // Two signs are no number.
    digits: signs.length > 1 ? "" : digits,
    isNegative: signs.length > 0 && signs[0] !== "+",
    isGrouped: digits !== bare,
  };
}

/** How many of the two signs a number has. */
function signsOf(text: string): number {
  return new Set(text.match(/[.,]/g)).size;
}

/** What JSON can hold. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
