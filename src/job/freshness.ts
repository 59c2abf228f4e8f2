import type { Day } from "../history/calendar.ts";

/** More days than a weekend with a holiday. */
const SUSPICIOUS_DAYS = 4;

/** Days between the newest order and the origin, on which nothing was ordered. */
export function quietDays(newest: Day, origin: Day): number {
  return origin - newest - 1;
}

/** Whether a source that had no order on so many days before the origin seems to lag behind. */
export function seemsLate(quietDays: number): boolean {
  return quietDays >= SUSPICIOUS_DAYS;
}
