import { describe, expect, test } from "vitest";
import { calibrate } from "../../src/learning/calibration.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import type { Market } from "../../src/learning/market.ts";
import type { Stretches } from "../../src/learning/prior.ts";
import type { TrainingTable } from "../../src/learning/table.ts";
import { generator } from "../../src/numeric/random.ts";
import { marketWith } from "../parts/pooled.ts";
import { priorOf, stretchesOf } from "../parts/prior.ts";
import { heldOut, tableOf } from "../parts/table.ts";
import { always, divided, treesSaying } from "../parts/trees.ts";

const ROWS = 4000;
/** The mean is said to be what the base expects, its interval from 0.8 to 1.3. */
const SAID = treesSaying({
  ...{ mean: 1, lower: 0.5, median: 0.9, upper: 2 },
  ...{ meanWeekLower: 0.8, meanWeekUpper: 1.3, accuracy: 0.5 },
});
const TWO_YEARS = marketWith(104, () => 1);
/** What was taught elsewhere counts as much as so many rows of a class. */
const ELSEWHERE_ROWS = 2000;

/** Products that sell so many times the 1,000 that are expected; the first half of the rows is of one class, the others of another. */
function soldOf(shareOf: (row: number, random: () => number) => number, rows = ROWS): TrainingTable {
  const random = generator(5);
  return tableOf(
    Array.from({ length: rows }, (_, row) => ({
      ...{ expected: 1000, demandClass: row < rows / 2 ? 0 : 3 },
      came: [Math.round(1000 * Math.max(0, shareOf(row, random)))],
    })),
  );
}

const uniform = (_: number, random: () => number) => 0.75 + random() / 2;
const twofold = (row: number, random: () => number) => 1 + (random() - 0.5) * (row < ROWS / 2 ? 0.5 : 1);

function calibrated(
  table: TrainingTable,
  {
    prior = priorOf(),
    market = TWO_YEARS as Market,
    level = 0.8,
    folds = [SAID, SAID] as [typeof SAID, typeof SAID],
  } = {},
): readonly Stretches[] {
  return calibrate(table, heldOut(table, folds, prior), prior, market, level).stretches;
}

/** What the rows of a class alone say of a stretch, which elsewhere was none. */
const ownPart = (stretch: number, rows = ROWS / 2) => ((rows + ELSEWHERE_ROWS) * stretch - ELSEWHERE_ROWS) / rows;

