import { describe, expect, test } from "vitest";
import type { Break } from "../../src/breaks/finding.ts";
import { type ForecastDocument, parseDocument, serializeDocument } from "../../src/forecast/document.ts";
import { forecastProduct } from "../../src/forecast/forecast.ts";
import { notesOf } from "../../src/forecast/notes.ts";
import { gapsOf } from "../../src/forecast/product-gaps.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { untaught } from "../parts/lessons.ts";

const ORIGIN = parseDay("2025-11-11");
const NOBODY = { customers: new Map<string, string>(), products: new Map<string, string>() };

type Line = readonly [weeksAgo: number, customer: string, quantity: number];

/** Orders on the first day of each week. */
function historyOf(lines: readonly Line[]): ProductHistory {
  const builder = new OrderLinesBuilder();
  for (const [i, [weeksAgo, customer, quantity]] of lines.entries()) {
    builder.add(0, customer, ORIGIN - 7 * weeksAgo, quantity, i);
  }
  return productHistories(builder.build(), 1, ORIGIN)[0]!;
}

/** Ten units or so a week from so many weeks ago on, until so many weeks ago. */
function steady(from: number, until = 1): Line[] {
  return Array.from({ length: from - until + 1 }, (_, i) => [from - i, `${1 + (i % 2)}`, 8 + (i % 5)]);
}

/** The notes of a product of which nothing is expected. */
function notes(lines: readonly Line[]) {
  const history = historyOf(lines);
  return notesOf(history, [], gapsOf(history, new Float64Array(), 0), NOBODY, ORIGIN);
}

test("a steady product has none", () => {
  expect(notes(steady(120))).toEqual([]);
});

test("a product is new for a quarter", () => {
  expect(notes(steady(12))).toEqual([{ kind: "new", weeks: 12 }]);
  expect(notes(steady(13))).toEqual([]);
});

describe("a gap", () => {
  test("that goes on is a possible stock-out first", () => {
    expect(notes(steady(80, 6))).toEqual([
      { kind: "possible-stock-out", from: "2025-10-07", weeks: 5, until: null, probability: expect.any(Number) },
    ]);
  });

  test("that is over names its weeks", () => {
    const lines = steady(80).filter(([weeksAgo]) => weeksAgo <= 20 || weeksAgo > 26);
    expect(notes(lines)).toEqual([
      { kind: "possible-stock-out", from: "2025-05-13", weeks: 6, until: "2025-06-24", probability: 1.6e-7 },
    ]);
  });

  test("that goes on for long is a stop", () => {
    expect(notes(steady(80, 31))).toEqual([
      { kind: "stopped", from: "2025-04-15", weeks: 30, longest_gap_before: 0, probability: expect.any(Number) },
    ]);
  });

  test("is not ended by a return", () => {
    expect(notes([...steady(80, 31), [3, "1", -4]])).toMatchObject([{ kind: "stopped", weeks: 30 }]);
  });
});

describe("an outlier", () => {
  const order: Line = [10, "9", 1000];

  test("is a week far beyond all others, with who bought most of it", () => {
    const expected = { kind: "outlier", from: "2025-09-02", quantity: 1008, usual_quantity: 10 };
    expect(notes([...steady(80), order])).toEqual([{ ...expected, customer: { id: "9", quantity: 1000 } }]);
    const names = { ...NOBODY, customers: new Map([["9", "Northfield"]]) };
    expect(notesOf(historyOf([...steady(80), order]), [], {}, names, ORIGIN)).toMatchObject([
      { customer: { id: "9", name: "Northfield" } },
    ]);
  });

  test("may have come at another time of a year long ago", () => {
    expect(notes([...steady(160), order, [140, "9", 1000]])).toMatchObject([{ kind: "outlier" }]);
  });

  test("names nobody where several customers bought it", () => {
    const many = Array.from({ length: 10 }, (_, i): Line => [10, `${20 + i}`, 100]);
    expect(notes([...steady(80), ...many])).toEqual([expect.not.objectContaining({ customer: expect.anything() })]);
  });

  test.each([
    ["an order that comes again", [...steady(80), order, [30, "9", 600] as Line]],
    ["one that came at this time of the year before", [...steady(160), [51, "9", 1000], [105, "9", 800]] as Line[]],
    ["one of more than a year ago", [...steady(80), [60, "9", 1000] as Line]],
    ["an order of three times the usual size", [...steady(80), [10, "9", 25] as Line]],
    ["one of a product that was hardly sold before", [...steady(15, 9), [2, "9", 1000] as Line]],
  ])("is not %s", (_what, lines) => {
    expect(notes(lines).map(({ kind }) => kind)).not.toContain("outlier");
  });
});

