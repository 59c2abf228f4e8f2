import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { USUAL_PARAMETERS } from "../../src/customers/purchase-model.ts";
import { type Lessons, learn, threadsFor } from "../../src/learning/learn.ts";
import type { LearningResults, LearningTask } from "../../src/learning/task.ts";
import type { MemorySource } from "../../src/sources/memory/source.ts";
import { SourceError } from "../../src/sources/source.ts";
import { orderedRunner } from "../../src/workers/in-order.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import type { Answer } from "../../src/workers/messages.ts";
import { eligibleIds, LEARNING, learnableSource, PERIOD, runnerOn, taskOn, untaught } from "../parts/lessons.ts";

let source: MemorySource;
let eligible: string[];
let alone: Lessons;
const plan = (ids: readonly string[] = eligible) => ({ eligible: ids, historyStart: PERIOD.start, options: LEARNING });
const inThreads = (threads: number, runner: ReturnType<typeof overtaking>, interruption = new Interruption()) =>
  orderedRunner(runner, threads, interruption);
beforeAll(async () => {
  source = learnableSource();
  eligible = await eligibleIds(source);
  alone = await learn(plan(), runnerOn(source));
});

/** Answers late, and the sooner asked the later, so that tasks of several threads end in another order than they began. */
function overtaking(read: (productIds: readonly string[]) => void = () => {}) {
  const asked: LearningTask[] = [];
  let delay = 40;
  const run = async (task: LearningTask): Promise<Answer<LearningResults[LearningTask["kind"]]>> => {
    asked.push(task);
    delay = Math.max(0, delay - 5);
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      if ("productIds" in task) read(task.productIds);
      return { ok: true, result: await taskOn(source, task) };
    } catch (error) {
      const { message, unavailable } = error as SourceError;
      return { ok: false, reason: message, unavailable };
    }
  };
  return { asked, run };
}

test("a little more than 200 products teach something", () => {
  expect(eligible.length).toBeGreaterThan(200);
  expect(alone.isLearned).toBe(true);
  expect(alone.purchases).not.toEqual(USUAL_PARAMETERS);
  const { pooled, calibration, ...demand } = alone.demand;
  expect(demand).toMatchObject({ horizon: 12, withCustomers: true });
  expect(pooled.index.length).toBeGreaterThan(100);
  expect(pooled.lasting.get(0)).toBeDefined();
  for (const { totalLower, totalUpper } of calibration.stretches) {
    for (const stretch of [totalLower, totalUpper]) expect(stretch > 0.3 && stretch < 3).toBe(true);
  }
  expect(Math.abs(calibration.coverage - 0.8)).toBeLessThan(0.1);
});

describe("lessons are the same to the last digit", () => {
  test.each([2, 7])("with %i threads, whatever the order in which they end", async (threads) => {
    const lessons = await learn(plan(), inThreads(threads, overtaking()));
    expect(isDeepStrictEqual(lessons, alone)).toBe(true);
  });

  test.each([12, 1])("where more than %i products at once cannot be read, so that batches are split", async (most) => {
    const withFaults = overtaking((productIds) => {
      if (productIds.length > most) throw new SourceError("the answer broke off");
    });
    expect(isDeepStrictEqual(await learn(plan(), inThreads(3, withFaults)), alone)).toBe(true);
  });

  test("with 2 and 7 threads where products cannot be read: they are left out", async () => {
    const bad = new Set([eligible[3]!, eligible[120]!]);
    const withFaults = () => {
      return overtaking((productIds) => {
        if (productIds.some((id) => bad.has(id))) throw new SourceError("bad");
      });
    };
    const two = await learn(plan(), inThreads(2, withFaults()));
    expect(two.isLearned).toBe(true);
    expect(isDeepStrictEqual(two, alone)).toBe(false);
    expect(isDeepStrictEqual(await learn(plan(), inThreads(7, withFaults())), two)).toBe(true);
  });
});

test("a source that is out of reach is not asked again and again", async () => {
  const runner = overtaking(() => {
    throw new SourceError("no database", { unavailable: true });
  });
  const many = Array.from({ length: 5000 }, (_, i) => `${i}`);
  const { failure, ...lessons } = await learn(plan(many), inThreads(3, runner));
  expect(failure).toBe("no database");
  expect(isDeepStrictEqual(lessons, await untaught())).toBe(true);
  expect(runner.asked.length).toBeLessThanOrEqual(3);
});

test("after an interruption nothing more is learned", async () => {
  const interruption = new Interruption();
  const runner = overtaking(() => interruption.ask(130));
  const { isLearned, failure } = await learn(plan(), inThreads(5, runner, interruption));
  expect({ isLearned, failure }).toEqual({ isLearned: false, failure: undefined });
  expect(runner.asked.every(({ kind }) => kind === "market")).toBe(true);
});

describe("a thread that fails while it trains", () => {
  const failing = (times: number) => {
    const runner = overtaking();
    let left = times;
    return {
      ...runner,
      run: async (task: LearningTask) =>
        task.kind === "mean" && task.fold === 1 && left-- > 0
          ? { ok: false as const, reason: "out of memory", unavailable: false }
          : runner.run(task),
    };
  };

  test("once is asked again", async () => {
    expect(isDeepStrictEqual(await learn(plan(), inThreads(2, failing(1))), alone)).toBe(true);
  });

  test("twice leaves what was taught elsewhere, and the reason is told", async () => {
    const { demand, isLearned, purchases, failure } = await learn(plan(), inThreads(2, failing(2)));
    expect({ isLearned, failure }).toEqual({ isLearned: false, failure: "out of memory" });
    expect(isDeepStrictEqual(demand, (await untaught()).demand)).toBe(true);
    expect(purchases).toEqual(alone.purchases);
  });
});

test("where not one product can be read, the reason is told", async () => {
  const runner = overtaking(() => {
    throw new SourceError("no such table");
  });
  expect(await learn(plan(), inThreads(2, runner))).toMatchObject({ isLearned: false, failure: "no such table" });
});

test("there are two threads to learn, and one a batch", () => {
  expect(threadsFor(1, 10)).toBe(2);
  expect(threadsFor(1, 1)).toBe(1);
  expect(threadsFor(7, 10)).toBe(7);
  expect(threadsFor(30, 10)).toBe(10);
});

test("what rows teach is the same from night to night until the next Monday, and all products are known up to the origin", async () => {
  const nights = [LEARNING.origin, LEARNING.origin + 2].map((origin) =>
    learn({ ...plan(), options: { ...LEARNING, origin } }, runnerOn(source)),
  );
  const [tuesday, thursday] = (await Promise.all(nights)).map(({ demand }) => demand);
  for (const what of ["folds", "calibration", "prior"] as const) expect(thursday![what]).toEqual(tuesday![what]);
  expect(thursday!.pooled.classLosses).toEqual(tuesday!.pooled.classLosses);
  expect(thursday!.pooled.index).not.toEqual(tuesday!.pooled.index);
});