describe("the interval of the total", () => {
  test.each([0.5, 0.8, 0.95])(
    "leaves as much of what was held out below as above, and holds the rest, at %d",
    (level) => {
      const table = soldOf(uniform);
      const came = Array.from({ length: ROWS }, (_, row) => table.actual[row * table.weeks]! / 1000);
      for (const [index, { totalLower, totalUpper }] of calibrated(table, { level }).entries()) {
        if (index % 3 !== 0) continue;
        const ofClass = came.filter((_, row) => table.demandClass[row] === index);
        const share = (isBeyond: (units: number) => boolean) => ofClass.filter(isBeyond).length / ofClass.length;
        expect(share((units) => units < 0.8 * ownPart(totalLower))).toBeCloseTo((1 - level) / 2, 2);
        expect(share((units) => units > 1 + 0.3 * ownPart(totalUpper))).toBeCloseTo((1 - level) / 2, 2);
      }
    },
  );

  test("is drawn towards what was tried elsewhere, as if that were 2,000 rows of the class", () => {
    const elsewhere = { ...stretchesOf(3, 4) };
    const prior = priorOf({ stretches: [elsewhere, elsewhere, elsewhere, elsewhere] });
    const [many] = calibrated(soldOf(uniform), { prior });
    const [few] = calibrated(soldOf(uniform, 40), { prior });
    expect(many!.totalLower).toBeCloseTo((1 + 3) / 2, 1);
    expect(many!.totalUpper).toBeCloseTo((2 / 3 + 4) / 2, 1);
    expect(few!.totalLower).toBeGreaterThan(2.95);
    expect(few!.totalUpper).toBeGreaterThan(3.9);
  });

  test("is what was tried elsewhere where no row is known, as bounds of weeks are", () => {
    const prior = priorOf({ stretches: [1, 2, 3, 4].map((index) => stretchesOf(index / 10, index)) });
    const none = calibrate(soldOf(uniform, 0), [], prior, TWO_YEARS, 0.8);
    for (const [index, stretches] of none.stretches.entries()) {
      const [lower, upper] = [(index + 1) / 10, index + 1].map((stretch) => expect.closeTo(stretch, 9));
      expect(stretches).toEqual({ lower, upper, totalLower: lower, totalUpper: upper });
    }
    expect(none.coverage).toBeNaN();
    const some = calibrated(soldOf(uniform), { prior });
    expect(some[1]).toEqual(none.stretches[1]);
    for (const name of ["lower", "upper", "totalLower", "totalUpper"] as const) {
      expect(some[0]![name]).not.toBeCloseTo(none.stretches[0]![name], 2);
    }
  });

  test("is not tried at origins after which something extraordinary happened, or not all weeks of the horizon are known", () => {
    const calm = soldOf(uniform, ROWS / 2);
    const odd = soldOf(() => 40, ROWS / 2);
    const both = (actual: Float64Array): TrainingTable => ({
      ...soldOf(uniform, ROWS),
      actual: Float64Array.from([...calm.actual, ...actual]),
      demandClass: Uint8Array.from([...calm.demandClass, ...odd.demandClass]),
    });
    const allOf = (table: TrainingTable) =>
      calibrate(table, heldOut(table, [SAID, SAID], priorOf()), priorOf(), TWO_YEARS, 0.8);
    const expected = allOf(calm);
    const extraordinary = both(odd.actual.map(() => Number.NaN));
    const unfinished = both(odd.actual.map((units, i) => (i % 12 === 11 ? Number.NaN : units)));
    for (const table of [extraordinary, unfinished]) {
      expect(allOf(table)).toEqual(expected);
    }
  });

  test("is tried about the mean of the horizon, not of the twelve weeks that the mean is learned for", () => {
    const table = soldOf(uniform);
    const doubled = { ...table, actual: table.actual.map((units) => 2 * units), stretch: table.stretch.map(() => 2) };
    const [once, twice] = [table, doubled].map((of) => calibrated(of)[0]!);
    expect(twice!.totalLower / once!.totalLower).toBeCloseTo(1, 2);
    expect(twice!.totalUpper / once!.totalUpper).toBeCloseTo(1, 2);
  });

  test("is tried over the weeks of the horizon, of a shorter and of a longer one than twelve weeks", () => {
    // Twelve weeks at what is expected, and then twice as much.
    const came = Array.from({ length: 24 }, (_, week) => (week < 12 ? 1000 : 2000));
    const upperOf = (horizon: number) =>
      ownPart(calibrated(tableOf(Array(ROWS / 2).fill({ expected: 1000, came }), horizon))[0]!.totalUpper);
    expect(upperOf(4)).toBeCloseTo(0, 9);
    expect(upperOf(24)).toBeCloseTo((0.5 - 1 / 24_000) / 0.3, 9);
  });

  test("learns nothing from products that are said less than a piece, whose lower bound holds anyway", () => {
    const random = generator(7);
    const sold = Array.from({ length: ROWS / 2 }, () => ({
      ...{ expected: 1000, came: [Math.round(1000 * uniform(0, random))] },
    }));
    const rare = { expected: 0.1, came: [0] };
    const [alone] = calibrated(tableOf(sold));
    const [beside] = calibrated(tableOf(sold.flatMap((row) => [row, rare])));
    expect(ownPart(beside!.totalLower, ROWS)).toBeCloseTo(ownPart(alone!.totalLower), 2);
  });

  test("is wider for a class that varies more", () => {
    const [calm, , , wild] = calibrated(soldOf(twofold));
    expect(ownPart(wild!.totalUpper) / ownPart(calm!.totalUpper)).toBeCloseTo(2, 1);
    expect(ownPart(wild!.totalLower)).toBeLessThan(0.8);
    expect(ownPart(calm!.totalLower)).toBeCloseTo(1, 1);
  });

  test("is tried on every product with what the other fold has taught", () => {
    const narrow = { ...SAID, spread: { ...SAID.spread, meanWeekUpper: always(1.15) } };
    // Only products of the first fold ever sell more than is expected.
    const table = soldOf((row, random) => (row % 2 === 0 ? 1 + random() / 2 : 1));
    const [told] = calibrated(table, { folds: [SAID, narrow], level: 0.9 });
    const [other] = calibrated(table, { folds: [narrow, SAID], level: 0.9 });
    expect(ownPart(told!.totalUpper) / ownPart(other!.totalUpper)).toBeCloseTo(2, 9);
  });

  test("is tried on what is said of the row itself", () => {
    // By the second feature the even rows are expected to sell half of what the base says, and they do.
    const table = soldOf((row, random) => (row % 2 === 0 ? 0.5 : 1) * uniform(0, random));
    const features = table.features.slice();
    for (let row = 0; row < ROWS; row++) features[row * FEATURE_NAMES.length + 1] = row % 2;
    const knowing = { ...SAID, mean: divided(1, 0.5, 0.5, 1) };
    const [told] = calibrated({ ...table, features }, { folds: [knowing, knowing] });
    const [known] = calibrated(soldOf(uniform));
    expect(told!.totalLower / known!.totalLower).toBeCloseTo(1, 1);
    expect(told!.totalUpper / known!.totalUpper).toBeCloseTo(1, 1);
  });

  test("is stretched to six times at most, and to nothing where all came as it was said", () => {
    const [far] = calibrated(soldOf(() => 40));
    const [exact] = calibrated(soldOf(() => 1));
    expect(ownPart(far!.totalLower)).toBeCloseTo(6, 9);
    expect(ownPart(far!.totalUpper)).toBeCloseTo(6, 9);
    expect(ownPart(exact!.totalUpper)).toBeCloseTo(0, 9);
    expect(ownPart(exact!.totalLower)).toBeCloseTo(12_001 / 9600, 9);
  });
});

