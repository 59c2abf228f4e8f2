import { describe, expect, test } from "vitest";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import { NO_CUSTOMERS } from "../../src/learning/customer-facts.ts";
import { FEATURE_NAMES, MISSING, OWN_FEATURE_NAMES, ownFeatures, writeFeatures } from "../../src/learning/features.ts";

const CUSTOMERS = {
  ...{ known: 9, orderedWithin: [2, 4, 6, 8], inRhythm: 3.5, expectedQuantity: 1.25, orders26: 11 },
  ...{ oneTimeShare: 0.3, newShare: 0.4, newQuantityShare: 0.2, topShare: 0.7 },
};
const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, week) => quantity(week));

/** One unit in the first week, one more in each later one. */
const LONG = { quantities: weeks(110, (i) => i + 1), horizon: 12, customers: NO_CUSTOMERS };
const YOUNG = { ...LONG, quantities: Float64Array.of(3, 0, 10, 1, 6), horizon: 10 };
/** Eight units every other week, once twenty, and nothing in the last 27 weeks. */
const STOPPED = { ...LONG, quantities: weeks(60, (i) => (i > 32 || i % 2 === 1 ? 0 : i === 8 ? 20 : 8)) };
const RETURNED = {
  quantities: Float64Array.from(
    [
      [12, 0, 0, 8],
      [0, 0, 30, 0],
      [2, 2, 2, 2],
      [0, 10, 0, 0],
      [6, 0, 0, 4],
      [0, 0, 14, 0],
      [9, 0, 3, -5],
    ].flat(),
  ),
  ...{ horizon: 4, customers: CUSTOMERS },
};
const NONE = MISSING;

/** By feature what it is of each of these histories, worked out by hand. */
const FEATURES: readonly [name: string, long: number, young: number, stopped: number, returned: number][] = [
  ["mean1", 110, 6, 0, 0],
  ["mean2", 109.5, 3.5, 0, 0],
  ["mean4", 108.5, 4.25, 0, 1.75],
  ["mean8", 106.5, 4, 0, 2.625],
  ["mean13", 104, NONE, 0, 31 / 13],
  ["mean26", 97.5, NONE, 0, 87 / 26],
  ["mean52", 84.5, NONE, 116 / 52, NONE],
  ["mean", 55.5, 4, 148 / 60, 99 / 28],
  ["weeks 14 to 26", 91, NONE, 0, 56 / 13],
  ["weeks 27 to 52", 71.5, NONE, 116 / 26, NONE],
  ["same weeks a year ago", 64.5, NONE, 5, NONE],
  ["units of customers in rhythm", 0, 0, 0, 1.25],
  ["lower13", 99.2, 0.4, 0, 0],
  ["median13", 104, 3, 0, 0],
  ["upper13", 108.8, 8.4, 0, 8.4],
  ["lower26", 87.5, 0.4, 0, 0],
  ["median26", 97.5, 3, 0, 0],
  ["upper26", 107.5, 8.4, 0, 9.5],
  ["lower52", 64.1, 0.4, 0, 0],
  ["median52", 84.5, 3, 0, 0],
  ["upper52", 104.9, 8.4, 8, 10.6],
  ["block1", 104.5, 4, 0, 1.75],
  ["block2", 92.5, NONE, 0, 3.5],
  ["block3", 80.5, NONE, 40 / 12, 2.5],
  ["block4", 68.5, NONE, 4, 2.5],
  ["age", 104, 5, 60, 28],
  ["active4", 1, 3 / 4, 0, 2 / 4],
  ["active8", 1, 4 / 5, 0, 3 / 8],
  ["active13", 1, NONE, 0, 5 / 13],
  ["active26", 1, NONE, 0, 12 / 26],
  ["active52", 1, NONE, 13 / 52, NONE],
  ["active", 1, 4 / 5, 17 / 60, 13 / 28],
  ["weeks since demand", 0, 0, 27, 1],
  ["sizes", 30, 4, 17, 13],
  ["size variation", 0.0906328, 0.678233, 48 / 148, 0.9366983],
  ["largest size", 110 / 95.5, 2, 340 / 148, 3.75],
  ["median size", 96 / 95.5, 1.2, 136 / 148, 0.75],
  ["smallest size", 81 / 95.5, 0.2, 136 / 148, 0.25],
  ["variation26", 7.5 / 97.5, 0.9082951, 0, 1.9891703],
  ["largest26", 110 / 2535, 0.5, 0, 30 / 87],
  ["customers", 0, 0, 0, 9],
  ["customers4", 0, 0, 0, 2],
  ["customers13", 0, 0, 0, 4],
  ["customers26", 0, 0, 0, 6],
  ["customers52", 0, 0, 0, 8],
  ["in rhythm", 0, 0, 0, 3.5],
  ["orders26", 0, 0, 0, 11],
  ["one-time share", 0, 0, 0, 0.3],
  ["new customers", 0, 0, 0, 0.4],
  ["new quantity", 0, 0, 0, 0.2],
  ["top customer", 0, 0, 0, 0.7],
];

