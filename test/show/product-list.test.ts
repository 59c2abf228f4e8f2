import { expect, test } from "vitest";
import { listed, needed, type Selection, selected } from "../../src/show/product-list.ts";
import { entryOf } from "./entries.ts";

const ENTRIES = [
  entryOf({
    product_id: "1",
    product_name: "Oak chair, high",
    total_predicted_quantity: 90,
    notes: ["stopped", "new"],
  }),
  entryOf({ product_id: "2", product_name: "Oak table", total_predicted_quantity: 400, last_weeks_quantity: 100 }),
  entryOf({ product_id: "31", total_predicted_quantity: 50, last_weeks_quantity: null, notes: ["outlier"] }),
  entryOf({ product_id: "4", total_predicted_quantity: 70, forecast_accuracy_estimate: 0.2, last_weeks_quantity: 69 }),
  entryOf({ product_id: "5", total_predicted_quantity: 60, forecast_accuracy_estimate: null, last_weeks_quantity: 60 }),
];
const ids = (changes: Partial<Selection>) =>
  selected(ENTRIES, { notes: undefined, search: undefined, sort: "total", ...changes }).map(
    ({ product_id }) => product_id,
  );

test("what needs a look stands first, and what is not known comes last", () => {
  expect(ids({})).toEqual(["2", "1", "4", "5", "31"]);
  expect(ids({ sort: "change" })).toEqual(["2", "1", "4", "5", "31"]);
  expect(ids({ sort: "accuracy" })).toEqual(["4", "2", "1", "31", "5"]);
  const wide = entryOf({ product_id: "6", total_confidence_lower: 0, total_confidence_upper: 9999 });
  expect(selected([...ENTRIES, wide], { notes: undefined, search: undefined, sort: "at-stake" })[0]).toMatchObject({
    product_id: "6",
    at_stake: 9999,
  });
});

test("products are chosen by notes, of which one is enough, and by words in any case and order", () => {
  expect(ids({ notes: ["stopped", "outlier"] })).toEqual(["1", "31"]);
  expect(ids({ search: "CHAIR oak" })).toEqual(["1", "4", "5", "31"]);
  expect(ids({ search: "31" })).toEqual(["31"]);
  expect(ids({ search: "chair", notes: ["new"] })).toEqual(["1"]);
  expect(ids({ search: "lamp" })).toEqual([]);
});

test("a change is against the last weeks, where anything was sold in them", () => {
  expect(listed(entryOf())).toMatchObject({ change: 0.2, at_stake: 700.5 });
  for (const last_weeks_quantity of [null, 0, -3]) expect(listed(entryOf({ last_weeks_quantity })).change).toBeNull();
});

test("to order is what is enough but neither on hand nor on order, never less than nothing", () => {
  const toOrder = (onHand: number, onOrder: number) => needed(100.5, { onHand, onOrder }, 1).to_order;
  expect([toOrder(20, 30), toOrder(100, 0.5), toOrder(500, 0), toOrder(-10, 0)]).toEqual([50.5, 0, 0, 110.5]);
  expect(needed(100, undefined, 1)).toEqual({ lead_time_quantity: 100 });
  expect(needed(undefined, { onHand: 1, onOrder: 2 }, 1)).toEqual({
    ...{ lead_time_quantity: null, on_hand: 1, on_order: 2, to_order: null },
  });
});
