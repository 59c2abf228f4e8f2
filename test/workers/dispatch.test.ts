import { expect, test } from "vitest";
import { batches, halves } from "../../src/workers/batches.ts";
import { dispatch } from "../../src/workers/dispatch.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import type { Answer } from "../../src/workers/messages.ts";

const IDS = Array.from({ length: 200 }, (_, i) => `${i}`);
const productsOf = (ids: readonly string[]) => ids.map((id) => ({ id, orders: 100 }));

interface Outcome {
  readonly id: string;
  /** Nothing where the product was processed. */
  readonly failure?: string;
}

/** Answers as `answer` says, after a moment, and counts how many tasks are under way. */
function runnerOf(answer: (ids: readonly string[]) => Answer<readonly string[]>) {
  return {
    asked: [] as (readonly string[])[],
    underWay: 0,
    mostUnderWay: 0,
    async run(ids: string[]) {
      this.asked.push(ids);
      this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.underWay--;
      return answer(ids);
    },
  };
}

const processed = (ids: readonly string[]): Answer<readonly string[]> => ({ ok: true, result: ids });

async function outcomesOf(
  runner: ReturnType<typeof runnerOf>,
  workers = 4,
  interruption = new Interruption(),
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await dispatch(batches(productsOf(IDS), workers), runner, workers, interruption, {
    split: halves,
    done: (_task, ids) => outcomes.push(...ids.map((id) => ({ id }))),
    failed: (ids, { reason }) => outcomes.push(...ids.map((id) => ({ id, failure: reason }))),
  });
  return outcomes.sort((a, b) => Number(a.id) - Number(b.id));
}

test("every product is processed once, by as many at a time as there are workers", async () => {
  const runner = runnerOf(processed);
  expect((await outcomesOf(runner)).map(({ id }) => id)).toEqual(IDS);
  expect(runner.mostUnderWay).toBe(4);
});

test("a batch that fails is split until the bad products stand alone, and the others are processed", async () => {
  const bad = new Set(["17", "18", "150"]);
  const runner = runnerOf((ids) =>
    ids.some((id) => bad.has(id)) ? { ok: false, reason: `bad: ${ids}`, unavailable: false } : processed(ids),
  );
  const outcomes = await outcomesOf(runner);
  expect(outcomes).toHaveLength(IDS.length);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  expect(failed).toEqual([...bad].map((id) => ({ id, failure: `bad: ${id}` })));
});

test("when the source is out of reach nothing more is asked, and what is left fails", async () => {
  let answered = 0;
  const runner = runnerOf((ids) =>
    ++answered <= 3 ? processed(ids) : { ok: false, reason: "no database", unavailable: true },
  );
  const outcomes = await outcomesOf(runner);
  expect(outcomes).toHaveLength(IDS.length);
  expect(runner.asked.length).toBeLessThanOrEqual(3 + 4);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  expect(failed.length).toBeGreaterThan(100);
  for (const { failure } of failed) expect(failure).toBe("no database");
});

test("after an interruption no more is handed out, and what is under way counts", async () => {
  const interruption = new Interruption();
  const runner = runnerOf((ids) => {
    if (runner.asked.length === 6) interruption.ask(130);
    return processed(ids);
  });
  const outcomes = await outcomesOf(runner, 4, interruption);
  expect(runner.underWay).toBe(0);
  expect(outcomes).toHaveLength(runner.asked.flat().length);
  expect(runner.asked.length).toBeLessThanOrEqual(6 + 3);
});
