export interface Finding {
  readonly what:
    | "source"
    | "indexes"
    | "orders"
    | "duplicates"
    | "cache"
    | "memory"
    | "lease"
    | "rights"
    | "queue"
    | "clock"
    | "lock"
    | "metrics";
  /** A problem keeps a run from its work or makes it slow; a warning is something to know. */
  readonly state: "ok" | "warning" | "problem";
  readonly text: string;
  /** What to do, a line each. */
  readonly advice: readonly string[];
}

/** A finding without what it is about. */
export type State = [state: Finding["state"], text: string, ...advice: string[]];
