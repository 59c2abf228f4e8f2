import { describe, expect, test } from "vitest";
import type { Succession } from "../../src/history/succession.ts";
import { findSuccessions } from "../../src/learning/successors.ts";
import type { LearningTask } from "../../src/learning/task.ts";
import { generator } from "../../src/numeric/random.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { SourceError } from "../../src/sources/source.ts";
import { orderedRunner } from "../../src/workers/in-order.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import { LEARNING, ORIGIN, PERIOD, planOf, runnerOn, taskOn } from "../parts/lessons.ts";
import { type Line, orderBook } from "../parts/orders.ts";
import { renamed, shop } from "../parts/renamed.ts";

const weeksAgo = (weeks: number) => ORIGIN - 7 * weeks;
const sourceOf = (lines: readonly Line[]) => new MemorySource(shareOrderBook(orderBook(lines)));

async function successions(lines: readonly Line[]): Promise<Succession[]> {
  const source = sourceOf(lines);
  return findSuccessions(await planOf(source), runnerOn(source));
}

const pairs = async (lines: readonly Line[]) =>
  (await successions(lines)).map(({ predecessor, successor }) => `${predecessor} → ${successor}`);

const SHOP = shop(40);
const RENAMED = renamed(SHOP, "7", "N", weeksAgo(10));

describe("a product that goes on under a new id", () => {
  test("is known by its customers, with the day and how many they are", async () => {
    const [succession, ...others] = await successions(RENAMED);
    expect(others).toEqual([]);
    expect(succession).toMatchObject({ predecessor: "7", successor: "N" });
    expect(succession!.since - weeksAgo(10)).toBeLessThan(7);
    expect(succession!.customersBefore).toBeGreaterThanOrEqual(12);
    expect(succession!.customers).toBeGreaterThanOrEqual(succession!.customersBefore);
  });

  test("is found in a catalogue of eight", async () => {
    expect(await pairs(renamed(shop(8), "3", "N", weeksAgo(10)))).toEqual(["3 → N"]);
  });

  test("is found twice where it was renamed twice, and beside another", async () => {
    const twice = renamed(renamed(SHOP, "7", "M", weeksAgo(60)), "M", "N", weeksAgo(12));
    expect((await pairs(renamed(twice, "8", "P", weeksAgo(10)))).sort()).toEqual(["7 → M", "8 → P", "M → N"]);
  });

  test("may be sold together with what it replaces for some weeks", async () => {
    const random = generator(3);
    const together = RENAMED.map((line): Line => {
      const [order, product, customer, date, quantity] = line;
      return product === "N" && date < "2025-09-23" && random() < 0.5 ? [order, "7", customer, date, quantity] : line;
    });
    expect(await pairs(together)).toEqual(["7 → N"]);
  });

  test("is found whatever it is counted in, and in whatever order the source tells of products and lines", async () => {
    const found = await successions(RENAMED);
    const inBoxes = RENAMED.map(([order, product, customer, date, quantity]): Line => {
      return [order, product, customer, date, product === "N" ? quantity / 12 : 1000 * quantity];
    });
    expect(await successions(inBoxes)).toEqual(found);
    expect(await successions(RENAMED.toReversed())).toEqual(found);
    const source = sourceOf(RENAMED);
    const plan = await planOf(source);
    const turned = { ...plan, eligible: plan.eligible.toReversed(), dated: plan.dated!.toReversed() };
    expect(await findSuccessions(turned, runnerOn(source))).toEqual(found);
  });

  test("is found whatever else is sold, or new, or ended", async () => {
    const found = await successions(RENAMED);
    expect(await successions(RENAMED.filter(([, product]) => product !== "20"))).toEqual(found);
    const gone = RENAMED.filter(([, product, , date]) => product !== "21" || date < "2025-08-20");
    const launched = gone.filter(([, product, , date]) => product !== "30" || date >= "2025-08-27");
    expect(await successions(launched)).toEqual(found);
  });
});

