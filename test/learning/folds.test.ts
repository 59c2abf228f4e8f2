import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { mondayBefore } from "../../src/history/calendar.ts";
import { calibrate } from "../../src/learning/calibration.ts";
import { type Lessons, learn } from "../../src/learning/learn.ts";
import { type Market, marketOf } from "../../src/learning/market.ts";
import { shippedPrior } from "../../src/learning/prior.ts";
import type { LearningPlan } from "../../src/learning/sample.ts";
import { withoutClearances } from "../../src/learning/stops.ts";
import { isTrained, trainingTable } from "../../src/learning/table.ts";
import type {
  LearningResults,
  LearningTask,
  MarketTask,
  MeanTask,
  RowsOfBatch,
  RowsTask,
  SpreadTask,
} from "../../src/learning/task.ts";
import { decodeRows } from "../../src/learning/training-rows.ts";
import { hashOf } from "../../src/numeric/random.ts";
import { LEARNING, learnableSource, planOf, taskOn } from "../parts/lessons.ts";
import { heldOut } from "../parts/table.ts";

interface Done<Task extends LearningTask> {
  readonly task: Task;
  readonly result: LearningResults[Task["kind"]];
}

/** Everything that was done to learn, in the order in which it was asked for. */
const done: Done<LearningTask>[] = [];
let plan: LearningPlan;
let lessons: Lessons;
/** Rows are learned as of the last Monday. */
const MONDAY = mondayBefore(LEARNING.origin);
/** As it was made from what the threads gave. */
let market: Market;
beforeAll(async () => {
  const source = learnableSource();
  plan = await planOf(source);
  lessons = await learn(plan, {
    runAll: async (tasks) => {
      const results = await Promise.all(tasks.map((task) => taskOn(source, task)));
      done.push(...tasks.map((task, i) => ({ task, result: results[i]! })));
      return { results: results.map((result) => [result]) };
    },
  });
  market = marketOf(
    doneOf<MarketTask>("market").flatMap(({ task, result }) => result.quantities[task.origins.indexOf(MONDAY)]!),
  );
});

const doneOf = <Task extends LearningTask>(kind: Task["kind"]) =>
  done.filter(({ task }) => task.kind === kind) as unknown as Done<Task>[];
const rowsDone = () => doneOf<RowsTask>("rows") as readonly { task: RowsTask; result: RowsOfBatch }[];
const foldOf = (id: string) => (hashOf(id) & 1) as 0 | 1;

describe("products", () => {
  test("are each in one fold, and both folds have a good part of them", () => {
    const folds = [0, 1].map((fold) =>
      rowsDone().flatMap(({ task }) => task.productIds.filter((id) => foldOf(id) === fold)),
    );
    expect(new Set(folds.flat())).toEqual(new Set(plan.eligible));
    expect(folds.flat()).toHaveLength(plan.eligible.length);
    for (const ids of folds) expect(ids.length).toBeGreaterThan(0.4 * plan.eligible.length);
  });

  test("are drawn, whatever the order in which the source tells of them", () => {
    const first = rowsDone()[0]!.task.productIds;
    const ranks = first.map((id) => plan.eligible.indexOf(id));
    expect(Math.max(...ranks)).toBeGreaterThan(0.8 * plan.eligible.length);
  });

  test("bring their rows into the table of their fold", async () => {
    const rows = rowsDone().flatMap(({ result }) => decodeRows(result.rows, LEARNING.horizon));
    const trained = withoutClearances(rows.filter((row) => isTrained(row, market)));
    const { table } = doneOf<MeanTask>("mean")[0]!.task;
    const foldOfHash = new Map(plan.eligible.map((id) => [hashOf(id), foldOf(id)]));
    expect([...table.fold]).toEqual(trained.map(({ product }) => foldOfHash.get(product)));
    const expected = trainingTable(rows, market, { ...LEARNING, origin: MONDAY }, await shippedPrior()).table;
    expect(isDeepStrictEqual(table, expected)).toBe(true);
    for (const fold of [0, 1]) expect(table.fold.filter((of) => of === fold).length).toBeGreaterThan(500);
  });
});

describe("trees", () => {
  test("of the mean are grown on either fold, and those of the spread about what the other fold's say", () => {
    const means = doneOf<MeanTask>("mean");
    const spreads = doneOf<SpreadTask>("spread");
    expect(means.map(({ task }) => task.fold)).toEqual([0, 1]);
    expect(spreads.map(({ task }) => task.fold)).toEqual([0, 1]);
    expect(spreads[0]!.task.otherMean).toBe(means[1]!.result);
    expect(spreads[1]!.task.otherMean).toBe(means[0]!.result);
    for (const { task } of spreads) expect(task.prior).toEqual(lessons.demand.prior);
    for (const fold of [0, 1] as const) {
      expect(lessons.demand.folds[fold]!.mean).toBe(means[fold]!.result);
      expect(lessons.demand.folds[fold]!.spread).toBe(spreads[fold]!.result.trees);
    }
  });

  test("that were taught elsewhere are those of the program", async () => {
    const { trees, meanFactors } = await shippedPrior();
    expect(lessons.demand.prior).toEqual({ trees, meanFactors, meanShare: 1 });
  });

  test("are calibrated to what intervals promise", async () => {
    const prior = await shippedPrior();
    const { folds, calibration } = lessons.demand;
    const { table } = doneOf<MeanTask>("mean")[0]!.task;
    const calibrated = (level: number) =>
      calibrate(table, heldOut(table, folds, lessons.demand.prior), prior, market, level);
    expect(calibration).toEqual(calibrated(0.8));
    expect(calibration).not.toEqual(calibrated(0.9));
  });
});
