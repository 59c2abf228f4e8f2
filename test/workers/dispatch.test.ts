import { expect, test } from "vitest";
import { type BatchRunner, batches, dispatch } from "../../src/job/dispatch.ts";
import { Interruption } from "../../src/job/interruption.ts";
import type { BatchAnswer, ProductOutcome } from "../../src/job/messages.ts";

const IDS = Array.from({ length: 200 }, (_, i) => `${i}`);

/** Answers as `answer` says, after a moment, and counts how many batches are under way. */
function runnerOf(answer: (productIds: readonly string[]) => BatchAnswer) {
  const runner = {
    asked: [] as (readonly string[])[],
    underWay: 0,
    mostUnderWay: 0,
    async run(productIds: readonly string[]) {
      runner.asked.push(productIds);
      runner.mostUnderWay = Math.max(runner.mostUnderWay, ++runner.underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      runner.underWay--;
      return answer(productIds);
    },
  };
  return runner satisfies BatchRunner;
}

const successful = (productIds: readonly string[]): BatchAnswer => ({
  ok: true,
  outcomes: productIds.map((productId) => ({ productId, status: "successful" })),
});

async function outcomesOf(
  runner: BatchRunner,
  workers = 4,
  interruption = new Interruption(),
): Promise<ProductOutcome[]> {
  const outcomes: ProductOutcome[] = [];
  await dispatch(batches(IDS, workers), runner, workers, interruption, (some) => outcomes.push(...some));
  return outcomes.sort((a, b) => Number(a.productId) - Number(b.productId));
}

test("every product is processed once, by as many at a time as there are workers", async () => {
  const runner = runnerOf(successful);
  expect((await outcomesOf(runner)).map(({ productId }) => productId)).toEqual(IDS);
  expect(runner.mostUnderWay).toBe(4);
});

test("a batch that fails is split until the bad products stand alone, and the others are forecast", async () => {
  const bad = new Set(["17", "18", "150"]);
  const runner = runnerOf((ids) =>
    ids.some((id) => bad.has(id)) ? { ok: false, reason: `bad: ${ids}`, unavailable: false } : successful(ids),
  );
  const outcomes = await outcomesOf(runner);
  expect(outcomes).toHaveLength(IDS.length);
  const failed = outcomes.filter(({ status }) => status === "failed");
  expect(failed).toEqual([...bad].map((id) => ({ productId: id, status: "failed", reason: `bad: ${id}` })));
});

test("when the source is out of reach nothing more is asked, and what is left fails", async () => {
  let answered = 0;
  const runner = runnerOf((ids) =>
    ++answered <= 3 ? successful(ids) : { ok: false, reason: "no database", unavailable: true },
  );
  const outcomes = await outcomesOf(runner);
  expect(outcomes).toHaveLength(IDS.length);
  expect(runner.asked.length).toBeLessThanOrEqual(3 + 4);
  const failed = outcomes.filter(({ status }) => status === "failed");
  expect(failed.length).toBeGreaterThan(100);
  for (const { reason } of failed) expect(reason).toBe("no database");
});

test("after an interruption no more is handed out, and what is under way counts", async () => {
  const interruption = new Interruption();
  const runner = runnerOf((ids) => {
    if (runner.asked.length === 6) interruption.ask(130);
    return successful(ids);
  });
  const outcomes = await outcomesOf(runner, 4, interruption);
  expect(runner.underWay).toBe(0);
  expect(outcomes).toHaveLength(runner.asked.flat().length);
  expect(runner.asked.length).toBeLessThanOrEqual(6 + 3);
});

test("batches hold each product once, are at most 50, and give every worker several", () => {
  expect(batches([], 4)).toEqual([]);
  expect(batches(["1"], 4)).toEqual([["1"]]);
  expect(batches(IDS, 4).flat()).toEqual(IDS);
  expect(batches(IDS, 4).length).toBeGreaterThanOrEqual(16);
  const many = Array.from({ length: 10_001 }, (_, i) => `${i}`);
  expect(Math.max(...batches(many, 4).map(({ length }) => length))).toBe(50);
  expect(batches(many, 4).flat()).toEqual(many);
});
