import { expect, test } from "vitest";
import { type ChartWeek, chart } from "../../src/show/chart.ts";

const options = { width: 80, ascii: false, paint: (text: string) => text };

function weeks(quantities: readonly number[], year = 2024): ChartWeek[] {
  return quantities.map((quantity, i) => ({ date: `${year}-01-${String(i + 1).padStart(2, "0")}`, quantity }));
}

const band = (quantity: number, lower: number, upper: number, length = 12) =>
  weeks(Array(length).fill(quantity), 2025).map((week) => ({ ...week, lower, upper }));

/** Height of each column left of the origin in eighths of a row. */
function barHeights(lines: readonly string[]): number[] {
  const rows = lines.filter((line) => line.includes("┊")).map((line) => line.slice(line.search(/[│┤]/) + 1));
  const bars = " ▁▂▃▄▅▆▇█";
  return Array.from(rows[0]!.slice(0, rows[0]!.indexOf("┊")), (_, column) =>
    rows.reduce((height, row) => height + bars.indexOf(row[column]!), 0),
  );
}

test("the heights of the bars are the quantities", () => {
  const quantities = [0, 10, 20, 25, 40, 50, 75, 100];
  const heights = barHeights(chart(weeks(quantities), band(50, 40, 60), { ...options, width: 30 }));
  expect(heights).toEqual(quantities.map((quantity) => Math.round((quantity / 100) * 80)));
});

test("the axis begins at zero, has round ticks and holds the largest value", () => {
  const lines = chart(weeks([3, 97, 12]), band(50, 40, 130), options);
  const ticks = lines.flatMap((line) => /^ *([\d.,]+)[┤└]/.exec(line)?.[1] ?? []);
  expect(ticks).toEqual(["150", "100", "50", "0"]);
});

test("the forecast is a line within its band, right of the origin", () => {
  const lines = chart(weeks([100, 100]), band(50, 30, 70), options);
  const column = lines.slice(0, 10).map((line) => line[line.indexOf("┊") + 1] ?? " ");
  expect(column.join("")).toBe("  ░░━░░   ");
});

test("a small sale beside a huge one still shows", () => {
  const heights = barHeights(chart(weeks([1, 1_000_000, 0]), band(1, 0, 2), { ...options, width: 30 }));
  expect(heights[0]).toBe(1);
  expect(heights[2]).toBe(0);
});

test("returns are drawn as nothing, and all zeros as an empty chart", () => {
  expect(barHeights(chart(weeks([-5, 0, 5]), band(1, 0, 2), { ...options, width: 30 })).slice(0, 2)).toEqual([0, 0]);
  expect(barHeights(chart(weeks([0, 0]), band(0, 0, 0), { ...options, width: 30 }))).toEqual([0, 0]);
});

test.each([20, 40, 80, 120, 200])("%i columns are never exceeded, and the most recent weeks are kept", (width) => {
  const past = Array.from({ length: 52 }, (_, i) => ({ date: "2025-01-01", quantity: i }));
  const lines = chart(past, band(50, 20, 80), { ...options, width });
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  expect(barHeights(lines).at(-1)).toBe(Math.round((51 / 80) * 80));
});

test("only ASCII where nothing else is shown", () => {
  const lines = chart(weeks([1, 5, 3]), band(3, 1, 5), { ...options, ascii: true });
  expect(lines.join("\n")).toMatch(/^[\n -~]+$/);
  expect(lines.join("\n")).toMatch(/#/);
  expect(lines.join("\n")).toMatch(/=/);
});

test("the origin's date stands under the divider", () => {
  const past = Array.from({ length: 30 }, () => ({ date: "2024-06-06", quantity: 1 }));
  const lines = chart(past, band(1, 0, 2, 26), options);
  expect(lines.at(-1)!.indexOf("2025-01-01")).toBe(lines[0]!.indexOf("┊"));
});