describe("there is no successor", () => {
  test("where nothing began when something ended: no order line is read", async () => {
    const source = sourceOf(SHOP);
    const plan = await planOf(source);
    const nothing = { runAll: () => expect.unreachable("something was read") };
    expect(await findSuccessions(plan, nothing as never)).toEqual([]);
    expect(await findSuccessions({ ...plan, dated: undefined }, nothing as never)).toEqual([]);
  });

  test("where those who share two products buy all of the catalogue", async () => {
    const random = generator(5);
    const lines: Line[] = [];
    // Ten customers buy each product now and then: the one that ends and the one that begins have them all.
    for (let product = 0; product < 60; product++) {
      const [from, until] = product === 0 ? [-700, -80] : product === 1 ? [-75, 0] : [-700, 0];
      for (let day = from + Math.floor(10 * random()); day < until; day += 1 + Math.floor(6 * random())) {
        const date = new Date((ORIGIN + day) * 86_400_000).toISOString().slice(0, 10);
        lines.push([`${lines.length}`, `${product}`, `${Math.floor(10 * random())}`, date, 5]);
      }
    }
    expect(await successions(lines)).toEqual([]);
  });

  test("where two new products have the customers of the old one", async () => {
    const both = RENAMED.map((line, i): Line => {
      const [order, product, customer, date, quantity] = line;
      return product === "N" ? [order, i % 2 === 0 ? "N" : "M", customer, date, quantity] : line;
    });
    const doubled = RENAMED.flatMap((line): Line[] => {
      const [order, product, customer, date, quantity] = line;
      return product === "N" ? [line, [`${order}-2`, "M", customer, date, quantity]] : [line];
    });
    expect(await successions(doubled)).toEqual([]);
    expect(await successions(both)).toEqual([]);
  });

  test("where the old product is still ordered, or had no time to be missed", async () => {
    const back = RENAMED.map((line): Line => {
      const [order, product, customer, date, quantity] = line;
      return product === "N" && date >= "2025-10-28" ? [order, "7", customer, date, quantity] : line;
    });
    expect(await successions(back)).toEqual([]);
    expect(await successions(renamed(SHOP, "7", "N", weeksAgo(2)))).toEqual([]);
  });

  test("where the old one ended long before, or the new one has other customers", async () => {
    const late = RENAMED.filter(([, product, , date]) => product !== "7" || date < "2025-06-01");
    expect(await successions(late)).toEqual([]);
    const others = RENAMED.map((line): Line => {
      const [order, product, customer, date, quantity] = line;
      return product === "N" ? [order, product, `${(Number(customer) + 29) % 60}`, date, quantity] : line;
    });
    expect(await successions(others)).toEqual([]);
  });
});

describe("successors are the same", () => {
  /** Answers late, and the sooner asked the later. */
  const inThreads = (threads: number, mostProducts: number) => {
    const source = sourceOf(RENAMED);
    let delay = 20;
    const run = async (task: LearningTask) => {
      delay = Math.max(0, delay - 4);
      await new Promise((resolve) => setTimeout(resolve, delay));
      const isTooMuch = "productIds" in task && task.productIds.length > mostProducts;
      return isTooMuch
        ? { ok: false as const, reason: new SourceError("broke off").message, unavailable: false }
        : { ok: true as const, result: await taskOn(source, task) };
    };
    return orderedRunner({ run } as never, threads, new Interruption());
  };

  test.each([
    [1, 50],
    [4, 50],
    [3, 7],
    [2, 1],
  ])("with %i threads and where no more than %i products can be read at once", async (threads, most) => {
    const plan = await planOf(sourceOf(RENAMED));
    expect(await findSuccessions(plan, inThreads(threads, most))).toEqual(await successions(RENAMED));
  });

  test("as of any later day of its first two years", async () => {
    const old = renamed(shop(40), "7", "N", weeksAgo(60));
    for (const origin of [weeksAgo(45), weeksAgo(30), weeksAgo(8), ORIGIN]) {
      const source = sourceOf(old);
      const dated = await source.eligibleProducts({ ...PERIOD, origin, minCustomers: 2, minOrders: 3 });
      const plan = { eligible: dated.map(({ id }) => id), dated, historyStart: PERIOD.start };
      const found = await findSuccessions({ ...plan, options: { ...LEARNING, origin } }, runnerOn(source));
      expect(found.map(({ successor }) => successor)).toEqual(["N"]);
    }
  });
});
