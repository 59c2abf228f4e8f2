/** One week of the chart; bounds only where it is forecast. */
export interface ChartWeek {
  readonly date: string;
  readonly quantity: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface ChartOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly ascii: boolean;
  /** Colours a forecast cell. */
  readonly paint: (text: string) => string;
}

const ROWS = 10;
const LEAST_LABEL_WIDTH = 5;
const GLYPHS = {
  unicode: { bars: "▁▂▃▄▅▆▇█", band: "░", mean: "━", axis: "┤", line: "│", corner: "└", floor: "─", origin: "┊" },
  ascii: { bars: "#", band: ":", mean: "=", axis: "+", line: "|", corner: "+", floor: "-", origin: "|" },
};

/**
 * Weeks as columns: the past as bars, the forecast as a line within the band of its interval, with the origin between.
 * The oldest weeks are left out where the width does not hold them; where it holds twice as many, a week is two columns.
 */
export function chart(past: readonly ChartWeek[], forecast: readonly ChartWeek[], options: ChartOptions): string[] {
  const glyphs = options.ascii ? GLYPHS.ascii : GLYPHS.unicode;
  const top = Math.max(...[...past, ...forecast].map(({ quantity, upper }) => Math.max(quantity, upper ?? 0)));
  const step = tickStep(top);
  const ticks = Math.max(1, Math.ceil(top / step));
  const labels = Array.from({ length: ticks + 1 }, (_, i) => formatTick(i * step, step));
  const labelWidth = Math.max(LEAST_LABEL_WIDTH, ...labels.map(({ length }) => length));
  const room = options.width - labelWidth - 2;
  const columnsPerWeek = 2 * (past.length + forecast.length) + 1 <= room ? 2 : 1;
  const shown = past.slice(-Math.max(1, Math.floor((room - 1) / columnsPerWeek) - forecast.length));

  const height = ticks * step;
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const row = ROWS - 1 - i;
    const tick = labels.findIndex((_, t) => Math.round((t / ticks) * ROWS) === row + 1);
    const label = tick > 0 ? labels[tick]!.padStart(labelWidth) + glyphs.axis : " ".repeat(labelWidth) + glyphs.line;
    const bars = shown.map((week) => barCell(week.quantity / height, row, glyphs.bars).repeat(columnsPerWeek));
    const bands = forecast.map((week) => bandCell(week, height, row, glyphs).repeat(columnsPerWeek));
    return `${label}${bars.join("")}${glyphs.origin}${options.paint(bands.join(""))}`.trimEnd();
  });
  const pastColumns = shown.length * columnsPerWeek;
  const columns = pastColumns + 1 + forecast.length * columnsPerWeek;
  const floor = `${"0".padStart(labelWidth)}${glyphs.corner}${glyphs.floor.repeat(columns)}`;
  return [...lines, floor, " ".repeat(labelWidth + 1) + dates(shown, forecast, pastColumns, columns)];
}

/** A step of 1, 2 or 5 times a power of ten that gives two to five ticks. */
function tickStep(top: number): number {
  if (top <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(top));
  const leading = top / power;
  return (leading <= 1 ? 0.5 : leading <= 2 ? 0.5 : leading <= 5 ? 1 : 2) * power;
}

function formatTick(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const compact = value >= 1e6;
  return new Intl.NumberFormat("en-US", {
    maximumFractionDigits: compact ? 1 : decimals,
    notation: compact ? "compact" : "standard",
  }).format(value);
}

function barCell(share: number, row: number, bars: string): string {
  const eighths = Math.round((share * ROWS - row) * bars.length);
  // A week in which something was sold shows, however little it was.
  const visible = row === 0 && share > 0 ? Math.max(1, eighths) : eighths;
  return visible <= 0 ? " " : bars[Math.min(visible, bars.length) - 1]!;
}

function bandCell(week: ChartWeek, height: number, row: number, glyphs: typeof GLYPHS.unicode): string {
  const rowOf = (quantity: number) => Math.min(ROWS - 1, Math.floor((quantity / height) * ROWS));
  if (row === rowOf(week.quantity)) return glyphs.mean;
  const { lower = week.quantity, upper = week.quantity } = week;
  return row >= rowOf(lower) && row <= rowOf(upper) ? glyphs.band : " ";
}

/** The first day, the origin under its divider and, where there is room, the last week. */
function dates(past: readonly ChartWeek[], forecast: readonly ChartWeek[], origin: number, columns: number): string {
  const first = past[0]?.date ?? "";
  const line: string[] = Array.from({ length: columns }, () => " ");
  const put = (text: string, at: number) => {
    const from = Math.max(0, Math.min(at, columns - text.length));
    const free = line.slice(Math.max(0, from - 1), from + text.length + 1).every((character) => character === " ");
    if (free && text.length <= columns) line.splice(from, text.length, ...text);
  };
  put(forecast[0]?.date ?? "", origin);
  put(first, 0);
  put(forecast.at(-1)?.date ?? "", columns);
  return line.join("").trimEnd();
}
