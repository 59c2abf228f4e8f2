import { type Day, formatDay, parseDay } from "../../src/history/calendar.ts";
import { generator } from "../../src/numeric/random.ts";
import { ORIGIN } from "./lessons.ts";
import type { Line } from "./orders.ts";

/**
 * Two years of so many products, each with twelve of 60 customers, who order eight units or so every three weeks or so, and
 * a few others once.
 */
export function shop(products: number, seed = 1): Line[] {
  const random = generator(seed);
  const lines: Line[] = [];
  for (let product = 0; product < products; product++) {
    const customers = Array.from({ length: 12 }, (_, i) => `${(7 * product + 5 * i) % 60}`);
    for (const customer of customers) {
      for (let day = ORIGIN - 728 + 21 * random(); day < ORIGIN; day += 14 + 14 * random()) {
        lines.push([
          `${lines.length}`,
          `${product}`,
          customer,
          formatDay(Math.floor(day)),
          6 + Math.floor(5 * random()),
        ]);
      }
    }
    for (let once = 0; once < 10; once++) {
      const day = formatDay(ORIGIN - 1 - Math.floor(700 * random()));
      lines.push([`${lines.length}`, `${product}`, `${Math.floor(60 * random())}`, day, 4]);
    }
  }
  return lines;
}

/** The same with a product sold under a new id from a day on. */
export function renamed(lines: readonly Line[], product: string, id: string, from: Day): Line[] {
  return lines.map(([order, sold, customer, date, quantity]) => {
    return [order, sold === product && parseDay(date) >= from ? id : sold, customer, date, quantity];
  });
}
