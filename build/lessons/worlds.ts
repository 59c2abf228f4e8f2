import { join } from "node:path";
import { type Day, parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";
import { readOrders } from "./orders.ts";
import { randomWorld } from "./random-world.ts";

/** A catalogue as it was known at a day. */
export interface World {
  readonly name: string;
  readonly histories: readonly ProductHistory[];
  readonly origin: Day;
  readonly withCustomers: boolean;
}

const RANDOM_WORLDS = 60;
const WHOLESALERS = 16;
const END = parseDay("2025-01-01");
/** Real orders and the days up to which they are looked at: before all that the project's figures are measured on. */
const REAL = [
  { file: "liquor-orders.csv.gz", end: "2019-10-08" },
  { file: "liquor-orders.csv.gz", end: "2019-04-02" },
  { file: "wholesale-orders.csv.gz", end: "2010-09-13" },
];

/** Seeds are others than those of the demo, the tests and the bench; of every fourth world customers are not looked at. */
export function* worlds(folder: string | undefined): Generator<World> {
  for (let i = 0; i < RANDOM_WORLDS; i++) {
    const products = 150 + ((37 * i) % 200);
    const origin = END + 17 * i;
    const histories = productHistories(randomWorld(9000 + i, products, origin), products, origin);
    yield { name: `random ${i}`, histories, origin, withCustomers: i % 4 !== 0 };
  }
  for (let i = 0; i < WHOLESALERS; i++) {
    const origin = END + 23 * i;
    const start = origin - 7 * (40 + ((53 * i) % 300));
    const customers = 40 + ((71 * i) % 250);
    const { productIds, lines } = simulateOrders({ seed: 7000 + i, products: 300, customers, start, end: origin });
    const histories = productHistories(lines, productIds.length, origin);
    yield { name: `wholesaler ${i}`, histories, origin, withCustomers: i % 4 !== 1 };
  }
  if (folder === undefined) return;
  for (const [i, { file, end }] of REAL.entries()) {
    const origin = parseDay(end);
    const { lines, products } = readOrders(join(folder, file), origin);
    yield {
      name: `${file} ${end}`,
      histories: productHistories(lines, products, origin),
      origin,
      withCustomers: i !== 1,
    };
  }
}
