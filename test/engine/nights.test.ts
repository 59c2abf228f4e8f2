import { expect, test } from "vitest";
import { forecastDemand } from "../../src/forecast/demand.ts";
import { historiesSinceMonday, type ProductHistory } from "../../src/history/history.ts";
import { learn } from "../../src/learning/learn.ts";
import { quantile } from "../../src/numeric/quantile.ts";
import { sum } from "../../src/numeric/sum.ts";
import { learnableSource, ORIGIN, PERIOD, planOf, runnerOn } from "../parts/lessons.ts";

const source = learnableSource();

/** What is expected of each product on a day, and what would be if its last Monday did not count. */
async function nightOf(origin: number) {
  const { demand } = await learn(await planOf(source, { origin }), runnerOn(source));
  const { eligible } = await planOf(source);
  const lines = await source.orderLines(eligible, { ...PERIOD, origin });
  const histories = historiesSinceMonday(lines, eligible.length, origin);
  const totalOf = (history: ProductHistory) => sum(forecastDemand(history, origin, demand).mean);
  return histories.map((history) => ({
    orders: history.ordersPerWeek.reduce((all, orders) => all + orders, 0),
    total: totalOf(history),
    alone: totalOf({ ...history, onMonday: undefined }),
  }));
}

test("products that nobody orders move by less than half as much from night to night as their weeks alone would have it", async () => {
  // From a Thursday to a Friday, before the last order.
  const [before, after] = [await nightOf(ORIGIN - 5), await nightOf(ORIGIN - 4)];
  const moves = before.flatMap((first, i) => {
    const next = after[i]!;
    if (next.orders !== first.orders || first.alone < 1) return [];
    return [{ total: Math.abs(next.total / first.total - 1), alone: Math.abs(next.alone / first.alone - 1) }];
  });
  const middle = (of: "total" | "alone") =>
    quantile(
      Float64Array.from(moves, (move) => move[of]),
      0.5,
    );
  expect(moves.length).toBeGreaterThan(100);
  expect(middle("total")).toBeLessThan(0.5 * middle("alone"));
});
