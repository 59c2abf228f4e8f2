import type { Format } from "../format.ts";
import { type ForecastWeek, highestDrawn, type PastWeek } from "../weeks.ts";
import { datesThatFit, type VerticalAxis, verticalAxis } from "./axis.ts";
import { format } from "./format.ts";
import { flow, wrap } from "./text.ts";

export interface ChartOptions {
  /** Columns of the terminal, 40 or more. */
  readonly width: number;
  /** Only ASCII characters. */
  readonly ascii: boolean;
  /** Decimals of the quantities; one, where nothing is said. */
  readonly decimals?: number;
  /** Share of outcomes that the intervals shall hold, 0 to 1; for the legend, if known. */
  readonly level?: number | undefined;
  /** Colours what is forecast. */
  readonly paint?: (text: string) => string;
}

interface Glyphs {
  /** The filled part of a cell, from the least to the whole. */
  readonly bars: string;
  /** A cell of a bar within the interval, and a cell above the bar within it. */
  readonly barInBand: string;
  readonly band: string;
  readonly axis: { line: string; tick: string; corner: string; floor: string; date: string };
  /** Stands between the past and the forecast. */
  readonly divider: string;
  /** Stands at the floor of a week that is below zero. */
  readonly negative: string;
  /** Stands at the top of a week that goes beyond the axis. */
  readonly beyond: string;
}

const UNICODE: Glyphs = {
  bars: "▁▂▃▄▅▆▇█",
  barInBand: "▓",
  band: "░",
  axis: { line: "│", tick: "┤", corner: "┼", floor: "─", date: "┬" },
  divider: "┊",
  negative: "▼",
  beyond: "▲",
};
const ASCII: Glyphs = {
  bars: ".:#",
  barInBand: "%",
  band: "-",
  axis: { line: "|", tick: "+", corner: "+", floor: "-", date: "+" },
  divider: "|",
  negative: "v",
  beyond: "^",
};

/** Columns of the widest label of whole units: `800,000`. */
const LEAST_LABEL_WIDTH = 7;
/** Columns of a label that decimals do not need: `0.`, and one more decimal, as there are ticks between quantities. */
const LABEL_WIDTH_BESIDE_DECIMALS = 3;
/** Weeks between two dates: a quarter, or half of one where a week is two columns wide. */
const WEEKS_BETWEEN_DATES = [undefined, 13, 6] as const;

/**
 * Weeks as bars, the past left of the origin and the forecast right of it. The interval of a forecast is shaded: dark
 * within the bar, from the row in which the lower bound lies; light above the bar, up to the row of the upper bound.
 * The oldest weeks are left out where the width does not hold them; where it holds twice as many, a week is two columns.
 *
 * @param past oldest first, one a week, the last one right before the origin.
 * @param forecast one a week.
 * @returns the rows of the chart, the dates, and a legend that explains each mark there is.
 */
export function chart(past: readonly PastWeek[], forecast: readonly ForecastWeek[], options: ChartOptions): string[] {
  const { width, ascii, decimals = 1, level, paint = (text) => text } = options;
  const glyphs = ascii ? ASCII : UNICODE;
  const labelWidth = Math.max(LEAST_LABEL_WIDTH, decimals + LABEL_WIDTH_BESIDE_DECIMALS);
  const room = width - labelWidth - 1;
  const columnsPerWeek = 2 * (past.length + forecast.length) + 1 <= room ? 2 : 1;
  const shown = past.slice(Math.max(0, past.length - (Math.floor((room - 1) / columnsPerWeek) - forecast.length)));

  const axis = verticalAxis(highestDrawn(shown, forecast));
  const bars = shown.map(({ quantity }) => barCells(quantity, axis, glyphs));
  const bands = forecast.map((week) => forecastCells(week, axis, glyphs));

  const rows = axis.labels.map((label, fromTop) => {
    const row = axis.rows - 1 - fromTop;
    const drawn = (weeks: readonly string[][]) => weeks.map((cells) => cells[row]!.repeat(columnsPerWeek)).join("");
    const edge = label === "" ? glyphs.axis.line : glyphs.axis.tick;
    return `${label.padStart(labelWidth)}${edge}${drawn(bars)}${glyphs.divider}${paint(drawn(bands).trimEnd())}`;
  });
  const [floor = "", dates = ""] = floorAndDates(shown, forecast, columnsPerWeek, room, glyphs);
  const legend = [
    ...(shown.length > 0 ? [`${glyphs.bars.at(-1)} sold`] : []),
    `${glyphs.divider} origin`,
    ...(forecast.length > 0 ? forecastLegend(bands, level, glyphs) : []),
  ];
  const below = [
    dates,
    ...flow(legend, "   ", room),
    ...remarks(shown, axis.height, glyphs, format.withDecimals(decimals)).flatMap((remark) => wrap(remark, room, 2)),
  ];
  return [
    ...rows,
    "0".padStart(labelWidth) + glyphs.axis.corner + floor,
    ...below.map((line) => " ".repeat(labelWidth + 1) + line),
  ];
}

