import fc from "fast-check";
import { expect, test } from "vitest";
import { type Id, OrderIndex } from "../../../src/sources/sqlite/order-index.ts";

function indexOf(ids: readonly Id[]): OrderIndex {
  const index = new OrderIndex(ids.length);
  for (const id of ids) index.add(id);
  index.complete();
  return index;
}

test("finds ascending numbers, other numbers, text and integers beyond 2^53", () => {
  const ids = [-5, 0, 3, 7, 4, "A1", "3", 9007199254740993n, 12];
  const index = indexOf(ids);
  for (const _ of ["first", "again"]) for (const [number, id] of ids.entries()) expect(index.find(id)).toBe(number);
  for (const id of [1, 13, -6, "B", 3n, 0.5]) expect(index.find(id)).toBeUndefined();
});

test("finds ids that lie close together as well as those far apart, and none between them", () => {
  for (const apart of [1, 3, 4, 5, 1000, 1e12]) {
    const ids = Array.from({ length: 50 }, (_, i) => 7 + apart * i);
    const index = indexOf(ids);
    for (const [number, id] of ids.entries()) expect(index.find(id)).toBe(number);
    for (const id of [6, 7.5, 7 + 50 * apart, ...(apart > 1 ? [8] : [])]) expect(index.find(id)).toBeUndefined();
  }
});

test("knows nothing when empty", () => {
  expect(indexOf([]).find(0)).toBeUndefined();
});

test("finds whatever was added, asked in any order", () => {
  const ids = fc.uniqueArray(fc.integer({ min: -3000, max: 3000 }), { maxLength: 2500, minLength: 1 });
  fc.assert(
    fc.property(ids, fc.boolean(), fc.array(fc.integer({ min: -3001, max: 3001 })), (some, sorted, asked) => {
      const added = sorted ? some.toSorted((a, b) => a - b) : some;
      const index = indexOf(added);
      for (const id of [...asked, ...added]) {
        const number = added.indexOf(id);
        expect(index.find(id)).toBe(number < 0 ? undefined : number);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});
