import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { type Day, formatDay, parseDay, weekdayOf } from "../../src/history/calendar.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { quantile } from "../../src/numeric/quantile.ts";
import { sum } from "../../src/numeric/sum.ts";
import { came, forecasts } from "../parts/engine.ts";
import { ORIGIN } from "../parts/lessons.ts";
import { type Line, orderBook } from "../parts/orders.ts";
import { exactWorld, isBeforeEaster, randomWorld, type World, withNewcomers, withProduct } from "../parts/worlds.ts";

/**
 * What once distorted forecasts, each with what is right: exact inputs, in which that can be said to the unit, and random
 * worlds, in which it can be said of sums.
 */

async function documentOf(book: OrderBook, id: string): Promise<ForecastDocument> {
  return (await forecasts(book)).get(id)!.document;
}

const totalOf = ({ summary }: ForecastDocument) => summary.total_predicted_quantity;
const kindsOf = ({ notes }: ForecastDocument) => notes.map(({ kind }) => kind);

/** All products sell so many times as much for eight weeks. */
const spell = (from: number, rate: number) => (_product: number, week: number) =>
  week >= from && week < from + 8 ? rate : 1;

function bookOf(file: string): OrderBook {
  const text = gunzipSync(readFileSync(new URL(`cases/${file}.csv.gz`, import.meta.url))).toString();
  const rows = text.trim().split("\n").slice(1);
  return orderBook(
    rows.map((row): Line => {
      const [order, product, customer, created, quantity] = row.split(",") as [string, string, string, string, string];
      return [order, product, customer, created, Number(quantity)];
    }),
  );
}

describe("of 240 products that sell the same every week, X15 is forecast at 108 in 12 weeks, whatever", () => {
  const PRODUCTS = 240;

  test.each([
    [
      "two in five of the range were launched 52 weeks ago",
      exactWorld(PRODUCTS, 114, (product, week) => (product % 5 < 2 && product !== 15 && week < -52 ? 0 : 1)),
    ],
    [
      "another product has a single line ten years before all others",
      exactWorld(PRODUCTS, 566, (product, week) => (week >= -60 || (product === 0 && week === -566) ? 1 : 0)),
    ],
    [
      "another one is counted in grams, and was launched 50 weeks ago",
      exactWorld(PRODUCTS, 114, (product, week) => (product === 3 ? (week >= -50 ? 1000 : 0) : 1)),
    ],
    ["all sold three tenths for eight weeks that lie ahead now", exactWorld(PRODUCTS, 114, spell(-52, 0.3))],
    ["all sold three tenths for eight weeks just before these", exactWorld(PRODUCTS, 114, spell(-60, 0.3))],
    [
      "nobody ordered for three weeks of last year",
      exactWorld(PRODUCTS, 68, (_p, week) => (week >= -52 && week < -49 ? 0 : 1)),
    ],
    [
      "a tenth was ordered for three weeks of last year",
      exactWorld(PRODUCTS, 68, (_p, week) => (week >= -52 && week < -49 ? 0.1 : 1)),
    ],
    ["all sold three times as much for eight weeks, until two weeks ago", exactWorld(PRODUCTS, 80, spell(-10, 3))],
    ["all sold three tenths for eight weeks, until two weeks ago", exactWorld(PRODUCTS, 80, spell(-10, 0.3))],
    ["all sold three times as much for eight weeks, half a year ago", exactWorld(PRODUCTS, 80, spell(-26, 3))],
    ["nobody ordered for the last three weeks", exactWorld(PRODUCTS, 80, (_p, week) => (week >= -3 ? 0 : 1))],
    [
      "it is counted in boxes of twelve since three weeks",
      exactWorld(PRODUCTS, 110, (product, week) => (product === 15 && week < -3 ? 12 : 1)),
    ],
  ])("%s", async (_what, book) => {
    const document = await documentOf(book, "X15");
    const right = 108;
    expect(totalOf(document) / right).toBeGreaterThan(0.95);
    expect(totalOf(document) / right).toBeLessThan(1.05);
    expect(document.summary.total_confidence_lower).toBeLessThanOrEqual(right);
    expect(document.summary.total_confidence_upper).toBeGreaterThanOrEqual(right);
    const said = ["source-gap", "unit-change"];
    expect(kindsOf(document).filter((kind) => !said.includes(kind))).toEqual([]);
  });

  test.each([
    [3, 108, 324],
    [0.3, 32.4, 108],
  ])(
    "and the range holds both where all have sold %f times as much for eight weeks, until now",
    async (rate, lower, upper) => {
      const document = await documentOf(exactWorld(PRODUCTS, 80, spell(-8, rate)), "X15");
      expect(document.summary.total_confidence_lower).toBeLessThanOrEqual(lower);
      expect(document.summary.total_confidence_upper).toBeGreaterThanOrEqual(upper);
      expect(document.notes).toEqual([
        { kind: "market-shift", from: "2025-09-16", weeks: 8, factor: expect.closeTo(rate, 1) },
      ]);
    },
  );

  test("and in a catalogue of twelve, in which nobody ordered for two weeks, X3 as well", async () => {
    const document = await documentOf(
      exactWorld(12, 80, (_p, week) => (week >= -2 ? 0 : 1)),
      "X3",
    );
    expect(kindsOf(document)).toEqual(["source-gap"]);
    expect(totalOf(document) / 108).toBeGreaterThan(0.85);
    expect(document.summary.total_confidence_upper).toBeGreaterThanOrEqual(108);
  });

  test("and weeks without an order of anybody are told as a gap of the source", async () => {
    const book = exactWorld(PRODUCTS, 68, (_product, week) => (week >= -40 && week < -37 ? 0 : 1));
    const gap = (await documentOf(book, "X15")).notes.find(({ kind }) => kind === "source-gap");
    expect(gap).toEqual({ kind: "source-gap", from: "2025-02-04", until: "2025-02-24", weeks: 3 });
  });
});

