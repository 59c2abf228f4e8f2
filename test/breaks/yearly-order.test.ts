import { describe, expect, test } from "vitest";
import { yearlyOrders } from "../../src/breaks/yearly-order.ts";
import { historyOf, inUnits, type Line, ORIGIN, ordinary } from "./histories.ts";

const USUAL = ordinary(200);
const find = (lines: readonly Line[]) => yearlyOrders(historyOf(lines), ORIGIN, 12);
/** A school's orders, the last of them so many days ago. */
const school = (last: number, years = 3, between = 365): Line[] =>
  Array.from({ length: years }, (_, year) => [last + between * year, "school", 2000 + 30 * year]);

describe("a large order that comes every year", () => {
  test("is taken out of the history, and due on its day", () => {
    const found = find([...USUAL, ...school(340)])!;
    expect(found.history.quantities).toEqual(historyOf(USUAL).quantities);
    expect(found.breaks).toEqual([
      {
        ...{ kind: "yearly-order", due: ORIGIN + 25, quantity: 2030, years: 3 },
        customer: { id: "school", quantity: 6090 },
      },
    ]);
    expect([...found.due]).toEqual([0, 0, 0, 2030, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("is known after two years, and may be split", () => {
    const split: Line[] = [
      [342, "school", 1000],
      [340, "school", 1000],
      [700, "school", 2000],
    ];
    expect(find([...USUAL, ...split])!.breaks).toMatchObject([{ years: 2, quantity: 2000 }]);
  });

  test("is due at once where it is a little late, and not any more where it did not come", () => {
    const late = find([...USUAL, ...school(380)])!;
    expect(late.due[0]).toBe(2030);
    expect(late.breaks).toMatchObject([{ due: ORIGIN - 15 }]);
    const skipped = find([...USUAL, ...school(390)])!;
    expect([skipped.breaks, Math.max(...skipped.due)]).toEqual([[], 0]);
    expect(skipped.history.quantities).toEqual(historyOf(USUAL).quantities);
  });

  test("is not due where the horizon ends before, but taken out", () => {
    const found = find([...USUAL, ...school(200)])!;
    expect([found.breaks, Math.max(...found.due)]).toEqual([[], 0]);
    expect(found.history.quantities).toEqual(historyOf(USUAL).quantities);
  });

  test("is found in any unit, also of several customers, who may order little meanwhile", () => {
    const meanwhile: Line[] = [100, 300, 500, 650].map((daysAgo) => [daysAgo, "school", 5]);
    const other = school(310, 2).map(([d, , q]): Line => [d, "another", q]);
    for (const unit of [1e-3, 1e3]) {
      const { breaks } = find(inUnits([...USUAL, ...school(340), ...meanwhile, ...other], unit))!;
      expect(breaks).toMatchObject([
        { customer: { id: "school" }, quantity: expect.closeTo(2030 * unit, 9) },
        { customer: { id: "another" }, quantity: expect.closeTo(2015 * unit, 9) },
      ]);
    }
  });

  test("may be all that is sold", () => {
    const alone = find([...school(340), [341, "1", 1]])!;
    expect(alone.due[3]).toBe(2030);
    expect(Math.max(...alone.history.quantities)).toBe(1);
  });
});

test.each<[string, readonly Line[]]>([
  ["came once", school(340, 1)],
  ["comes twice a year", school(160, 6, 182)],
  ["comes at any time", school(340, 3, 420)],
  ["is of an ordinary size", inUnits(school(340), 0.005)],
  ["is of several customers", school(340).map(([d, , q], i): Line => [d, `${i}`, q])],
])("an order is not yearly that %s", (_what, lines) => {
  expect(find([...USUAL, ...lines])).toBeUndefined();
});

test("an order is not a customer's that another one placed the year before: it comes every year, whoever places it", () => {
  const orders = school(340, 4).map(([daysAgo, , quantity], i): Line => [daysAgo, i < 2 ? "new" : `${i}`, quantity]);
  expect(find([...USUAL, ...orders])).toBeUndefined();
  expect(find([...USUAL, ...orders.slice(0, 2)])).toBeDefined();
});

test("of a product that is seldom sold two orders a year apart are chance", () => {
  const seldom = [30, 130, 300, 420, 610, 900].map((daysAgo): Line => [daysAgo, `${daysAgo}`, 3]);
  expect(find([...seldom, ...school(340, 2)])).toBeUndefined();
  expect(find([...seldom, ...school(340, 3)])).toBeDefined();
});
