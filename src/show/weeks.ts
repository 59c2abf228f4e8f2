import { DAYS_PER_WEEK, formatDay, parseDay } from "../history/calendar.ts";

/** A week of the past: its first day as `YYYY-MM-DD`, and the quantity, negative where more was returned than sold. */
export interface PastWeek {
  readonly date: string;
  readonly quantity: number;
}

/** A week to come: 0 ≤ lower ≤ quantity ≤ upper. */
export interface ForecastWeek {
  readonly date: string;
  /** The mean. */
  readonly quantity: number;
  readonly lower: number;
  readonly upper: number;
}

/** The day so many weeks after another, both as `YYYY-MM-DD`; before it where `weeks` is negative. */
export function weeksAfter(date: string, weeks: number): string {
  return formatDay(parseDay(date) + weeks * DAYS_PER_WEEK);
}

/** A week this many times as large as any other goes beyond the axis: the others would hardly be seen. */
const SPIKE = 12;

/** The largest value, or the largest but one where a single week of the past dwarfs all others. */
export function highestDrawn(past: readonly PastWeek[], forecast: readonly ForecastWeek[]): number {
  const [largest = 0, second = 0] = past.map(({ quantity }) => quantity).sort((a, b) => b - a);
  const others = Math.max(0, second, ...forecast.map(({ quantity, upper }) => Math.max(quantity, upper)));
  return second > 0 && largest > SPIKE * others ? others : Math.max(others, largest);
}
