import { expect, test } from "vitest";
import { parseIndex, serializeEntry, serializeIndex } from "../../src/forecast/product-index.ts";
import { DISTINCT, documentOf, GRAMS, NOTES } from "../show/documents.ts";

const HEAD = {
  ...{ last_run: "2025-11-11T06:00:00Z", as_of_date: "2025-11-11", forecast_weeks: 12 },
  ...{ interval_level: 0.8, version: "1" },
};

test("an entry has the document's own numbers, what was sold before, and each kind of note once", () => {
  const notes = [...NOTES.slice(0, 4), NOTES[2]!];
  expect(JSON.parse(serializeEntry({ ...DISTINCT, notes }))).toEqual({
    product_id: 12345,
    product_name: DISTINCT.product_name,
    total_predicted_quantity: 2601.5,
    total_confidence_lower: 2222.6,
    total_confidence_upper: 3033.7,
    forecast_accuracy_estimate: 0.81,
    last_weeks_quantity: 26_186,
    year_ago_quantity: 1706,
    notes: ["new", "stopped", "possible-stock-out"],
  });
});

test("what is not known is null, and sums have the decimals of the product", () => {
  expect(JSON.parse(serializeEntry(documentOf(Array(11).fill(1), [1, 0, 2])))).toMatchObject({
    last_weeks_quantity: null,
    year_ago_quantity: null,
  });
  const grams = JSON.parse(serializeEntry(GRAMS));
  expect(grams).toMatchObject({ last_weeks_quantity: 0.03, year_ago_quantity: 0.03, quantity_decimals: 4 });
  expect(JSON.parse(serializeEntry(documentOf(Array(12).fill(0.1), [1, 0, 2]))).last_weeks_quantity).toBe(1.2);
});

test("an index reads back with all digits of its ids, and is an object for any reader of JSON", () => {
  const ids = ["9007199254740993", "-7", "A-1"];
  const entries = ids.map((product_id) => serializeEntry({ ...DISTINCT, product_id }));
  const text = serializeIndex(HEAD, entries, { run_id: "7" });
  expect(text).toContain('"product_id":9007199254740993,');
  expect(JSON.parse(text)).toMatchObject({ ...HEAD, products: [{}, { product_id: -7 }, { product_id: "A-1" }] });
  expect(parseIndex(text).products.map(({ product_id }) => product_id)).toEqual(ids);
  expect(parseIndex(serializeIndex(HEAD, [], { run_id: "7" }))).toEqual({
    ...HEAD,
    products: [],
    schema_version: 1,
    run_id: "7",
  });
});

test("another text is no index", () => {
  for (const text of ["{}", "[]", "null", '{"as_of_date":"2025-11-11"}', "{"])
    expect(() => parseIndex(text)).toThrow(SyntaxError);
});
