import { describe, expect, test } from "vitest";
import { YEAR } from "../documents.ts";
import { drawn, ORIGIN, PLOT, readBack, rowsOf } from "./read-chart.ts";

describe("dates", () => {
  test("each begins below the mark of its week, the origin's below the divider", () => {
    const lines = drawn(YEAR, [40, 30, 50]);
    const marks = lines.find((line) => line.includes("┼"))!;
    const dates = lines.find((line) => line.includes("2025-11-11"))!;
    const found = [...dates.matchAll(/\d{4}-\d{2}-\d{2}/g)];
    expect(found.map(([date]) => date)).toEqual(
      [52, 39, 26, 13, 0].map((weeks) => ORIGIN.subtract({ weeks }).toString()),
    );
    expect(found.map(({ index }) => index)).toEqual([...marks.matchAll(/┬/g)].map(({ index }) => index));
    expect(found.at(-1)!.index).toBe(rowsOf(lines)[0]!.indexOf("┊"));
  });

  test("there is one within the forecast where it is long enough", () => {
    expect(drawn(YEAR, [40, 30, 50], {}, 26).join("\n")).toContain(ORIGIN.add({ weeks: 13 }).toString());
    expect(drawn(YEAR, [40, 30, 50], { width: 160 }).join("\n")).toContain(ORIGIN.add({ weeks: 6 }).toString());
  });
});

describe.each([40, 60, 80, 100, 120, 160, 200])("%i columns", (width) => {
  test.each([4, 12, 26])("hold the chart of %i weeks", (weeks) => {
    for (const quantities of [[], [3], YEAR, YEAR.map((quantity) => quantity * 123_456.7)]) {
      for (const line of drawn(quantities, [1e5, 2e4, 3e6], { width }, weeks)) {
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).toBe(line.trimEnd());
      }
    }
  });

  test("are used for two columns a week where all weeks fit so", () => {
    const { past, forecast } = readBack(drawn(YEAR, [40, 30, 50], { width }));
    expect(forecast).toHaveLength(width >= 160 ? 24 : 12);
    expect(past).toHaveLength(width >= 160 ? 104 : Math.min(52, width - PLOT - 1 - 12));
  });
});

test("only what is forecast is painted", () => {
  const lines = drawn(YEAR, [40, 30, 50], { paint: (text) => `<${text}>` });
  for (const line of rowsOf(lines)) expect(line).toMatch(/┊<[^<>]*>$/);
});