describe("a product by itself", () => {
  test("that is sold in the weeks before Christmas only is forecast at its usual 400, in these weeks", async () => {
    const document = await documentOf(bookOf("trees"), "trees");
    expect(totalOf(document)).toBeCloseTo(400, 0);
    const afterChristmas = document.predictions.filter(({ week_start: start }) => start > "2025-12-25");
    for (const { predicted_quantity: quantity } of afterChristmas) expect(quantity).toBe(0);
  });

  test("of which ten a day were sold since eight days is forecast at 840", async () => {
    const document = await documentOf(bookOf("launch-8-days"), "launch");
    expect(Math.abs(totalOf(document) / 840 - 1)).toBeLessThan(0.03);
    expect(document.summary.total_confidence_lower).toBeLessThan(600);
    expect(document.summary.total_confidence_upper).toBeGreaterThan(1080);
  });

  test("that sells 2.5 grams a week, in kilograms, is forecast at 0.03", async () => {
    expect(Math.abs(totalOf(await documentOf(bookOf("saffron"), "saffron-kg")) - 0.03)).toBeLessThan(0.0015);
  });

  test("that had no order for two weeks is not said to have stopped", async () => {
    expect(kindsOf(await documentOf(bookOf("gap-2-weeks"), "gap"))).not.toContain("stopped");
  });
});

