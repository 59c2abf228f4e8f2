import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { calibration, coverage, errorByWeek, valueAdded } from "../../../src/show/page/backtest-charts.ts";
import { demandChart } from "../../../src/show/page/demand-chart.ts";
import { drawing } from "../../../src/show/page/drawing.ts";
import { DISTINCT, modelOf } from "../reports.ts";
import { readDrawing } from "./read-drawing.ts";

const format = formatIn("en-US");

test("a line has each week's error of its method above its week", () => {
  const weeks = [1, 2, 3].map((week) => ({
    group: `${week}`,
    forecasts: 9,
    models: [
      modelOf("auto", { wape: 0.1 * week, total_wape: 0.7 }),
      modelOf("tsb", { wape: 0.15 * week, total_wape: 0.8 }),
    ],
  }));
  const { corners } = readDrawing(errorByWeek(weeks, [{ model: "auto", color: "red" }], format));
  expect(corners("method-auto")).toMatchObject([
    { x: 1, y: 0.1 },
    { x: 2, y: 0.2 },
    { x: 3, y: 0.3 },
  ]);
  expect(corners("method-tsb").map(({ y }) => y)).toEqual([0.15, 0.3, 0.45]);
});

test("points of weeks and of totals lie at what was held, the line at what was promised", () => {
  const classes = [
    { group: "smooth", forecasts: 9, models: [modelOf("auto", { coverage: 0.71, total_coverage: 0.92 })] },
    { group: "lumpy", forecasts: 9, models: [modelOf("auto", { coverage: 0.63, total_coverage: 0.54 })] },
  ];
  const { circles, diamonds, upright } = readDrawing(coverage(classes, 0.86, format));
  expect(circles("weeks").map(({ x }) => x)).toEqual([0.71, 0.63]);
  expect(diamonds("total")).toEqual([0.92, 0.54]);
  expect(upright("promised").map(({ x }) => x)).toEqual([0.86]);
});

test("a bar ends at the gain, to the left of zero and in the colour of harm where there is none", () => {
  const gains = [
    { group: "smooth", gain: 0.3 },
    { group: "lumpy", gain: -0.2 },
  ];
  const { bars, fills } = readDrawing(valueAdded(gains, { ...format, change: (share) => `${share}` }));
  expect(bars("gain").map(({ from, to }) => [from, to])).toEqual([
    [0, 0.3],
    [-0.2, 0],
  ]);
  expect(fills("gain")).toEqual(["var(--good)", "var(--poor)"]);
});

test("a point lies at the accuracy that was stated, across, and that came true, upwards", () => {
  expect(readDrawing(calibration(DISTINCT.honesty!, format)).circles("decile")).toEqual([
    { x: 0.31, y: 0.36 },
    { x: 0.83, y: 0.78 },
  ]);
});

test("what was sold, what was expected with its bounds, and what came are drawn at their own weeks and heights", () => {
  const { bars, corners, upright } = readDrawing(
    demandChart(
      {
        origin: "2025-08-19",
        past: ["2025-08-05", "2025-08-12"].map((date, i) => ({ date, quantity: 9 + 2 * i })),
        forecast: [
          { date: "2025-08-19", quantity: 10, lower: 5, upper: 15 },
          { date: "2025-08-26", quantity: 14, lower: 6, upper: 17 },
        ],
        came: ["2025-08-19", "2025-08-26"].map((date, i) => ({ date, quantity: 13 + 3 * i })),
      },
      format,
      { width: 760, height: 400 },
    ),
  );
  expect(bars("sold").map(({ height }) => height)).toEqual([9, 11]);
  expect(bars("came").map(({ height }) => height)).toEqual([13, 16]);
  expect(corners("expected").map(({ y }) => y)).toEqual([10, 10, 14, 14, 14]);
  const interval = corners("interval").map(({ y }) => y);
  expect(new Set(interval)).toEqual(new Set([5, 6, 15, 17]));
  const [origin] = upright("origin");
  expect(origin!.pixel).toBeCloseTo(corners("expected")[0]!.pixel, 0);
  expect(bars("came")[0]!.left).toBeCloseTo(origin!.pixel + 0.5, 0);
});

test.each(["en-US", "de-DE", "nl-NL", "fr-FR", "de-CH", "pt-BR", "sv-SE", "ar-EG", "hi-IN", "ja-JP"])(
  "ticks of an axis are drawn as they are written in %s",
  (locale) => {
    const { document } = parseHTML(
      drawing(
        "",
        { width: 760, height: 300 },
        demandChart(
          {
            origin: "2025-11-11",
            past: [{ date: "2025-11-04", quantity: 1900 }],
            forecast: [{ date: "2025-11-11", quantity: 1000, lower: 500, upper: 2000 }],
          },
          formatIn(locale),
          { width: 760, height: 300 },
        ),
      ).markup,
    );
    const labels = [...document.querySelectorAll('[data-part="y-axis tick label"] text')];
    const written = new Intl.NumberFormat(locale);
    expect(labels.map(({ textContent }) => textContent)).toEqual(
      [0, 500, 1000, 1500, 2000].map((n) => written.format(n)),
    );
  },
);
