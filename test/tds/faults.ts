import type { ErrorToken } from "./tokens.ts";

/** What a server does wrong; each for ever, or so many `times`. */
export interface Faults {
  /** Wait before the answer to a statement, and say when the wait begins. */
  readonly delay?: { readonly ms: number; readonly statementMatches: RegExp; readonly begun?: () => void };
  /** Accept connections and never answer. */
  readonly acceptOnly?: boolean;
  /** Break the connection after so many rows of an answer. */
  readonly dropAfterRows?: { readonly rows: number; readonly times?: number };
  /** Break the connection once, before a row that is counted from 0 over all answers from now on. */
  readonly dropAtRow?: { readonly row: number };
  /** Fall silent after so many rows of an answer; a request to cancel is still answered. */
  readonly stallAfterRows?: { readonly rows: number; readonly times?: number };
  /** Send every answer in parts of so many rows, with a wait after each. */
  readonly pauseAfterRows?: { readonly rows: number; readonly ms: number };
  /** Answer with an error, the first statements of `after` not counted; one of class 20 or more ends the connection. */
  readonly errorNumber?: ErrorToken & {
    readonly times?: number;
    readonly after?: number;
    readonly statementMatches?: RegExp;
  };
  /** Refuse a login with these errors. */
  readonly refuseLogin?: { readonly errors: readonly ErrorToken[]; readonly times?: number };
  /** End the connection in good order in place of an answer. */
  readonly endInstead?: { readonly statementMatches: RegExp; readonly times?: number };
  /** Turn a bit of what clients are sent after so many bytes from now on, below TLS where there is any. */
  readonly turnBit?: { readonly afterBytes: number };
}

/** Counts how often a fault has struck. */
export class FaultPlan {
  #faults: Faults = {};
  /** Bytes to all clients since the faults were set. */
  #sent = 0;
  /** Rows of all answers since then, and statements that could have failed. */
  #rows = 0;
  #statements = 0;
  readonly #struck = new Map<keyof Faults, number>();

  set(faults: Faults): void {
    this.#faults = faults;
    this.#struck.clear();
    this.#sent = 0;
    this.#rows = 0;
    this.#statements = 0;
  }

  hasStruck(fault: keyof Faults): boolean {
    return this.#struck.has(fault);
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
    if (this.#statements++ < (fault.after ?? 0)) return undefined;
    return this.#strikes("errorNumber", fault.times) ? fault : undefined;
  }

  /** The errors in place of a login. */
  loginErrors(): readonly ErrorToken[] {
    const refuse = this.#faults.refuseLogin;
    return refuse && this.#strikes("refuseLogin", refuse.times) ? refuse.errors : [];
  }

  endsInsteadOf(sql: string): boolean {
    const fault = this.#faults.endInstead;
    return Boolean(fault?.statementMatches.test(sql)) && this.#strikes("endInstead", fault?.times);
  }

  /** @param chunk what a client is to be sent. */
  withTurnedBit(chunk: Buffer): Buffer {
    const at = (this.#faults.turnBit?.afterBytes ?? Number.NaN) - this.#sent;
    this.#sent += chunk.length;
    if (!(at >= 0 && at < chunk.length)) return chunk;
    const turned = Buffer.from(chunk);
    turned[at]! ^= 0x20;
    return turned;
  }

  /** What happens after how many rows of an answer that has `rows` rows. */
  afterRows(rows: number): { rows: number; what: "drop" | "stall" } | undefined {
    const { dropAfterRows: drop, stallAfterRows: stall, dropAtRow } = this.#faults;
    const before = this.#rows;
    this.#rows += rows;
    if (dropAtRow && dropAtRow.row >= before && dropAtRow.row < this.#rows && this.#strikes("dropAtRow", 1))
      return { rows: dropAtRow.row - before, what: "drop" };
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