describe("returns", () => {
  test("are noted where a fifth of what was sold comes back", () => {
    const returned = [5, 15, 25].map((weeksAgo): Line => [weeksAgo, "1", -50]);
    expect(notes([...steady(52), ...returned])).toEqual([
      { kind: "returns", returned_quantity: 150, sold_quantity: 517 },
    ]);
    expect(notes([...steady(52), ...returned.slice(1)]), "not two of them").toEqual([]);
    const few = returned.map(([weeksAgo, customer]): Line => [weeksAgo, customer, -20]);
    expect(notes([...steady(52), ...few]), "not fewer").toEqual([]);
  });
});

describe("what was found and put right", () => {
  const names = { customers: new Map([["9", "Northfield"]]), products: new Map([["12", "Hook"]]) };
  const succession = { predecessor: "11", successor: "12", since: ORIGIN - 42, customers: 19, customersBefore: 17 };
  const found: Break[] = [
    { kind: "successor", ...succession },
    { kind: "replaced", ...succession },
    { kind: "double-import", from: ORIGIN - 9, until: ORIGIN - 8, quantity: 20 },
    { kind: "unit-change", from: ORIGIN - 100, factor: 1 / 12 },
    { kind: "yearly-order", due: ORIGIN + 20, quantity: 2000.04, years: 3, customer: { id: "9", quantity: 6000 } },
    {
      ...{ kind: "customer-lost", lastOrder: ORIGIN - 42, share: 0.6049, quantityAWeek: 40.04 },
      customer: { id: "7", quantity: 2000 },
    },
    { kind: "level-shift", from: ORIGIN - 42, weeks: 6, factor: 3.0351 },
  ];

  test("is noted with its days and numbers", () => {
    expect(notesOf(historyOf(steady(120)), found, {}, names, ORIGIN)).toEqual([
      { kind: "successor", from: "2025-09-30", customers: 19, customers_before: 17, product: { id: "11" } },
      {
        kind: "replaced",
        from: "2025-09-30",
        customers: 19,
        customers_before: 17,
        product: { id: "12", name: "Hook" },
      },
      { kind: "double-import", from: "2025-11-02", until: "2025-11-03", quantity: 20 },
      { kind: "unit-change", from: "2025-08-03", factor: 0.0833 },
      {
        ...{ kind: "yearly-order", due: "2025-12-01", quantity: 2000, years: 3 },
        customer: { id: "9", name: "Northfield", quantity: 6000 },
      },
      {
        ...{ kind: "customer-lost", last_order: "2025-09-30", share: 0.6, quantity_a_week: 40 },
        customer: { id: "7", quantity: 2000 },
      },
      { kind: "level-shift", from: "2025-09-30", weeks: 6, factor: 3.04 },
    ]);
  });

  test("a product is new from its launch on, not from a sample before", () => {
    const launched: Line[] = steady(10).map(([weeksAgo, , quantity]) => [weeksAgo, "1", quantity]);
    expect(notes([...launched, [160, "2", 1]])).toEqual([{ kind: "new", weeks: 10 }]);
  });
});

test("a document has its notes, ids in them with every digit", async () => {
  const history = historyOf([...steady(80), [10, "9007199254740993", 1000]]);
  const options = {
    ...{ origin: ORIGIN, horizon: 12, level: 0.8, generatedAt: "2025-11-11T06:00:00Z", runId: "1" },
    ...{ productNames: NOBODY.products, customerNames: NOBODY.customers },
  };
  const result = forecastProduct("1", history, options, await untaught());
  const { document } = result as { document: ForecastDocument };
  const text = serializeDocument(document);
  expect(text).toMatch(/"notes":\[\{"kind":"outlier",.*"customer":\{"id":9007199254740993,"quantity":1000\}\}\],/);
  expect(parseDocument(text)).toEqual(document);
});
