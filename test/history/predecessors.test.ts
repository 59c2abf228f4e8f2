import { expect, test } from "vitest";
import { historiesSinceMonday } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { joinedLines, namedIds, withPredecessors, withSuccessions } from "../../src/history/predecessors.ts";
import { ORIGIN } from "../parts/lessons.ts";

const of = (predecessor: string, successor: string) => {
  return { predecessor, successor, since: ORIGIN - 70, customers: 9, customersBefore: 8 };
};
/** B succeeded A, and C succeeded B. */
const SUCCESSIONS = [of("A", "B"), of("B", "C")];

/** One line of each product, in weeks of their own: A sold 1, B 2 and so on. */
function linesOf(ids: readonly string[]) {
  const lines = new OrderLinesBuilder();
  for (const [product, id] of ids.entries()) {
    const number = "ABCD".indexOf(id);
    lines.add(product, "7", ORIGIN - 7 * (5 - number), number + 1, number);
  }
  return lines.build();
}

function historiesOf(productIds: readonly string[]) {
  const read = linesOf(withPredecessors(productIds, SUCCESSIONS));
  const histories = historiesSinceMonday(joinedLines(read, productIds, SUCCESSIONS), productIds.length, ORIGIN);
  return withSuccessions(histories, productIds, SUCCESSIONS);
}

test("a product's history is that of all that it succeeded, whatever else is in its batch", () => {
  const quantities = (productIds: readonly string[]) =>
    historiesOf(productIds).map((history) => [...history.quantities]);
  expect(quantities(["C"])).toEqual([[1, 2, 3, 0, 0]]);
  expect(quantities(["D", "C", "A"])).toEqual([
    [4, 0],
    [1, 2, 3, 0, 0],
    [1, 0, 0, 0, 0],
  ]);
  expect(quantities(["B", "A", "C", "D"])).toEqual([
    [1, 2, 0, 0, 0],
    [1, 0, 0, 0, 0],
    [1, 2, 3, 0, 0],
    [4, 0],
  ]);
});

test("it knows what it succeeded and what succeeded it, on the last Monday as well", () => {
  const [b, d, c, a] = historiesOf(["B", "D", "C", "A"]);
  expect(b).toMatchObject({
    succeeds: SUCCESSIONS[0],
    succeededBy: SUCCESSIONS[1],
    onMonday: { succeeds: SUCCESSIONS[0] },
  });
  expect([d!.succeeds, d!.succeededBy, c!.succeededBy, a!.succeeds]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(c!.succeeds).toEqual(SUCCESSIONS[1]);
  expect(a!.onMonday!.succeededBy).toEqual(SUCCESSIONS[0]);
});

test("lines of products without any are the very same, and only products that notes name are asked for", () => {
  const lines = linesOf(["D"]);
  expect(joinedLines(lines, ["D"], SUCCESSIONS)).toBe(lines);
  expect(withPredecessors(["D", "B"], SUCCESSIONS)).toEqual(["D", "B", "A"]);
  expect(namedIds(["D", "B"], SUCCESSIONS)).toEqual(["D", "B", "A", "C"]);
  expect(namedIds(["D"], SUCCESSIONS)).toEqual(["D"]);
});
