import { areaY, axisX, axisY, gridY, line, type PlotOptions, rectY, ruleX, ruleY, text } from "@observablehq/plot";
import { type Format, utc } from "../format.ts";
import { type ForecastWeek, highestDrawn, type PastWeek, weeksAfter } from "../weeks.ts";
import type { Size } from "./drawing.ts";

/** Weeks of a product: what was sold up to the origin, what was expected then, and what came where that is known. */
export interface Demand {
  /** First day of the forecast. */
  readonly origin: string;
  readonly past: readonly PastWeek[];
  readonly forecast: readonly ForecastWeek[];
  /** What was sold in each week of the forecast. */
  readonly came?: readonly PastWeek[];
}

const LEFT_MARGIN = 56;
const MONTHS_BETWEEN_TICKS = { wide: 2, narrow: 4 } as const;
const NARROW = 500;

/** Bars for what was sold, a line for what is expected and a band for its interval. */
export function demandChart({ origin, past, forecast, came = [] }: Demand, format: Format, size: Size): PlotOptions {
  const sold = [...past, ...came];
  const top = highestDrawn(sold, forecast);
  const least = Math.min(0, ...sold.map(({ quantity }) => quantity));
  const weeks = [...past, ...forecast];
  const [start, end] = [weeks[0]?.date ?? origin, weekAfter(weeks.at(-1)?.date ?? origin)];
  // The last week's values hold until its end.
  const steps = [...forecast, ...forecast.slice(-1).map((week) => ({ ...week, date: weekAfter(week.date) }))];
  const stepped = { x: ({ date }: ForecastWeek) => utc(date), curve: "step-after" } as const;
  const bar = {
    x1: ({ date }: PastWeek) => utc(date),
    x2: ({ date }: PastWeek) => utc(weekAfter(date)),
    y: ({ quantity }: PastWeek) => Math.min(quantity, top),
    title: ({ date, quantity }: PastWeek) => `${format.date(date)}: ${format.quantity(quantity)}`,
    insetLeft: 0.5,
    insetRight: 0.5,
  };
  const ticks = monthStarts(start, end, MONTHS_BETWEEN_TICKS[size.width < NARROW ? "narrow" : "wide"]);
  return {
    marginLeft: LEFT_MARGIN,
    marginRight: 12,
    x: { type: "utc", domain: [utc(start), utc(end)], label: null },
    y: { domain: [least, Math.max(top, 1e-9)], nice: true, label: null },
    marks: [
      gridY({ ticks: 4, stroke: "var(--line)", strokeOpacity: 0.6 }),
      axisY({ ticks: 4, tickSize: 0, tickFormat: format.tick }),
      ruleY([0], { stroke: "var(--line)" }),
      axisX(ticks, { tickFormat: (date: Date) => monthLabel(date, date.getTime() === ticks[0]?.getTime(), format) }),
      areaY(steps, { ...stepped, y1: "lower", y2: "upper", fill: "var(--band)", className: "interval" }),
      rectY(past, { ...bar, fill: "var(--sold)", className: "sold" }),
      rectY(came, { ...bar, fill: "var(--came)", className: "came" }),
      ...["lower", "upper"].map((y) => line(steps, { ...stepped, y, stroke: "var(--forecast)", strokeOpacity: 0.5 })),
      line(steps, { ...stepped, y: "quantity", stroke: "var(--forecast)", strokeWidth: 2.5, className: "expected" }),
      ruleX([utc(origin)], { stroke: "var(--muted)", strokeDasharray: "3,3", className: "origin" }),
      text(
        sold.filter(({ quantity }) => quantity > top),
        {
          x: ({ date }: PastWeek) => utc(weekAfter(date)),
          y: top,
          text: ({ quantity }: PastWeek) => `▲ ${format.units(quantity)}`,
          textAnchor: "end",
          dy: -8,
          className: "beyond",
        },
      ),
    ],
  };
}

function weekAfter(date: string): string {
  return weeksAfter(date, 1);
}

/** First days of months within the period, every so many months, those of Januaries among them. */
function monthStarts(start: string, end: string, every: number): Date[] {
  const found: Date[] = [];
  const last = Temporal.PlainDate.from(end);
  let month = Temporal.PlainDate.from(start).with({ day: 1 }).add({ months: 1 });
  for (; Temporal.PlainDate.compare(month, last) < 0; month = month.add({ months: 1 })) {
    if ((month.month - 1) % every === 0) found.push(utc(month.toString()));
  }
  return found;
}

/** The month, with the year below it where that is new. */
function monthLabel(date: Date, first: boolean, format: Format): string {
  return first || date.getUTCMonth() === 0 ? `${format.month(date)}\n${format.year(date)}` : format.month(date);
}
