import { describe, expect, test } from "vitest";
import { YEAR } from "../documents.ts";
import { drawn, eighths, PLOT, readBack } from "./read-chart.ts";

test("a chart reads like this", () => {
  expect(
    `\n${drawn([12, 8, 15, 0, -4, 9.5, 11, 14], [10.5, 6, 16], { width: 60 }).join("\n")}\n`,
  ).toMatchInlineSnapshot(`
    "
         20┤                ┊
           │                ┊
           │                ┊░░░░░░░░░░░░░░░░░░░░░░░░
         15┤    ██        ▃▃┊░░░░░░░░░░░░░░░░░░░░░░░░
           │▂▂  ██        ██┊░░░░░░░░░░░░░░░░░░░░░░░░
           │██  ██      ▅▅██┊▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂
         10┤██  ██    ▆▆████┊▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
           │██▆▆██    ██████┊▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
           │██████    ██████┊▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
          5┤██████    ██████┊████████████████████████
           │██████    ██████┊████████████████████████
           │██████    ██████┊████████████████████████
          0┼────┬───▼▼──────┬────────────┬───────────
                2025-09-30  2025-11-11   2025-12-23
            █ sold   ┊ origin   █▓ expected   ▓░ 80 % interval
            ▼ a week of more returns than sales, drawn as zero
              (-4.0)
    "
  `);
  expect(`\n${drawn(YEAR, [40, 30, 55], { ascii: true }).join("\n")}\n`).toMatchInlineSnapshot(`
    "
         60+         .   .:                                     |
           |        :# .:##  ...                                |------------
           |    : .:##:####:####                                |------------
           |   :#.##############.....                           |------------
         40+  :######################                           |%%%%%%%%%%%%
           | :#######################                        # :|%%%%%%%%%%%%
           |###########################:::                 .##:#|############
           |##############################              : .#####|############
         20+##############################::::#   .:  .##:######|############
           |###################################..:##.:##########|############
           |####################################################|############
           |####################################################|############
          0++------------+------------+------------+------------+------------
            2024-11-12   2025-02-11   2025-05-13   2025-08-12   2025-11-11
            # sold   | origin   #% expected   %- 80 % interval
    "
  `);
});

describe("what is drawn can be read back", () => {
  test.each([
    ["whole numbers", [0, 10, 20, 25, 40, 50, 75, 100], [50, 40, 60]],
    ["decimals", [0.3, 0.1, 0.7, 0.2], [0.4, 0.1, 0.6]],
    ["millions", [1_234_567, 2_500_000.5], [2_000_000, 1_000_000, 2_900_000]],
    ["a year", YEAR, [33, 21, 52]],
  ] as [string, number[], [number, number, number]][])("%s", (_name, quantities, [quantity, lower, upper]) => {
    const lines = drawn(quantities, [quantity, lower, upper]);
    const { past, forecast, rows } = readBack(lines);
    const most = Math.max(...quantities, upper);
    const columns = past.length / quantities.length;
    const top = heightOf(most);
    const expected = (value: number) => Math.round((value / top) * rows * 8);
    expect(past.map(eighths)).toEqual(quantities.flatMap((value) => Array(columns).fill(expected(value))));
    expect(forecast).toHaveLength(12 * columns);
    for (const cells of forecast) {
      expect(eighths(cells)).toBe(expected(quantity));
      expect(cells.indexOf("▓"), "the row of the lower bound").toBe(Math.floor((lower / top) * rows));
      expect(cells.lastIndexOf("░"), "the row of the upper bound").toBe(Math.ceil((upper / top) * rows) - 1);
    }
  });

  /** The least of 1, 2, 3, 4, 5, 6, 8, 10 and so on that is not below the value, as far as these tests need. */
  function heightOf(value: number): number {
    const power = 10 ** Math.floor(Math.log10(value));
    const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
    return steps.find((step) => step * power >= value * (1 - 1e-9))! * power;
  }

  test("in ASCII too, in thirds of a row", () => {
    const lines = drawn([0, 1, 2, 3, 4, 5], [3, 2, 4], { ascii: true, width: 40 });
    const rows = lines.slice(0, 10).map((line) => line.slice(PLOT, PLOT + 6));
    const thirds = Array.from({ length: 6 }, (_, at) =>
      rows.reduce((sum, row) => sum + " .:#".indexOf(row[at] ?? " "), 0),
    );
    expect(thirds).toEqual([0, 6, 12, 18, 24, 30]);
  });
});

