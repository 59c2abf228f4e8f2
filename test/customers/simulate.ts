import type { PurchaseParameters } from "../../src/customers/purchase-model.ts";
import type { FittedSummary } from "../../src/customers/summary.ts";
import { generator } from "../../src/numeric/random.ts";

/** A customer that behaves as the model says: the days of its orders, the first on day 0, up to a day. */
export function simulatedOrders(
  { regularity, firstMayBeLast, r, alpha, a, b }: PurchaseParameters,
  days: number,
  random: () => number,
): number[] {
  const rate = gamma(r, random) / alpha;
  const ofStopping = gamma(a, random);
  const stop = ofStopping / (ofStopping + gamma(b, random));
  const orders = [0];
  let day = 0;
  let stopped = firstMayBeLast && random() < stop;
  while (!stopped) {
    for (let tick = 0; tick < regularity; tick++) day += (-Math.log(1 - random()) / rate) * 7;
    if (day >= days) break;
    orders.push(day);
    stopped = random() < stop;
  }
  return orders;
}

export function simulatedSummaries(
  parameters: PurchaseParameters,
  count: number,
  weeks: number,
  seed: number,
): FittedSummary[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => {
    const days = simulatedOrders(parameters, weeks * 7, random);
    let logIntervals = 0;
    for (let i = 1; i < days.length; i++) logIntervals += Math.log((days[i]! - days[i - 1]!) / 7);
    return { repeats: days.length - 1, recency: days.at(-1)! / 7, age: weeks, logIntervals };
  });
}

/** Of scale one (Marsaglia & Tsang, A Simple Method for Generating Gamma Variables, 2000). */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
