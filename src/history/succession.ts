import type { Day } from "./calendar.ts";

/** A product that is sold on under a new id. */
export interface Succession {
  readonly predecessor: string;
  readonly successor: string;
  /** Day of the successor's first order. */
  readonly since: Day;
  /** Customers of the successor in its first weeks. */
  readonly customers: number;
  /** Those of them who had ordered the predecessor. */
  readonly customersBefore: number;
}
