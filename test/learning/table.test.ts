import { describe, expect, test } from "vitest";
import { baseOf } from "../../src/demand/base.ts";
import { lossesOfOne } from "../../src/demand/combination.ts";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import { LEARNED_WEEKS } from "../../src/learning/as-of.ts";
import { NO_TREES } from "../../src/learning/demand-trees.ts";
import { FEATURE_NAMES, OWN_FEATURE_NAMES, writeFeatures } from "../../src/learning/features.ts";
import { classLossesOf } from "../../src/learning/pooled.ts";
import { isTrained, trainingTable } from "../../src/learning/table.ts";
import type { TrainingRow } from "../../src/learning/training-rows.ts";
import { ORIGIN } from "../parts/lessons.ts";
import { marketWith, NO_SEASONS } from "../parts/pooled.ts";
import { priorOf } from "../parts/prior.ts";
import { always, divided } from "../parts/trees.ts";

const HORIZON = 4;
/** No past year, and enough weeks up to 22 weeks ago. */
const MARKET = marketWith(30, () => 1);

interface Product {
  readonly fold: 0 | 1;
  readonly level: number;
  readonly demandClass?: number;
}

/** A product whose last weeks, times `recent`, were at its level, and of which so many times its level came. */
function row({ fold, level, demandClass = 0 }: Product, weeksAgo: number, came: number, recent = 1): TrainingRow {
  const features = Float64Array.from(OWN_FEATURE_NAMES, (name, i) => (/^mean[48]$/.test(name) ? recent * level : i));
  return {
    ...{ demandClass, features, weeksAgo, mean: level, mean52: level, size: 2 * level },
    // An even number is in the first fold.
    ...{ product: 2 * level + fold, isWhole: fold === 0, soldFor: 12, activeWeeks: 52, orderRate: level },
    // All methods but the second one are far off.
    levels: Float64Array.from(RUNNING_METHODS, (_, m) => (m === 1 ? level : 5 * level)),
    own: { losses: new Float64Array(RUNNING_METHODS.length), originCount: 0 },
    season: NO_SEASONS,
    actual: new Float64Array(LEARNED_WEEKS).fill(came * level),
  };
}

const A: Product = { fold: 0, level: 10 };
const B: Product = { fold: 1, level: 40, demandClass: 3 };
const ROWS = [row(A, 0, 0), row(A, 12, 1), row(A, 13, 2), row(B, 0, 0), row(B, 12, 1), row(B, 13, 2), row(B, 23, 9)];
const OPTIONS = { origin: ORIGIN, horizon: HORIZON, singleMethod: "mean13" };
/** Elsewhere was taught that what the base expects comes. */
const PRIOR = priorOf({ trees: { ...NO_TREES, mean: always(1) } });
const { pooled, table } = trainingTable(ROWS, MARKET, OPTIONS, PRIOR);

test("a row is learned from where what came is known, and eight weeks of all products before it", () => {
  const trained = [0, 12, 22, 23].filter((weeksAgo) => isTrained(row(A, weeksAgo, 1), MARKET));
  expect(trained).toEqual([12, 22]);
});