describe("a product with a season of its own, of which exact years are known, is forecast at what is usual in it", () => {
  const MONDAY = 0;
  const THURSDAY = 3;
  const SOLD: Record<string, (date: Date, weekday: number) => number> = {
    /** 100 a week in the four weeks before Christmas. */
    trees: (date, weekday) => {
      const day = 100 * (date.getUTCMonth() + 1) + date.getUTCDate();
      return day >= 1126 && day <= 1223 && [MONDAY, THURSDAY].includes(weekday) ? 50 : 0;
    },
    "trees every day": (date) => {
      const day = 100 * (date.getUTCMonth() + 1) + date.getUTCDate();
      return day >= 1126 && day <= 1223 ? 15 : 0;
    },
    /** Twice a week, most in the middle of July. */
    ice: (date, weekday) => {
      const days = (date.getTime() - Date.UTC(date.getUTCFullYear(), 6, 15)) / 86_400_000;
      return [1, 4].includes(weekday) && Math.abs(days) < 100 ? Math.round(40 * Math.exp(-((days / 45) ** 2))) : 0;
    },
    /** Ten a week, and 2,000 once in August. */
    school: (date, weekday) =>
      date.getUTCMonth() === 7 && date.getUTCDate() === 14 + (date.getUTCFullYear() % 3)
        ? 2000
        : weekday === 2
          ? 10
          : 0,
    /** The same by one customer. */
    "one school": (date, weekday) => SOLD.school!(date, weekday),
    /** 2,000 between the 8th and the 18th of November, by one customer or another. */
    "autumn order": (date, weekday) =>
      date.getUTCMonth() === 10 && date.getUTCDate() === 8 + ((5 * date.getUTCFullYear()) % 11)
        ? 2000
        : weekday === 4
          ? 10
          : 0,
  };

  const sold = async (what: string, origin: Day, years: number) => {
    const lines: Line[] = [];
    let right = 0;
    for (let day = origin - Math.round(365.25 * years); day < origin + 84; day++) {
      const quantity = SOLD[what]!(new Date(86_400_000 * day), weekdayOf(day));
      const isPast = day < origin;
      const customer = what === "one school" && quantity > 100 ? "school" : `c${lines.length % 3}`;
      if (!isPast) right += quantity;
      else if (quantity > 0) lines.push([`${day}`, what, customer, formatDay(day), quantity]);
    }
    const { document } = (await forecasts(orderBook(lines), { origin })).get(what)!;
    expect(document.summary.total_confidence_lower).toBeLessThanOrEqual(right);
    expect(document.summary.total_confidence_upper).toBeGreaterThanOrEqual(right);
    expect(kindsOf(document)).not.toContain("unit-change");
    return { document, right };
  };

  test.each([
    ["trees", "2024-10-15", 2],
    ["trees", "2024-11-25", 2],
    ["trees", "2024-11-25", 3],
    ["trees", "2024-12-24", 3],
    ["trees", "2025-02-18", 7],
    ["ice", "2024-05-06", 2],
    ["ice", "2024-08-12", 2],
    ["ice", "2024-08-12", 7],
    ["ice", "2024-10-14", 3],
    ["ice", "2025-02-03", 7],
    ["school", "2024-07-30", 2],
    ["school", "2024-07-30", 3],
    ["school", "2024-05-28", 3],
  ])("%s on %s after %i years", async (what, day, years) => {
    const { document, right } = await sold(what, parseDay(day), years);
    expect(Math.abs(totalOf(document) - right)).toBeLessThan(Math.max(1.5, 0.06 * right));
  });

  test.each([
    // The day on which a season begins or ends is known, wherever weeks counted from the origin are cut.
    ["trees", "2024-10-05", "2025-01-20", 7, 7],
    ["trees every day", "2024-10-12", "2025-01-20", 3, 7],
    ["trees every day", "2024-12-21", "2025-01-05", 1, 7],
    // Two seasons were seen, one of them just now.
    ["trees", "2024-12-24", "2025-01-22", 7, 2],
    ["school", "2024-06-01", "2024-08-12", 9, 7],
    ["school", "2024-08-20", "2024-10-30", 9, 7],
    ["one school", "2024-06-01", "2024-08-12", 9, 7],
    ["one school", "2024-08-20", "2024-10-30", 9, 7],
    ["autumn order", "2024-09-02", "2024-11-04", 9, 7],
    ["autumn order", "2024-11-25", "2024-12-31", 9, 7],
  ])("%s from %s to %s, every %i days, after %i years", async (what, first, last, step, years) => {
    for (let origin = parseDay(first); origin <= parseDay(last); origin += step) {
      const { document, right } = await sold(what, origin, years);
      expect(Math.abs(totalOf(document) - right), formatDay(origin)).toBeLessThanOrEqual(Math.max(0.1, 0.03 * right));
    }
  });

  test.each(["trees", "school"])("%s with a range as wide as past years differ, which they do not", async (what) => {
    const { document, right } = await sold(what, parseDay("2024-07-30") + (what === "trees" ? 100 : 0), 7);
    expect(document.summary.total_confidence_lower).toBeGreaterThan(0.7 * right);
    expect(document.summary.total_confidence_upper).toBeLessThan(1.3 * right);
  });
});

