import { expect, test } from "vitest";
import { halves } from "../../src/workers/batches.ts";
import { orderedRunner } from "../../src/workers/in-order.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import type { Answer } from "../../src/workers/messages.ts";

const TASKS = [["1", "2", "3", "4"], ["5", "6"], ["7"]];

/** @returns the results of tasks whose answers come after the moments that `answer` takes. */
function resultsFor(answer: (ids: readonly string[]) => Promise<Answer<string>>, interruption = new Interruption()) {
  return orderedRunner({ run: answer }, 3, interruption).runAll<readonly string[], string>(TASKS, halves);
}

const moments = (count: number) => new Promise((resolve) => setTimeout(resolve, 5 * count));
const done = (ids: readonly string[]): Answer<string> => ({ ok: true, result: ids.join("") });
const failed = (unavailable: boolean): Answer<string> => ({ ok: false, reason: "bad", unavailable });

test("results come in the order of the tasks, whichever ends first", async () => {
  const results = await resultsFor(async (ids) => {
    await moments(ids.length);
    return done(ids);
  });
  expect(results).toEqual({ results: [["1234"], ["56"], ["7"]], failure: undefined });
});

test("parts of a task that failed stand in its place in their order, without those that failed", async () => {
  const results = await resultsFor(async (ids) => {
    await moments(4 - Number(ids[0]) / 2);
    return ids.includes("4") || ids.includes("7") ? failed(false) : done(ids);
  });
  expect(results).toMatchObject({ results: [["12", "3"], ["56"], []], failure: { unavailable: false } });
});

test("that the source was out of reach is told, whatever fails later", async () => {
  const results = await resultsFor(async (ids) => {
    await moments(ids.includes("7") ? 4 : 1);
    return failed(!ids.includes("7"));
  });
  expect(results?.failure?.unavailable).toBe(true);
});

test("there is nothing after an interruption", async () => {
  const interruption = new Interruption();
  const results = await resultsFor(async (ids) => {
    interruption.ask(130);
    return done(ids);
  }, interruption);
  expect(results).toBeUndefined();
});
