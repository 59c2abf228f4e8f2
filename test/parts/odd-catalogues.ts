import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { Random } from "../../src/simulation/random.ts";
import { ORIGIN } from "./lessons.ts";

const YEAR_DAYS = 365;

/**
 * A few products, about as many as are just enough to learn from, with everything that makes little of them known: rare orders,
 * sizes from one to thousands, tiny or huge units, days on which all are ordered, spells of many orders, returns, products that
 * ended, and histories of weeks or years. Each seed has some of it.
 */
export function oddCatalogue(seed: number): OrderBook {
  const random = new Random(seed);
  const oneOf = <Item>(...items: Item[]) => items[random.below(items.length)]!;
  const often = (share: number) => random.uniform() < share;
  const products = oneOf(1, 2, 5, 19, 20, 21, 22, 25, 30, 40);
  const days = YEAR_DAYS * oneOf(0.1, 0.3, 0.6, 1, 1.5, 2, 4, 6);
  const daysBetween = oneOf(3, 10, 30, 90, 200);
  const unit = oneOf(1, 1, 1, 1e-6, 0.001, 1e6, 1e9);
  const [isLumpy, hasReturns, isTogether, hasEnds, hasSpells] = [0.4, 0.3, 0.3, 0.3, 0.4].map(often);
  const commonDays = Array.from({ length: 60 }, () => random.below(days));

  const lines = new OrderLinesBuilder();
  let order = 0;
  for (let product = 0; product < products; product++) {
    const first = Math.floor(random.uniform() * random.uniform() * days);
    const last = hasEnds ? random.below(first + 1) : 0;
    const add = (daysAgo: number) => {
      if (daysAgo > first || daysAgo <= last) return;
      const units = (1 + random.below(10)) * (isLumpy ? Math.floor(2 ** (12 * random.uniform())) : 1);
      const sign = hasReturns && often(0.3) ? -1 : 1;
      lines.add(product, often(0.05) ? null : `c${random.below(8)}`, ORIGIN - daysAgo, sign * units * unit, order++);
    };
    if (isTogether) for (const day of commonDays) if (often(0.5)) add(day);
    for (let day = first; !isTogether && day > 0; day -= Math.ceil(random.exponential() * daysBetween)) add(day);
    const spell = random.below(first + 1);
    for (let i = 0; hasSpells && i < 10; i++) add(spell - random.below(10));
  }
  const productIds = Array.from({ length: products }, (_, product) => `X${product}`);
  return { productIds, lines: lines.build(), names: { products: new Map(), customers: new Map() } };
}