test.each([
  ["the same customer", "school", ["yearly-order"]],
  ["a different one each time", undefined, []],
])("an order of 2,000 each August by %s is no outlier", async (_who, customer, kinds) => {
  const origin = parseDay("2024-08-12");
  const days = ["2022-08-14", "2023-08-15"];
  const lines: Line[] = Array.from({ length: 110 }, (_, i): Line => {
    return [`${i}`, "1", `c${i % 3}`, formatDay(origin - 7 * i - 5), 10];
  });
  for (const day of days) lines.push([day, "1", customer ?? day, day, 2000]);
  const { document } = (await forecasts(orderBook(lines), { origin })).get("1")!;
  expect(kindsOf(document)).toEqual(kinds);
});

describe("what moves with Easter is forecast where Easter is this year", () => {
  /** Ten weeks before that of 2025, which is three weeks later than the one before. */
  const BACK = 39;
  const origin = ORIGIN - 7 * BACK;
  const weeks = BACK + 4 * 52 + 10;
  const usual = (week: number, rate: number) => (isBeforeEaster(week, 2) ? rate : 1);

  test("by a product that is sold in the four weeks before it only", async () => {
    const book = exactWorld(240, weeks, (product, week) => (product !== 15 ? 1 : isBeforeEaster(week, 4) ? 10 : 0));
    const { document } = (await forecasts(book, { origin })).get("X15")!;
    const right = document.predictions.map((_, k) => (isBeforeEaster(k - BACK, 4) ? 90 : 0));
    expect(document.predictions.map(({ predicted_quantity: quantity }) => quantity)).toEqual(right);
  });

  test.each([1.5, 2])("by all products, which are sold %f times as often in the two weeks before it", async (rate) => {
    const book = randomWorld({ products: 400, seed: 31, weeks, rate: (_product, week) => usual(week, rate) });
    const documents = [...(await forecasts(book, { origin })).values()];
    const said = documents[0]!.document.predictions.map((_, k) =>
      sum(documents.map(({ document }) => document.predictions[k]!.predicted_quantity)),
    );
    const usually = sum(said.filter((_, k) => !isBeforeEaster(k - BACK, 2))) / (said.length - 2);
    for (const [k, quantity] of said.entries()) {
      const right = usually * usual(k - BACK, rate);
      expect(Math.abs(quantity / right - 1)).toBeLessThan(0.1);
    }
  });
});

