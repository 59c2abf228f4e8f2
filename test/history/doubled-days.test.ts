import { describe, expect, test } from "vitest";
import { type DaysOfLines, daysOfLines, doubledDays } from "../../src/history/doubled-days.ts";
import { productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";

interface Line {
  readonly order: string;
  readonly product: number;
  readonly customer: string | null;
  readonly day: number;
  readonly quantity: number;
}

const PRODUCTS = 12;

/** Orders of three lines on each of so many days, of as many customers. */
function linesOf(days: number, customers: number): Line[] {
  return Array.from({ length: days * customers * 3 }, (_, i) => {
    const order = Math.floor(i / 3);
    const day = Math.floor(order / customers);
    const product = (order + 5 * (i % 3)) % PRODUCTS;
    return { order: `${order}`, product, customer: `${order % customers}`, day, quantity: 1 + (i % 4) };
  });
}

const again = (line: Line): Line => ({ ...line, order: `again ${line.order}` });

function built(lines: readonly Line[]) {
  const builder = new OrderLinesBuilder();
  for (const { product, customer, day, quantity, order } of lines) builder.add(product, customer, day, quantity, order);
  return builder.build();
}

const daysFound = (lines: readonly Line[]) => doubledDays([daysOfLines(built(lines))]);

const USUAL = linesOf(100, 8);
const onDays = (...days: number[]) => USUAL.filter(({ day }) => days.includes(day));

describe("a day is doubled", () => {
  test.each<[string, Line[]]>([
    ["whose orders are all there again under new ids", onDays(40).map(again)],
    ["whose lines are all there again under the same ids", onDays(40)],
    ["of which nearly all orders are", onDays(40).slice(0, -2).map(again)],
    [
      "though a few others have lines that are there twice",
      [...onDays(40), ...USUAL.filter((_, i) => i % 40 === 0)].map(again),
    ],
  ])("%s", (_what, copies) => {
    expect(daysFound([...USUAL, ...copies])).toEqual([40]);
  });

  test("as well as others, also those with few orders next to each other", () => {
    expect(daysFound([...USUAL, ...onDays(20, 40, 41).map(again)])).toEqual([20, 40, 41]);
    const few = linesOf(100, 3);
    const copied = (...days: number[]) => few.filter(({ day }) => days.includes(day)).map(again);
    expect(daysFound([...few, ...copied(40)])).toEqual([]);
    expect(daysFound([...few, ...copied(40, 41)])).toEqual([40, 41]);
  });

  test("whichever products are counted together", () => {
    const lines = [...USUAL, ...onDays(40).map(again)];
    const parts = Array.from({ length: PRODUCTS }, (_, product): DaysOfLines => {
      return daysOfLines(built(lines.filter((line) => line.product === product)));
    });
    expect(doubledDays(parts)).toEqual([40]);
  });

  test("whatever orders without a customer are on it", () => {
    const nobody = onDays(40).map((line): Line => ({ ...line, order: `of nobody ${line.order}`, customer: null }));
    expect(daysFound([...USUAL, ...nobody, ...onDays(40).map(again)])).toEqual([40]);
    expect(daysFound([...USUAL, ...nobody, ...nobody])).toEqual([]);
  });
});

const FORTNIGHT = Array.from({ length: 14 }, (_, i) => 40 + i);
const ONE_FOR_A_FORTNIGHT = USUAL.filter(({ day, customer }) => customer === "3" || !FORTNIGHT.includes(day));

describe("a day is not doubled", () => {
  test.each<[string, Line[]]>([
    ["by nothing", USUAL],
    ["by no line at all", []],
    [
      "by one customer's orders",
      [
        ...USUAL,
        ...onDays(40)
          .filter(({ customer }) => customer === "3")
          .map(again),
      ],
    ],
    [
      "by those of the only customer of a fortnight",
      [
        ...ONE_FOR_A_FORTNIGHT,
        ...onDays(...FORTNIGHT)
          .filter(({ customer }) => customer === "3")
          .map(again),
      ],
    ],
    [
      "by half of its orders",
      [
        ...USUAL,
        ...onDays(40)
          .filter(({ customer }) => Number(customer) < 4)
          .map(again),
      ],
    ],
    ["by other quantities", [...USUAL, ...onDays(40).map((line) => ({ ...again(line), quantity: line.quantity + 1 }))]],
    [
      "by orders of other customers",
      [...USUAL, ...onDays(40).map((line) => ({ ...again(line), customer: `other ${line.customer}` }))],
    ],
    ["by three copies", [...USUAL, ...onDays(40).map(again), ...onDays(40)]],
    ["where every day is", [...USUAL, ...USUAL.map(again)]],
    ["where three of four are", [...USUAL, ...USUAL.filter(({ day }) => day % 4 > 0).map(again)]],
    [
      "where lines come in pairs as often as not",
      [
        ...USUAL,
        ...onDays(40).map(again),
        ...USUAL.filter(({ day, customer }) => day !== 40 && Number(customer) % 2 === 0),
      ],
    ],
  ])("%s", (_what, lines) => {
    expect(daysFound(lines)).toEqual([]);
  });
});

describe("what a product sold on a doubled day is counted once", () => {
  const ORIGIN = 100;
  const historiesOf = (lines: readonly Line[], days: readonly number[] = []) =>
    productHistories(built(lines), PRODUCTS, ORIGIN, days);
  const withoutNotes = (histories: ReturnType<typeof historiesOf>) =>
    histories.map(({ doubleImport: _, ...history }) => history);

  test.each<[string, Line[]]>([
    ["under new ids", onDays(40, 41).map(again)],
    ["under the same ids", onDays(40, 41)],
    ["under either", [...onDays(40).map(again), ...onDays(41)]],
  ])("%s, and each product of it knows of how much", (_what, copies) => {
    const found = historiesOf([...USUAL, ...copies], [40, 41]);
    expect(withoutNotes(found)).toEqual(historiesOf(USUAL));
    for (const [product, { doubleImport }] of found.entries()) {
      const own = copies.filter((line) => line.product === product);
      const days = own.map(({ day }) => day);
      const quantity = own.reduce((sum, line) => sum + line.quantity, 0);
      expect(doubleImport).toEqual(
        own.length === 0 ? undefined : { from: Math.min(...days), until: Math.max(...days), quantity },
      );
    }
  });

  test("with two equal orders of a customer, which were two before, in any order of lines", () => {
    const line = { product: 0, customer: "3", day: 40 };
    const orders = ["a", "b"].flatMap((order, i): Line[] => [
      { ...line, order, quantity: 1 },
      { ...line, order, quantity: 2 + i },
      { ...line, order: `${order} alike`, quantity: 7 },
    ]);
    const all = [...USUAL, ...orders];
    const copies = all.filter(({ day }) => day === 40).map(again);
    expect(withoutNotes(historiesOf([...all, ...copies], [40]))).toEqual(historiesOf(all));
    expect(withoutNotes(historiesOf([...copies, ...all].toReversed(), [40]))).toEqual(historiesOf(all));
  });

  test("but not what is there once", () => {
    const once: Line = { order: "once", product: 0, customer: "new", day: 40, quantity: 9 };
    const all = [...USUAL, once];
    expect(withoutNotes(historiesOf([...all, ...onDays(40).map(again)], [40]))).toEqual(historiesOf(all));
  });
});
