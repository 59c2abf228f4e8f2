import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import fastStringWidth from "fast-string-width";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../../src/forecast/document.ts";
import { showDocument } from "../../../src/show/terminal/inspect.ts";
import { customerOf, documentOf, EXAMPLE, GRAMS, NOTES, YEAR } from "../documents.ts";

const plain = { width: 80, color: false, ascii: false };
const ESCAPE = "\u001b";
const SIX_DECIMALS = {
  model_metadata: { ...EXAMPLE.model_metadata, quantity_decimals: 6 },
  customers: [customerOf({ expected_quantity: 0.000004 }), customerOf({ expected_quantity: 1234.000004 })],
};

const documents: [string, ForecastDocument][] = [
  ["usual", EXAMPLE],
  ["of a new product", documentOf([3], [3, 1, 5])],
  ["without history", documentOf([], [3, 1, 5])],
  ["of a product that sells nothing", documentOf(Array(52).fill(0), [0, 0, 0])],
  ["with one huge week", documentOf([...Array(51).fill(1), 1e6], [1, 0, 2])],
  ["of large quantities", documentOf(Array(52).fill(98_765_432.1), [9e7, 8e7, 1.23e8])],
  ["of small quantities", GRAMS],
  [
    "of very small and large quantities",
    documentOf([...Array(51).fill(0.000002), 123_456.789012], [0.000001, 0, 0.000003], SIX_DECIMALS),
  ],
  ["of numbers out of all proportion", documentOf([1e300, 1e15], [1e300, 0, 1e308])],
  [
    "with long texts",
    documentOf(YEAR, [33, 20, 50], {
      product_id: "sku-".repeat(40),
      product_name: "漢字 and a very long name ".repeat(10),
      model_metadata: { ...EXAMPLE.model_metadata, model: "a-combination-without-spaces".repeat(9) },
      customers: [customerOf({ id: "c".repeat(80), name: "Ünïcödé 漢字 ".repeat(20), expected_quantity: 1e9 })],
      at_risk_customers: [customerOf({ id: "d", name: "e" })],
    }),
  ],
  ["with every note", documentOf(YEAR, [33, 20, 50], { notes: NOTES })],
  ["for half a year", documentOf(YEAR, [33, 20, 50], {}, 26)],
  [
    "of customers without names",
    documentOf(YEAR, [33, 20, 50], { customers: [nameless("1"), nameless("x".repeat(60))] }),
  ],
];

function nameless(id: string) {
  const { name, ...customer } = customerOf({ id });
  return customer;
}

describe.each(documents)("a document %s", (_name, document) => {
  test.each([40, 60, 80, 100, 120, 200])("is never wider than %i columns", (width) => {
    for (const ascii of [false, true]) {
      for (const line of showDocument(document, { ...plain, ascii, width }).split("\n")) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  test("has escape codes with colour only, and is the same without them", () => {
    const text = showDocument(document, plain);
    expect(text).not.toContain(ESCAPE);
    const colored = showDocument(document, { ...plain, color: true });
    expect(colored).toContain(`${ESCAPE}[1m`);
    expect(stripVTControlCharacters(colored)).toBe(text);
  });

  test("is nothing but ASCII where nothing else is shown", () => {
    expect(showDocument(document, { ...plain, ascii: true })).toMatch(/^[\n -~]+$/);
  });

  test("ends its last line and has no placeholder of the language", () => {
    const text = showDocument(document, plain);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
  });
});

test("nothing in a document can take over the terminal", () => {
  const evil = `${ESCAPE}[2J${ESCAPE}]0;t\u0007\n\u009b1mname\r`;
  const document = documentOf([1, 2, 3], [1, 0, 2], {
    product_id: evil,
    product_name: evil,
    model_metadata: { ...EXAMPLE.model_metadata, model: evil, generated_at: evil },
    customers: [customerOf({ id: evil, name: evil, last_order: evil })],
  });
  document.predictions[0]!.week_start = `2025-11-11${evil}`;
  const clean = showDocument(documentOf([1, 2, 3], [1, 0, 2], { customers: [customerOf()] }), plain);
  const text = showDocument(document, plain);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  expect(text.split("\n").length, "no line more").toBeLessThanOrEqual(clean.split("\n").length + 1);
});

test("any document can be shown in any width", () => {
  // Documents have six decimals at most.
  const decimal = (min: number, max: number) =>
    fc.double({ noNaN: true, min, max }).map((units) => Math.round(1e6 * units) / 1e6);
  const quantity = fc.oneof(fc.integer({ min: -50, max: 5000 }), decimal(-1e4, 1e12));
  fc.assert(
    fc.property(
      fc.array(quantity, { maxLength: 52 }),
      fc.array(decimal(0, 1e9), { minLength: 3, maxLength: 3 }),
      fc.integer({ min: 4, max: 26 }),
      fc.integer({ min: 40, max: 200 }),
      fc.string({ unit: "binary", maxLength: 60 }),
      (history, bounds, weeks, width, name) => {
        const [lower, mean, upper] = bounds.sort((a, b) => a - b) as [number, number, number];
        const changes = { product_name: name, customers: [customerOf({ id: name, name })] };
        const text = showDocument(documentOf(history, [mean, lower, upper], changes, weeks), { ...plain, width });
        // On how wide rare letters are, libraries do not agree.
        for (const line of text.split("\n")) expect(fastStringWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
