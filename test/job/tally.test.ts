import { expect, test } from "vitest";
import { Tally } from "../../src/job/tally.ts";

test("what became of products is counted, and those without a forecast are told by id", () => {
  const tally = new Tally();
  tally.add([
    { productId: "1", status: "successful", accuracy: 0.5 },
    { productId: "10", status: "no_forecast", reason: "few" },
  ]);
  tally.add([
    { productId: "9", status: "no_forecast", reason: "none" },
    { productId: "3", status: "failed", reason: "odd" },
    { productId: "4", status: "successful", accuracy: 0.9 },
  ]);
  expect([tally.done, tally.counts]).toEqual([5, { successful: 2, no_forecast: 2, failed: 1 }]);
  expect(tally.accuracy).toBeCloseTo(0.7);
  tally.add([{ productId: "5", status: "successful", accuracy: 0.8 }]);
  expect(tally.accuracy).toBeCloseTo(0.8);
  expect(new Tally().accuracy).toBeNull();
  expect(tally.withoutForecast).toEqual([
    { product_id: "9", reason: "none" },
    { product_id: "10", reason: "few" },
  ]);
  expect(tally.unsuccessful.map(({ productId }) => productId)).toEqual(["10", "9", "3"]);
});

test("an outcome takes the place of an earlier one, and what is not there any more has failed", () => {
  const tally = new Tally();
  tally.add([
    { productId: "1", status: "successful", accuracy: 0.5, batch: 3 },
    { productId: "2", status: "successful", accuracy: 0.7, batch: 3 },
  ]);
  tally.fail(["1"], "gone");
  expect([tally.done, tally.counts, tally.successful]).toEqual([
    2,
    { successful: 1, no_forecast: 0, failed: 1 },
    ["2"],
  ]);
  expect(tally.unsuccessful).toEqual([{ productId: "1", status: "failed", reason: "gone", batch: 3 }]);
  expect(tally.accuracy).toBe(0.7);
  tally.add([{ productId: "1", status: "successful", accuracy: 0.5 }]);
  expect([tally.done, tally.counts]).toEqual([2, { successful: 2, no_forecast: 0, failed: 0 }]);
});

test("a reason that quotes data is cut, and controls nothing", () => {
  const tally = new Tally();
  tally.add([{ productId: "1", status: "failed", reason: `quantity "\u202e${"9".repeat(100_000)}" is odd` }]);
  const [{ reason = "" } = {}] = tally.unsuccessful;
  expect(reason).toMatch(/^quantity "9+… \(100019 characters\)$/);
  expect(reason.length).toBeLessThan(600);
});

test("the index has products whose documents are there, in the order of their ids", () => {
  const tally = new Tally();
  tally.add(["10", "9", "B", "3"].map((id) => ({ productId: id, status: "successful", indexEntry: `entry ${id}` })));
  tally.add([{ productId: "4", status: "no_forecast", reason: "few" }]);
  tally.fail(["3"], "gone");
  expect(tally.indexEntries).toEqual(["entry 9", "entry 10", "entry B"]);
});