describe("in random worlds forecasts come to what came, and totals lie in their intervals", () => {
  const share = (product: number, of: number) => (product * 7919) % 100 < 100 * of;
  const WORLDS: Record<string, Pick<World, "weeks" | "rate"> & { within?: number }> = {
    "nothing happened": { weeks: 110, rate: () => 1 },
    "half the range was launched a year ago, in two years": {
      weeks: 104,
      rate: (product: number, week: number) => (share(product, 0.5) && week < -52 ? 0 : 1),
    },
    "half the range was launched a year ago, in four years": {
      weeks: 208,
      rate: (product: number, week: number) => (share(product, 0.5) && week < -52 ? 0 : 1),
    },
    "three in ten were dropped a year ago": {
      weeks: 110,
      rate: (product: number, week: number) => (share(product, 0.3) && week >= -50 ? 0 : 1),
    },
    "half the range was dropped ten weeks ago": {
      weeks: 110,
      rate: (product: number, week: number) => (share(product, 0.5) && week >= -10 ? 0 : 1),
    },
    "a panic of eight weeks a year ago, in two years": { weeks: 110, rate: spell(-52, 2.5) },
    "a panic of eight weeks a year ago, in five years": { weeks: 260, rate: spell(-52, 2.5) },
    "a lockdown of eight weeks a year ago, in three years": { weeks: 160, rate: spell(-52, 0.3) },
    // Two weeks tell what all sell now to a tenth.
    "a panic of eight weeks ended two weeks ago": { weeks: 110, rate: spell(-10, 2.5), within: 0.12 },
    "a lockdown of eight weeks ended two weeks ago": { weeks: 110, rate: spell(-10, 0.3), within: 0.12 },
    "a panic of eight weeks, half a year ago": { weeks: 110, rate: spell(-26, 3) },
    "one product of a million a week stopped eight weeks ago": {
      weeks: 110,
      rate: (product: number, week: number) => (product === 7 ? (week < -8 ? 300_000 : 0) : 1),
    },
  };

  describe.each(Object.entries(WORLDS))("%s", (_what, { within = 0.07, ...world }) => {
    test.each([21, 22, 23])(
      "seed %i",
      async (seed) => {
        const book = randomWorld({ products: 400, seed, ...world });
        // Of what was dropped nothing is to be said.
        const all = [...(await forecasts(book))].filter(([, { history }]) =>
          history.quantities.slice(-8).some((q) => q > 0),
        );
        const actual = await came(
          book,
          all.map(([id]) => id),
        );
        const totals = all.map(([, { document }]) => totalOf(document));
        const ratio = totals.reduce((a, b) => a + b, 0) / actual.reduce((a, b) => a + b, 0);
        expect(Math.abs(ratio - 1)).toBeLessThan(within);
        const inside = all.filter(([, { document }], i) => {
          const { total_confidence_lower: lower, total_confidence_upper: upper } = document.summary;
          return lower <= actual[i]! && actual[i]! <= upper;
        });
        expect(inside.length / all.length).toBeGreaterThan(0.72);
        expect(inside.length / all.length).toBeLessThan(0.88);
      },
      60_000,
    );
  });
});

describe("no other product moves by more than 1 % where one product", () => {
  const CHANGED = "X33";
  const book = exactWorld(240, 114);
  const before = forecasts(book);

  async function largestChange(changed: OrderBook): Promise<number> {
    const after = await forecasts(changed);
    const changes = [...(await before)].flatMap(([id, { document }]) => {
      const other = after.get(id);
      return id === CHANGED || !other ? [] : [Math.abs(totalOf(other.document) / totalOf(document) - 1)];
    });
    expect(changes.length).toBe(239);
    return Math.max(...changes);
  }

  test.each([
    ["is left out", () => undefined],
    [
      "is counted in grams",
      ({ day, quantity }: { day: number; quantity: number }) => ({ day, quantity: 1000 * quantity }),
    ],
    [
      "was sold eight weeks earlier",
      ({ day, quantity }: { day: number; quantity: number }) => ({ day: day - 56, quantity }),
    ],
    [
      "is sold before Christmas only",
      ({ day, quantity }: { day: number; quantity: number }) =>
        (ORIGIN - day) % 365 > 320 ? { day, quantity: 20 * quantity } : undefined,
    ],
  ])("%s", async (_what, change) => {
    expect(await largestChange(withProduct(book, CHANGED, change))).toBeLessThan(0.01);
  });
});

describe("where as many newcomers join a hundred products sold by chance, bought by other customers", () => {
  test.each([26, 52].flatMap((weeks) => [21, 22, 23].map((seed) => [weeks, seed] as const)))(
    "%i weeks ago, half of the others move by less than 4 %% (seed %i)",
    async (launched, seed) => {
      const world = { products: 100, weeks: 130 };
      const book = randomWorld({ ...world, seed, rate: () => 1 });
      const rate = (_product: number, week: number) => (week < -launched ? 0 : 1);
      const [before, after] = await Promise.all([
        forecasts(book),
        forecasts(withNewcomers(book, randomWorld({ ...world, seed: seed + 100, rate }))),
      ]);
      const changes = [...before].map(([id, { document }]) =>
        Math.abs(totalOf(after.get(id)!.document) / totalOf(document) - 1),
      );
      expect(quantile(Float64Array.from(changes), 0.5)).toBeLessThan(0.04);
    },
    60_000,
  );
});