describe("bounds of a week", () => {
  /** Stretches that are tried are a tenth apart, and rows are drawn. */
  const expectAbout = (stretch: number, expected: number) =>
    expect(Math.abs(Math.log(stretch / expected))).toBeLessThan(Math.log(1.2));

  test.each([0.5, 0.8])("hold the share of the weeks that they promise, by the class's own rows: %d", (level) => {
    const tail = (1 - level) / 2;
    // The first class sells three to five quarters of 1,000, the other one half to three halves: bounds are 500 and 2,000.
    const [calm, , , wild] = calibrated(soldOf(twofold), { level });
    expectAbout(ownPart(calm!.lower), (0.75 + tail / 2) / 0.5);
    expectAbout(ownPart(calm!.upper), 0.25 - tail / 2);
    expectAbout(ownPart(wild!.lower), (0.5 + tail) / 0.5);
    expectAbout(ownPart(wild!.upper), 0.5 - tail);
  });

  test("are drawn towards what was tried elsewhere, as if that were 2,000 rows of the class", () => {
    const elsewhere = stretchesOf(3, 4);
    const prior = priorOf({ stretches: [elsewhere, elsewhere, elsewhere, elsewhere] });
    const [many] = calibrated(soldOf(uniform), { prior });
    const [few] = calibrated(soldOf(uniform, 40), { prior });
    expect(many!.lower).toBeCloseTo((1.6 + 3) / 2, 1);
    expect(many!.upper).toBeCloseTo((0.2 + 4) / 2, 1);
    expect(few!.lower).toBeGreaterThan(2.97);
    expect(few!.upper).toBeGreaterThan(3.95);
  });

  test("are tried on every product with what the other fold has taught", () => {
    const narrow = { ...SAID, spread: { ...SAID.spread, upper: always(1.5) } };
    // Only products of the first fold ever sell more than is expected.
    const table = soldOf((row, random) => (row % 2 === 0 ? 1 + random() / 2 : 1));
    const [told] = calibrated(table, { folds: [SAID, narrow], level: 0.9 });
    const [other] = calibrated(table, { folds: [narrow, SAID], level: 0.9 });
    expectAbout(ownPart(told!.upper) / ownPart(other!.upper), 2);
  });
});

test("a season that nobody has seen makes all intervals wider, those of totals as far as the market moves from month to month", () => {
  const table = soldOf(twofold);
  const months = marketWith(40, (week) => (Math.floor(week / 4) % 2 === 0 ? 1 : 1.5));
  const movement = 1 + 3 * Math.log(1.5);
  const unseen = calibrated(table, { market: months });
  for (const [index, { lower, upper, totalLower, totalUpper }] of calibrated(table).entries()) {
    // Of the bounds of a week only what was tried elsewhere is made wider.
    expect(unseen[index]!.lower).toBeLessThan(lower);
    expect(unseen[index]!.upper).toBeGreaterThan(upper);
    expect(unseen[index]!.totalLower).toBeCloseTo(totalLower / movement, 9);
    expect(unseen[index]!.totalUpper).toBeCloseTo(totalUpper * movement, 9);
  }
});

test("the share of weeks within their interval is that of the stretched one, bounds at the nearest unit of what is sold by the piece", () => {
  const trimmed = priorOf({ stretches: [0, 1, 2, 3].map(() => stretchesOf(1, 0.91)) });
  const coverageOf = (table: TrainingTable) =>
    calibrate(table, heldOut(table, [SAID, SAID], trimmed), trimmed, TWO_YEARS, 0.8).coverage;
  // From 500 to 1,000 + 0.91 · 1,000.
  expect([0.499, 0.5, 1, 1.91, 1.911].map((share) => coverageOf(soldOf(() => share)))).toEqual([0, 1, 1, 1, 0]);
  expect(coverageOf(soldOf((row) => (row % 4 === 0 ? 0.2 : 1)))).toBe(0.75);
  const weighed = (expected: number) => {
    const table = tableOf([{ expected, came: [500] }]);
    return [coverageOf(table), coverageOf({ ...table, isWhole: new Uint8Array(1) })];
  };
  // The lower bound is 500.45.
  expect(weighed(1000.9)).toEqual([1, 0]);
});
