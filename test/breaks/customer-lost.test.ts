import { describe, expect, test } from "vitest";
import { lostCustomers } from "../../src/breaks/customer-lost.ts";
import { every, historyOf, inUnits, type Line, ORIGIN, ordinary } from "./histories.ts";

const OTHERS = ordinary(110);
/** A customer of about 60 % of the units, every other week until so many days ago. */
const large = (until: number) => every(14, "large", 80, until + 14 * 50, until);
const ALWAYS = new Float64Array(110).fill(1);
const find = (lines: readonly Line[], index = ALWAYS) => lostCustomers(historyOf(lines), ORIGIN, 12, index);

describe("a customer of a large share", () => {
  test("is lost who is silent for twice its rhythm, and the history is that of the others", () => {
    const found = find([...OTHERS, ...large(29)])!;
    expect(found.breaks).toEqual([
      {
        ...{ kind: "customer-lost", lastOrder: ORIGIN - 29, share: expect.closeTo(0.6, 1), quantityAWeek: 40 },
        customer: { id: "large", quantity: 2080 },
      },
    ]);
    expect(found.isOpen).toBe(true);
    const others = historyOf(OTHERS);
    expect(found.history.quantities).toEqual(others.quantities);
    expect(found.history.ordersPerWeek).toEqual(others.ordersPerWeek);
    expect(found.history.customersPerWeek).toEqual(others.customersPerWeek);
    expect(found.history.customers).toEqual(others.customers);
  });

  test("is lost without doubt after four intervals, no news after half a year, and of the past after a year", () => {
    expect(find([...OTHERS, ...large(60)])).toMatchObject({ isOpen: false });
    expect(find([...OTHERS, ...large(180)])!.breaks).toHaveLength(1);
    const old = find([...OTHERS, ...large(185)])!;
    expect(old.breaks).toEqual([]);
    expect(old.history.quantities).toEqual(historyOf(OTHERS).quantities);
    expect(find([...OTHERS, ...large(370)])).toBeUndefined();
  });

  test("is lost by its rhythm, whatever the unit", () => {
    for (const factor of [0.001, 1000]) {
      const found = find(inUnits([...OTHERS, ...large(29)], factor))!;
      expect(found.breaks).toMatchObject([{ share: expect.closeTo(0.6, 1), lastOrder: ORIGIN - 29 }]);
    }
  });

  test("leaves a history that begins with the others", () => {
    const found = find([...ordinary(60), ...large(40)])!;
    expect(found.history.quantities).toEqual(historyOf(ordinary(60)).quantities);
  });

  test("leaves no negative weeks that sold, and the returns of others", () => {
    const returned: Line[] = [
      [43, "large", -30],
      [20, "1", -500],
    ];
    const { quantities } = find([...OTHERS, ...large(43), ...returned])!.history;
    const others = historyOf(OTHERS).quantities;
    expect(quantities.at(-7)).toBe(Math.max(0, others.at(-7)! - 30));
    expect(quantities.at(-3)).toBe(others.at(-3)! - 500);
  });
});

test("nobody is silent in weeks in which no orders were taken", () => {
  const silent = [...ordinary(110), ...large(1)].map(([d, ...rest]): Line => [d + 21, ...rest]);
  const again = [...silent, ...ordinary(1)];
  expect(find([...OTHERS, ...large(29)], ALWAYS.with(-3, 0).with(-2, 0))).toBeUndefined();
  expect(find(again, ALWAYS.with(-3, 0).with(-2, 0))).toBeUndefined();
  expect(find([...OTHERS, ...large(60)], ALWAYS.with(-3, 0).with(-2, 0))!.breaks).toHaveLength(1);
});

test.each<[string, readonly Line[]]>([
  ["within its rhythm", [...OTHERS, ...large(20)]],
  ["of a small share", [...OTHERS, ...inUnits(large(60), 0.15)]],
  ["who ordered only five times", [...OTHERS, ...every(14, "large", 300, 60 + 14 * 4, 60)]],
  [
    "who comes at any time",
    [...OTHERS, ...[300, 290, 250, 249, 230, 160, 158, 100, 60].map((d): Line => [d, "l", 500])],
  ],
  [
    "who rests every year as long",
    [...OTHERS, ...every(14, "large", 80, 700, 480), ...every(14, "large", 80, 400, 79)],
  ],
  ["where all are silent", [...ordinary(110), ...large(1)].map(([d, ...rest]): Line => [d + 42, ...rest])],
  ["whose place another took", [...OTHERS, ...large(43), ...every(14, "its successor", 80, 29)]],
  ["who is the only one", large(60)],
])("a customer is not lost %s", (_what, lines) => {
  expect(find(lines)).toBeUndefined();
});
