import { expect, test } from "vitest";
import { LEARNED_WEEKS } from "../../src/learning/as-of.ts";
import { commonShocks } from "../../src/learning/common-shocks.ts";

const ORIGINS = [12, 16, 20, 24, 28, 32, 36, 40];
const PRODUCTS = 50;

/** By weeks ago, the share of what was expected that came, the same for all products. */
function shocksOf(
  shareAt: (weeksAgo: number) => number,
  change: (came: Float64Array) => void = () => {},
  products = PRODUCTS,
  soldFor: (row: number) => number = () => LEARNED_WEEKS,
) {
  const weeksAgo = ORIGINS.flatMap((weeks) => Array(products).fill(weeks) as number[]);
  // Whatever a product is counted in.
  const expected = Float64Array.from(weeksAgo, (_, i) => 10 ** (i % 7));
  const came = expected.map((quantity, i) => quantity * shareAt(weeksAgo[i]!));
  change(came);
  const rows = weeksAgo.map((weeks, i) => ({ weeksAgo: weeks, activeWeeks: 1 + (i % products), soldFor: soldFor(i) }));
  return commonShocks(rows, expected, came, 12);
}

/** Fifty rows of an origin tell this share of what happened, as a logarithm. */
const TOLD = 50 / (50 + 10);

const factorsOf = (...of: Parameters<typeof shocksOf>) =>
  new Map([...shocksOf(...of)].map(([weeksAgo, { factor }]) => [weeksAgo, factor]));
const extraordinary = (shareAt: (weeksAgo: number) => number) =>
  [...shocksOf(shareAt)].filter(([, { isExtraordinary }]) => isExtraordinary).map(([weeksAgo]) => weeksAgo);

test("what hit all products at one origin is taken out, and the other origins stay", () => {
  const calm = factorsOf(() => 1);
  const hit = factorsOf((weeks) => (weeks === 24 ? 2 : 1));
  expect(hit.get(24)! / hit.get(12)!).toBeCloseTo(2 ** TOLD, 9);
  for (const weeks of ORIGINS.filter((weeks) => weeks !== 24)) {
    expect(hit.get(weeks)).toBeCloseTo(calm.get(weeks)!, 12);
  }
});

test("what comes again at every origin is taken to last: most of it stays in what trees learn", () => {
  const calm = factorsOf(() => 1);
  const lasting = factorsOf(() => 0.8);
  for (const weeks of ORIGINS) {
    const left = lasting.get(weeks)! / calm.get(weeks)!;
    expect(left).toBeGreaterThan(0.8 ** 0.3);
    expect(left).toBeLessThan(1);
  }
});

test("nothing is expected to last where nothing was seen to change", () => {
  for (const shock of factorsOf(() => 1).values()) expect(shock).toBe(1);
});

test("few products tell little of what happened to all of them: one product next to nothing, ten a half", () => {
  const hitBy = (products: number) => {
    const hit = factorsOf((weeks) => (weeks === 24 ? 2 : 1), undefined, products);
    return Math.log2(hit.get(24)! / hit.get(12)!);
  };
  expect(hitBy(1)).toBeCloseTo(1 / 11, 9);
  expect(hitBy(10)).toBeCloseTo(1 / 2, 9);
  expect(hitBy(1000)).toBeCloseTo(1000 / 1010, 9);
});

test("origins before which nothing was sold for a year tell nothing", () => {
  const rows = [12, 12, 13].map((weeksAgo) => ({ weeksAgo, activeWeeks: 0, soldFor: LEARNED_WEEKS }));
  const shocks = commonShocks(rows, Float64Array.of(1, 2, 3), new Float64Array(3), 12);
  for (const shock of shocks.values()) expect(shock).toEqual({ factor: 1, isExtraordinary: false });
});

test("one product that sold a thousandfold, and origins at which nothing sold, leave numbers that can be learned from", () => {
  const one = factorsOf(
    () => 1,
    (came) => {
      came[1] = 1e6;
    },
  );
  expect(one.get(12)! / one.get(16)!).toBeLessThan(1.01);
  const nothing = factorsOf((weeks) => (weeks === 24 ? 0 : 1));
  for (const shock of nothing.values()) expect(shock > 0 && shock < 3).toBe(true);
  expect(nothing.get(24)).toBeLessThan(0.05 ** TOLD);
});

test("the middle origin says what lasts: two of eight that were far off move the others by little", () => {
  const calm = factorsOf(() => 1);
  const hit = factorsOf((weeks) => (weeks < 20 ? 0.3 : 1));
  for (const weeks of ORIGINS.filter((weeks) => weeks >= 20)) expect(hit.get(weeks)).toBeCloseTo(calm.get(weeks)!, 12);
});

test("an origin is extraordinary that is far from all others, by no less than three tenths", () => {
  expect(extraordinary(() => 1)).toEqual([]);
  // Three tenths of a logarithm, of which five sixths are believed: 1.43 or 0.7.
  expect(extraordinary((weeks) => (weeks === 24 ? 1.42 : 1))).toEqual([]);
  expect(extraordinary((weeks) => (weeks === 24 ? 1.44 : 1))).toEqual([24]);
  expect(extraordinary((weeks) => (weeks === 24 ? 0.69 : 1))).toEqual([24]);
  // Where origins vary by a half either way it takes more.
  expect(extraordinary((weeks) => (weeks === 24 ? 3 : weeks % 8 === 0 ? 1.5 : 0.67))).toEqual([]);
});

test("that half of the products were dropped after one origin happened to these alone", () => {
  const isDropped = (row: number) => row % 2 === 0 && ORIGINS[Math.floor(row / PRODUCTS)]! <= 24;
  const dropped = factorsOf(
    () => 1,
    (came) => {
      for (const i of came.keys()) if (isDropped(i)) came[i] = 0;
    },
    PRODUCTS,
    (row) => (isDropped(row) ? 0 : LEARNED_WEEKS),
  );
  for (const weeks of ORIGINS) expect(dropped.get(weeks)! / dropped.get(40)!).toBeCloseTo(1, 9);
});
