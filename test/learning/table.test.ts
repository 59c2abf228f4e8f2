import { describe, expect, test } from "vitest";
import { baseOf } from "../../src/demand/base.ts";
import { lossesOfOne } from "../../src/demand/combination.ts";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import { FEATURE_NAMES, OWN_FEATURE_NAMES, writeFeatures } from "../../src/learning/features.ts";
import { classLossesOf } from "../../src/learning/pooled.ts";
import { type FoldedRow, isTrained, trainingTable } from "../../src/learning/table.ts";

const HORIZON = 4;
/** No past year, and enough weeks up to 22 weeks ago. */
const SERIES = new Float64Array(30).fill(100);

interface Product {
  readonly fold: 0 | 1;
  readonly level: number;
  readonly demandClass?: number;
}

/** A product whose last weeks, times `recent`, were at its level, and of which so many times its level came. */
function row({ fold, level, demandClass = 0 }: Product, weeksAgo: number, came: number, recent = 1): FoldedRow {
  const features = Float64Array.from(OWN_FEATURE_NAMES, (name, i) => (/^mean[48]$/.test(name) ? recent * level : i));
  return {
    ...{ fold, demandClass, features, weeksAgo, mean: level, mean52: level },
    // All methods but the second one are far off.
    levels: Float64Array.from(RUNNING_METHODS, (_, m) => (m === 1 ? level : 5 * level)),
    own: { losses: new Float64Array(RUNNING_METHODS.length), originCount: 0 },
    season: { years: 0, ahead: 0, before: 0, lastYear: 0 },
    actual: new Float64Array(HORIZON).fill(came * level),
  };
}

const A: Product = { fold: 0, level: 10 };
const B: Product = { fold: 1, level: 40, demandClass: 3 };
const ROWS = [row(A, 0, 0), row(A, 12, 1), row(A, 13, 2), row(B, 0, 0), row(B, 12, 1), row(B, 13, 2), row(B, 23, 9)];
const OPTIONS = { horizon: HORIZON, singleMethod: "mean13" };
const { pooled, table } = trainingTable(ROWS, SERIES, OPTIONS);

test("a row is learned from where what came is known, and eight weeks of all products before it", () => {
  const trained = [0, 12, 22, 23].filter((weeksAgo) => isTrained(row(A, weeksAgo, 1), SERIES));
  expect(trained).toEqual([12, 22]);
});

describe("the table", () => {
  test("has a row's class, fold, and what came", () => {
    expect([...table.fold]).toEqual([0, 0, 1, 1]);
    expect([...table.demandClass]).toEqual([0, 0, 3, 3]);
    expect([...table.actual]).toEqual([10, 20, 40, 80].flatMap((quantity) => Array(HORIZON).fill(quantity)));
    expect(table.horizon).toBe(HORIZON);
  });

  test("has what the base expects: the level by the only method that is asked for", () => {
    for (const [i, level] of [10, 10, 40, 40].entries()) expect(table.expected[i]).toBeCloseTo(level, 9);
  });

  test("has it also with what happened to all products after the origin", () => {
    const shocks = Array.from(table.shockedExpected, (expected, i) => expected / table.expected[i]!);
    expect(shocks[1]! / shocks[0]!).toBeCloseTo(2, 9);
    expect(shocks.slice(2)).toEqual([expect.closeTo(shocks[0]!, 12), expect.closeTo(shocks[1]!, 12)]);
  });

  test("has the features that trees are asked with", () => {
    const width = FEATURE_NAMES.length;
    for (const [i, row] of [ROWS[1]!, ROWS[2]!, ROWS[4]!, ROWS[5]!].entries()) {
      const asked = new Float64Array(width);
      writeFeatures(row, baseOf(row, pooled, row.weeksAgo, HORIZON), asked, 0);
      expect(table.features.slice(i * width, (i + 1) * width)).toEqual(asked);
    }
  });

  test("lies in memory that threads share", () => {
    for (const column of Object.values(table).filter((column) => typeof column !== "number")) {
      expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});

describe("what is common to all products", () => {
  test("is learned from rows of which it is known what came", () => {
    const trained = ROWS.filter((row) => isTrained(row, SERIES));
    expect(trained).toHaveLength(4);
    expect(trainingTable(ROWS, SERIES, { horizon: HORIZON }).pooled.classLosses).toEqual(classLossesOf(trained, 4));
    expect(pooled.classLosses).toEqual(lossesOfOne("mean13"));
  });

  test("is the momentum of each origin, that of the origin itself too", () => {
    const risen = [...ROWS];
    risen[2] = row(A, 13, 2, 2);
    risen[5] = row(B, 13, 2, 2);
    const { pooled, table } = trainingTable(risen, SERIES, OPTIONS);
    const momentum = [0, 12, 13, 23].map((weeksAgo) => pooled.momentum.get(weeksAgo));
    expect(momentum).toEqual([0, 0, Math.LN2, 0].map((logarithm) => expect.closeTo(logarithm, 9)));
    expect(table.expected[0]).toBeCloseTo(10, 9);
    expect(table.expected[1]).toBeCloseTo(10 * 2 ** 0.7, 9);
  });
});