describe("the table", () => {
  test("has a row's class, fold, and what came", () => {
    expect([...table.fold]).toEqual([0, 0, 1, 1]);
    expect([...table.demandClass]).toEqual([0, 0, 3, 3]);
    expect([...table.actual]).toEqual([10, 20, 40, 80].flatMap((quantity) => Array(LEARNED_WEEKS).fill(quantity)));
    expect([table.horizon, table.weeks]).toEqual([HORIZON, LEARNED_WEEKS]);
  });

  test("has what a row's quantities are measured in, and whether it is sold by the piece", () => {
    expect([...table.size]).toEqual([20, 20, 80, 80]);
    expect([...table.isWhole]).toEqual([1, 1, 0, 0]);
  });

  test("has what was taught elsewhere of the row's features, which is nothing below zero", () => {
    expect([...table.priorMean]).toEqual([1, 1, 1, 1]);
    const level = FEATURE_NAMES.indexOf("level by mean13");
    const features = (row: number) => table.features[row * FEATURE_NAMES.length + level];
    expect([features(0), features(3)]).toEqual([1, 1].map((ratio) => expect.closeTo(ratio, 9)));
    const mean8 = FEATURE_NAMES.indexOf("mean8");
    const by = priorOf({ trees: { ...NO_TREES, mean: divided(mean8, 1.5, -2, 3) } });
    const rows = [row(A, 0, 0), row(A, 12, 1), row(A, 13, 1, 2), row(B, 12, 1, 2)];
    expect([...trainingTable(rows, MARKET, OPTIONS, by).table.priorMean]).toEqual([0, 3, 3]);
  });

  test("has what the base expects: the level by the only method that is asked for", () => {
    for (const [i, level] of [10, 10, 40, 40].entries()) expect(table.expected[i]).toBeCloseTo(level, 9);
  });

  test("has it also with what happened to all products after the origin", () => {
    const shocks = Array.from(table.shockedExpected, (expected, i) => expected / table.expected[i]!);
    // Of the logarithm of what two rows tell two twelfths are believed.
    expect(shocks[1]! / shocks[0]!).toBeCloseTo(2 ** (2 / 12), 9);
    expect(shocks.slice(2)).toEqual([expect.closeTo(shocks[0]!, 12), expect.closeTo(shocks[1]!, 12)]);
  });

  test("holds what happened to all products against what was taught elsewhere", () => {
    const onlySecond = divided(FEATURE_NAMES.indexOf("mean4"), 1.5, 1, 2);
    const rows = [12, 13, 14].flatMap((ago) => [row(A, ago, ago === 13 ? 2 : 1, ago === 13 ? 2 : 1), row(B, ago, 1)]);
    const shocksOf = (mean: typeof onlySecond) => {
      const { table } = trainingTable(rows, MARKET, OPTIONS, priorOf({ trees: { ...NO_TREES, mean } }));
      return Array.from(table.shockedExpected, (expected, i) => expected / table.expected[i]!);
    };
    for (const shock of shocksOf(onlySecond)) expect(shock).toBeCloseTo(1, 9);
    expect(shocksOf(always(1))[2]).toBeGreaterThan(1.05);
  });

  test("has the features that trees are asked with", () => {
    const width = FEATURE_NAMES.length;
    for (const [i, row] of [ROWS[1]!, ROWS[2]!, ROWS[4]!, ROWS[5]!].entries()) {
      const asked = new Float64Array(width);
      writeFeatures(row, baseOf(row, pooled, row.weeksAgo), asked, 0);
      expect(table.features.slice(i * width, (i + 1) * width)).toEqual(asked);
    }
  });

  test("lies in memory that threads share", () => {
    for (const column of Object.values(table).filter((column) => typeof column !== "number")) {
      expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});

describe("without any row", () => {
  const none = trainingTable([], MARKET, { origin: ORIGIN, horizon: HORIZON }, PRIOR);

  test("the table is empty, and methods have the losses that they had elsewhere", () => {
    expect(none.table.expected).toHaveLength(0);
    expect(none.pooled.classLosses).toEqual(PRIOR.classLosses);
    expect(none.pooled.open).toEqual(new Float64Array(HORIZON).fill(1));
  });
});

describe("what is common to all products", () => {
  test("is learned from rows of which it is known what came", () => {
    const trained = ROWS.filter((row) => isTrained(row, MARKET));
    expect(trained).toHaveLength(4);
    const { classLosses } = trainingTable(ROWS, MARKET, { origin: ORIGIN, horizon: HORIZON }, PRIOR).pooled;
    expect(classLosses).toEqual(classLossesOf(trained, PRIOR.classLosses));
    expect(pooled.classLosses).toEqual(lossesOfOne("mean13"));
  });

  test("is what of the market's movement lasts at each origin, that of the origin itself too", () => {
    const risen = marketWith(30, (week) => (week >= 26 ? 1 : 0.5));
    const { pooled, table } = trainingTable(ROWS, risen, OPTIONS, PRIOR);
    expect(pooled.lasting.get(0)!).toBeLessThan(0);
    expect(pooled.lasting.get(0)!).toBeGreaterThan(0.5 * Math.log(0.5));
    expect(pooled.lasting.get(12)).toBeCloseTo(Math.log(0.5), 9);
    expect(table.expected[0]).toBeCloseTo(5, 9);
  });

  test("is the same mean to learn, whatever the horizon", () => {
    const four = trainingTable(ROWS, MARKET, OPTIONS, PRIOR).table;
    const twelve = trainingTable(ROWS, MARKET, { ...OPTIONS, horizon: 12 }, PRIOR).table;
    expect(twelve.features).toEqual(four.features);
    expect(twelve.shockedExpected).toEqual(four.shockedExpected);
    expect(twelve.meanWeek).toEqual(four.meanWeek);
    expect(twelve.key).toEqual(four.key);
  });
});
