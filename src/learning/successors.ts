import type { Succession } from "../history/succession.ts";
import { doAll, type LearningRunner } from "./runner.ts";
import { batchesOf, drawn, halved, type LearningPlan } from "./sample.ts";
import { type CustomersOf, Popularity, successionsAmong } from "./successions.ts";
import type { TurnoverTask } from "./task.ts";
import { type DatedProduct, turnoverOf } from "./turnover.ts";

/** Products that tell how much of the catalogue each customer buys. */
const MOST_POPULAR = 200;

/**
 * Finds products that go on under a new id. Where nothing began when something else ended, nothing is read; a product that
 * cannot be read has no successor and is none.
 *
 * @throws NotLearned
 */
export async function findSuccessions(
  { eligible, dated = [], historyStart, options: { origin } }: LearningPlan,
  runner: LearningRunner,
): Promise<Succession[]> {
  const { begun, ended } = turnoverOf(dated, origin);
  if (begun.length === 0) return [];
  const some = drawn(eligible).slice(0, MOST_POPULAR);
  const ids = [...new Set([...some, ...[...begun, ...ended].map(({ id }) => id)])];
  const tasks = batchesOf(ids).map(
    (productIds): TurnoverTask => ({ kind: "turnover", productIds, historyStart, origin }),
  );
  const { results } = await doAll(runner, tasks, halved);
  const known = new Map(results.flat(2).map((product) => [product.id, product]));
  const customersOf = (products: readonly DatedProduct[]) =>
    products.flatMap((product): CustomersOf[] => {
      const customers = known.get(product.id);
      return customers ? [{ ...product, ...customers }] : [];
    });
  const popularity = new Popularity(
    some.flatMap((id) => known.get(id) ?? []),
    origin,
  );
  return successionsAmong(customersOf(begun), customersOf(ended), popularity, origin);
}