describe("edge cases", () => {
  test("a week with returns is empty, marked and said", () => {
    const lines = drawn([5, -5, 5, -12.5], [3, 1, 4], { width: 40 });
    const floor = lines.find((line) => line.includes("┼"))!;
    expect(floor.slice(PLOT, PLOT + 4)).toBe("─▼─▼");
    expect(readBack(lines).past.map(eighths)[1]).toBe(0);
    expect(lines.join(" ").replaceAll(/\s+/g, " ")).toContain(
      "▼ 2 weeks of more returns than sales, drawn as zero (down to -12.5)",
    );
    expect(drawn([5, -5], [3, 1, 4]).join("\n")).toContain("▼ a week of more returns than sales, drawn as zero (-5.0)");
  });

  test("all zeros are an empty chart with an axis", () => {
    const lines = drawn(Array(52).fill(0), [0, 0, 0]);
    const { past, forecast, top } = readBack(lines);
    expect(top).toBe(1);
    expect(past.flat().join("").trim()).toBe("");
    expect(forecast).toEqual([]);
  });

  test("one huge week goes beyond the axis and is said, so that the others stay readable", () => {
    const quantities = [3, 4, 1_000_000, 2, 4];
    const lines = drawn(quantities, [3, 1, 5]);
    const { past, top, rows } = readBack(lines);
    expect(top).toBe(5);
    expect(past[4]!.at(-1)).toBe("▲");
    expect(eighths(past[0]!)).toBe(Math.round((3 / 5) * rows * 8));
    expect(lines.join("\n")).toContain("▲ beyond the axis: 1,000,000.0 in the week from 2025-10-21");
  });

  test("a week that is merely large, or the only one with a sale, stays within the axis", () => {
    for (const quantities of [
      [1, 10, 1],
      [0, 9, 0],
    ]) {
      const lines = drawn(quantities, [0.2, 0, 0.5]);
      expect(lines.join("\n")).not.toContain("▲");
      expect(readBack(lines).top).toBe(10);
    }
  });

  test("the least sale shows", () => {
    expect(readBack(drawn([0.1, 100, 90, 0], [50, 40, 60], { width: 40 })).past.map((cells) => cells[0])).toEqual([
      "▁",
      "█",
      "█",
      " ",
    ]);
  });

  test("an interval narrower than a row is said", () => {
    expect(drawn(YEAR, [40, 40, 40]).join("\n")).toContain("█ expected, 80 % interval narrower than a row");
  });

  test("a single week of history, and none", () => {
    expect(readBack(drawn([3], [3, 1, 5])).past).toHaveLength(2);
    expect(readBack(drawn([], [3, 1, 5])).past).toEqual([]);
    expect(drawn([], [3, 1, 5]).join("\n")).not.toContain("sold");
  });

  test("of the weeks that do not fit the oldest are left out, and do not stretch the axis", () => {
    const lines = drawn([1000, 1000, ...Array(50).fill(0), 1, 2, 3, 4, 5], [3, 1, 4], { width: 40 });
    const { past, top, rows } = readBack(lines);
    expect(past).toHaveLength(40 - PLOT - 1 - 12);
    expect(top).toBe(5);
    expect(past.slice(-5).map(eighths)).toEqual([1, 2, 3, 4, 5].map((value) => (value / 5) * rows * 8));
  });
});