/** A week's column of the chart, the lowest row first. */
function barCells(quantity: number, { height, rows }: VerticalAxis, { bars, beyond }: Glyphs): string[] {
  const cells = Array.from({ length: rows }, (_, row) => {
    const filled = filledParts((quantity / height) * rows, row, bars.length);
    return filled === 0 ? " " : bars[filled - 1]!;
  });
  return quantity > height ? cells.with(-1, beyond) : cells;
}

function forecastCells(week: ForecastWeek, { height, rows }: VerticalAxis, glyphs: Glyphs): string[] {
  const parts = glyphs.bars.length;
  const [lower, upper] = [week.lower, week.upper].map((bound) => Math.round((bound / height) * rows * parts));
  return Array.from({ length: rows }, (_, row) => {
    const inBand = (row + 1) * parts > lower! && row * parts < upper!;
    const filled = filledParts((week.quantity / height) * rows, row, parts);
    if (filled === parts && inBand) return glyphs.barInBand;
    if (filled > 0) return glyphs.bars[filled - 1]!;
    return inBand ? glyphs.band : " ";
  });
}

/** How many of its `parts` a bar fills of a row; more than nothing always shows, however little it is. */
function filledParts(height: number, row: number, parts: number): number {
  const whole = height > 0 ? Math.max(1, Math.round(height * parts)) : 0;
  return Math.min(parts, Math.max(0, whole - row * parts));
}

/** The horizontal axis, with marks at weeks of more returns than sales and at dates, and the dates below it. */
function floorAndDates(
  past: readonly PastWeek[],
  forecast: readonly ForecastWeek[],
  columnsPerWeek: 1 | 2,
  room: number,
  { axis, negative }: Glyphs,
): string[] {
  const divider = past.length * columnsPerWeek;
  const weeks = [
    ...past.map(({ date }, i) => ({ date, week: i - past.length, column: i * columnsPerWeek })),
    ...forecast.map(({ date }, i) => ({ date, week: i, column: i === 0 ? divider : divider + 1 + i * columnsPerWeek })),
  ];
  const marked = weeks
    .filter(({ week }) => week % WEEKS_BETWEEN_DATES[columnsPerWeek] === 0)
    .sort((a, b) => Math.abs(a.week) - Math.abs(b.week));
  const dates = datesThatFit(marked, room);
  const floor = Array.from({ length: divider + 1 + forecast.length * columnsPerWeek }, () => axis.floor);
  for (const { column } of dates) floor[column] = axis.date;
  past.forEach(({ quantity }, i) => {
    if (quantity < 0) floor.fill(negative, i * columnsPerWeek, (i + 1) * columnsPerWeek);
  });
  return [floor.join(""), dates.reduce((line, { column, date }) => line.padEnd(column) + date, "")];
}

function forecastLegend(bands: readonly string[][], level: number | undefined, glyphs: Glyphs): string[] {
  const { bars, barInBand, band } = glyphs;
  const interval = level === undefined ? "interval" : `${format.exactShare(level)} interval`;
  const visible = bands.flat().some((cell) => cell === barInBand || cell === band);
  return visible
    ? [`${bars.at(-1)}${barInBand} expected`, `${barInBand}${band} ${interval}`]
    : [`${bars.at(-1)} expected, ${interval} narrower than a row`];
}

/** What a bar cannot show: quantities below zero or beyond the axis. */
function remarks(
  past: readonly PastWeek[],
  height: number,
  { negative, beyond }: Glyphs,
  { quantity: text }: Format,
): string[] {
  const returned = past.map(({ quantity }) => quantity).filter((quantity) => quantity < 0);
  const least = text(Math.min(...returned));
  const weeks = returned.length === 1 ? "a week" : `${returned.length} weeks`;
  const range = returned.length === 1 ? least : `down to ${least}`;
  const spike = past.find(({ quantity }) => quantity > height);
  return [
    ...(returned.length > 0 ? [`${negative} ${weeks} of more returns than sales, drawn as zero (${range})`] : []),
    ...(spike ? [`${beyond} beyond the axis: ${text(spike.quantity)} in the week from ${spike.date}`] : []),
  ];
}