test("each feature has its name, in the order of the table", () => {
  expect(OWN_FEATURE_NAMES).toEqual(FEATURES.map(([name]) => name));
  expect(FEATURE_NAMES).toEqual([
    ...FEATURES.map(([name]) => name),
    ...["mean8", "mean13", "mean26", "mean52", "ses0.05", "ses0.1", "ses0.2", "ses0.3", "tsb"].map(
      (method) => `level by ${method}`,
    ),
    ...["level", "pooled season", "own season"],
  ]);
});

describe.each([
  ["a history of more than two years", LONG, 1],
  ["one of five weeks", YOUNG, 2],
  ["one that stopped", STOPPED, 3],
  ["one with returns and customers", RETURNED, 4],
] as const)("of %s", (_, known, column) => {
  const features = ownFeatures(known);
  test.each(FEATURES.map((row, i) => [row[0], i, row[column]] as const))("%s is right", (_name, i, value) => {
    expect(features[i]).toBeCloseTo(value, 6);
  });
});

test.each([
  [6, ["block1"]],
  [5, []],
])("a past horizon of which less than half is known has no mean: of %i weeks, one of 12", (count, blocks) => {
  const features = ownFeatures({ ...LONG, quantities: weeks(count, () => 3) });
  const present = OWN_FEATURE_NAMES.filter((name, i) => name.startsWith("block") && features[i] !== MISSING);
  expect(present).toEqual(blocks);
});

test.each([
  [12, ["mean13", "active13"]],
  [13, ["mean26", "weeks 14 to 26", "active26"]],
  [25, ["mean26", "weeks 14 to 26", "active26"]],
  [26, ["mean52", "weeks 27 to 52", "active52"]],
  [51, ["mean52", "weeks 27 to 52", "active52"]],
  [52, ["same weeks a year ago"]],
  [55, ["same weeks a year ago"]],
])("a history of %i weeks is too short for some features, not for shorter ones", (count, tooShort) => {
  const features = ownFeatures({ ...LONG, quantities: weeks(count, () => 3) });
  const isMissing = (name: string) => features[OWN_FEATURE_NAMES.indexOf(name)] === MISSING;
  expect(tooShort.filter(isMissing)).toEqual(tooShort);
  const longer = ownFeatures({
    ...LONG,
    quantities: weeks(count === 12 ? 13 : count < 26 ? 26 : count < 52 ? 52 : 56, () => 3),
  });
  for (const name of tooShort) expect(longer[OWN_FEATURE_NAMES.indexOf(name)]).toBe(name.startsWith("active") ? 1 : 3);
});

test("of a product that sold nothing there are no sizes, and no week since demand that is not one of the history", () => {
  const features = ownFeatures({ ...LONG, quantities: Float64Array.of(0, -2, 0) });
  const of = (name: string) => features[OWN_FEATURE_NAMES.indexOf(name)];
  const ofSizes = ["size variation", "largest size", "median size", "smallest size"];
  for (const name of ["sizes", ...ofSizes, "variation26", "largest26"]) expect(of(name)).toBe(0);
  expect(of("weeks since demand")).toBe(3);
  for (const value of features) expect(Number.isFinite(value)).toBe(true);
});

describe("what trees see", () => {
  const OWN = FEATURES.length;
  /** A number apart for each feature. */
  const features = FEATURES.map((_, i) => 10 + i);
  const levels = Float64Array.from(RUNNING_METHODS, (_, m) => 100 + m);
  const base = { level: 4, size: 2, pooledSeason: 0.3, ownSeason: 0.5, clearness: 0, expectedByLevel: 9, expected: 9 };
  const written = (
    change: Partial<typeof base> | { pooledSeason: undefined } = {},
    own: readonly number[] = features,
  ) => {
    const into = new Float64Array(FEATURE_NAMES.length + 2).fill(-7);
    writeFeatures({ features: own, levels }, { ...base, ...change }, into, 1);
    expect([into[0], into.at(-1)]).toEqual([-7, -7]);
    return into.subarray(1, -1);
  };

  test("are units a week as a ratio to the level, and all else as it is", () => {
    const row = written();
    // The first 25 features are units a week, the later ones are not.
    for (let i = 0; i < 25; i++) expect(row[i]).toBe((10 + i) / 4);
    for (let i = 25; i < OWN; i++) expect(row[i]).toBe(10 + i);
    for (const m of levels.keys()) expect(row[OWN + m]).toBe((100 + m) / 4);
  });

  test("are the logarithms of the level in mean weeks with demand and of seasons, none of these where no past year is known of all products", () => {
    const last = (change = {}) => [...written(change).slice(-3)];
    expect(last()).toEqual([expect.closeTo(Math.log(2), 12), 0.3, 0.5]);
    expect(last({ pooledSeason: undefined, ownSeason: 0 }).slice(1)).toEqual([MISSING, MISSING]);
  });

  test("are no ratios of what is missing, and none beyond fifty", () => {
    const row = written({}, [MISSING, 200, 201, ...features.slice(3)]);
    expect([...row.subarray(0, 3)]).toEqual([MISSING, 50, 50]);
  });
});
