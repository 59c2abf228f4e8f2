/** What a server does wrong; each for ever, or so many `times`. */
export interface Faults {
  /** Wait before the answer to a statement, and say when the wait begins. */
  readonly delay?: { readonly ms: number; readonly statementMatches: RegExp; readonly begun?: () => void };
  /** Accept connections and never answer. */
  readonly acceptOnly?: boolean;
  /** Break the connection after so many rows of an answer. */
  readonly dropAfterRows?: { readonly rows: number; readonly times?: number };
  /** Fall silent after so many rows of an answer; a request to cancel is still answered. */
  readonly stallAfterRows?: { readonly rows: number; readonly times?: number };
  /** Send every answer in parts of so many rows, with a wait after each. */
  readonly pauseAfterRows?: { readonly rows: number; readonly ms: number };
  /** Answer with an error. */
  readonly errorNumber?: {
    readonly number: number;
    readonly message: string;
    readonly severity?: number;
    readonly times?: number;
    readonly statementMatches?: RegExp;
  };
}

/** Counts how often a fault has struck. */
export class FaultPlan {
  #faults: Faults = {};
  readonly #struck = new Map<keyof Faults, number>();

  set(faults: Faults): void {
    this.#faults = faults;
    this.#struck.clear();
  }

  delayMs(sql: string): number {
    const { delay } = this.#faults;
    if (!delay?.statementMatches.test(sql)) return 0;
    delay.begun?.();
    return delay.ms;
  }

  get pause(): Faults["pauseAfterRows"] {
    return this.#faults.pauseAfterRows;
  }

  get acceptOnly(): boolean {
    return this.#faults.acceptOnly ?? false;
  }

  error(sql: string): Faults["errorNumber"] {
    const fault = this.#faults.errorNumber;
    if (!fault || (fault.statementMatches && !fault.statementMatches.test(sql))) return undefined;
    return this.#strikes("errorNumber", fault.times) ? fault : undefined;
  }

  /** What happens after how many rows of an answer that has `rows` rows. */
  afterRows(rows: number): { rows: number; what: "drop" | "stall" } | undefined {
    const { dropAfterRows: drop, stallAfterRows: stall } = this.#faults;
    if (drop && rows > drop.rows && this.#strikes("dropAfterRows", drop.times))
      return { rows: drop.rows, what: "drop" };
    if (stall && rows > stall.rows && this.#strikes("stallAfterRows", stall.times))
      return { rows: stall.rows, what: "stall" };
    return undefined;
  }

  #strikes(fault: keyof Faults, times = Number.POSITIVE_INFINITY): boolean {
    const struck = this.#struck.get(fault) ?? 0;
    if (struck >= times) return false;
    this.#struck.set(fault, struck + 1);
    return true;
  }
}
