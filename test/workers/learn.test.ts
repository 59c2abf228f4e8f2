import { beforeAll, describe, expect, test } from "vitest";
import { type Lessons, NO_LESSONS } from "../../src/forecast/lessons.ts";
import type { MemorySource } from "../../src/sources/memory/source.ts";
import { SourceError } from "../../src/sources/source.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import { learn, threadsFor } from "../../src/workers/learn.ts";
import { type LearningTask, learningTask } from "../../src/workers/learning-task.ts";
import type { Answer } from "../../src/workers/messages.ts";
import { eligibleIds, LEARNING, learnableSource, PERIOD, runnerOn } from "../parts/lessons.ts";

let source: MemorySource;
let eligible: string[];
let alone: Lessons;
const plan = (ids: readonly string[] = eligible) => ({ eligible: ids, period: PERIOD, options: LEARNING });
beforeAll(async () => {
  source = learnableSource();
  eligible = await eligibleIds(source);
  alone = await learn(plan(), runnerOn(source), 1, new Interruption());
});

/** Answers late, and the sooner asked the later, so that tasks of several threads end in another order than they began. */
function overtaking(read: (productIds: readonly string[]) => void = () => {}) {
  const asked: LearningTask[] = [];
  let delay = 40;
  const run = async (task: LearningTask): Promise<Answer<Awaited<ReturnType<typeof learningTask>>>> => {
    asked.push(task);
    delay = Math.max(0, delay - 5);
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      if (task.kind === "rows") read(task.productIds);
      return { ok: true, result: await learningTask(task, source) };
    } catch (error) {
      const { message, unavailable } = error as SourceError;
      return { ok: false, reason: message, unavailable };
    }
  };
  return { asked, run };
}

test("a little more than 200 products teach something", () => {
  expect(eligible.length).toBeGreaterThan(200);
  expect(alone.demand).toMatchObject({ horizon: 12, tails: 0.1, withCustomers: true });
  expect(alone.purchases).not.toEqual(NO_LESSONS.purchases);
  const { market, calibration } = alone.demand!;
  expect(market.demand.length).toBeGreaterThan(100);
  expect(market.momentum.get(0)).toBeDefined();
  for (const stretch of calibration.totalStretch) expect(stretch > 0.3 && stretch < 3).toBe(true);
});

describe("lessons are the same to the last digit", () => {
  test.each([2, 7])("with %i threads, whatever the order in which they end", async (threads) => {
    expect(await learn(plan(), overtaking(), threads, new Interruption())).toEqual(alone);
  });

  test("with 2 and 7 threads where products cannot be read: they are left out", async () => {
    const bad = new Set([eligible[3]!, eligible[120]!]);
    const withFaults = () => {
      return overtaking((productIds) => {
        if (productIds.some((id) => bad.has(id))) throw new SourceError("bad");
      });
    };
    const two = await learn(plan(), withFaults(), 2, new Interruption());
    expect(two.demand).toBeDefined();
    expect(two).not.toEqual(alone);
    expect(await learn(plan(), withFaults(), 7, new Interruption())).toEqual(two);
  });
});

test("fewer than 200 products teach nothing, and nothing is read", async () => {
  const runner = overtaking();
  expect(await learn(plan(eligible.slice(0, 199)), runner, 2, new Interruption())).toBe(NO_LESSONS);
  expect(runner.asked).toEqual([]);
});

test("a source that is out of reach is not asked again and again", async () => {
  const runner = overtaking(() => {
    throw new SourceError("no database", { unavailable: true });
  });
  const many = Array.from({ length: 5000 }, (_, i) => `${i}`);
  expect((await learn(plan(many), runner, 3, new Interruption())).demand).toBeUndefined();
  expect(runner.asked.length).toBeLessThanOrEqual(3);
});

test("after an interruption nothing more is learned", async () => {
  const interruption = new Interruption();
  const runner = overtaking(() => interruption.ask(130));
  expect((await learn(plan(), runner, 5, interruption)).demand).toBeUndefined();
  expect(runner.asked.every(({ kind }) => kind === "rows")).toBe(true);
});

test("where a thread fails while it trains, demand is forecast without lessons", async () => {
  const runner = overtaking();
  const failing = {
    run: async (task: LearningTask) =>
      task.kind === "mean" && task.half === 1
        ? { ok: false as const, reason: "x", unavailable: false }
        : runner.run(task),
  };
  const { demand, purchases } = await learn(plan(), failing, 2, new Interruption());
  expect(demand).toBeUndefined();
  expect(purchases).toEqual(alone.purchases);
});

test("there are two threads to learn, and one a batch", () => {
  expect(threadsFor(199, 1, 10)).toBe(1);
  expect(threadsFor(200, 1, 10)).toBe(2);
  expect(threadsFor(200, 1, 1)).toBe(1);
  expect(threadsFor(5000, 30, 10)).toBe(10);
});
