import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import type { OrderLines } from "../../src/history/order-lines.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";

const OPTIONS = { seed: 1, products: 500, customers: 300, start: parseDay("2019-01-01"), end: parseDay("2025-11-11") };
const WEEKS = Math.floor((OPTIONS.end - OPTIONS.start) / 7);

const { productIds, lines, names } = simulateOrders(OPTIONS);
const rows = Array.from(lines.day.keys());
const weekly = weeklyQuantities(lines);
const [firstDay, lastDay] = firstAndLastDays(lines);

describe("the same options give the same lines", () => {
  const CHECKSUM = "2b8ac779b0bd1418cd22740d0893aeaaf57061c4acfe93d52c134468e7d56977";
  const program = `
    import { createHash } from "node:crypto";
    import { simulateOrders } from "${new URL("../../src/simulation/wholesaler.ts", import.meta.url)}";
    const { productIds, lines, names } = simulateOrders(${JSON.stringify(OPTIONS)});
    const hash = createHash("sha256");
    for (const column of [lines.product, lines.customer, lines.day, lines.quantity, lines.order])
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    hash.update(JSON.stringify([productIds, lines.customers, [...names.products], [...names.customers]]));
    console.log(hash.digest("hex"));
  `;

  it.each([
    ["bun", ["--eval"]],
    ["deno", ["eval", "--no-config", "--no-lock"]],
  ])("on %s", (runtime, flags) => {
    const command = fileURLToPath(new URL(`../../node_modules/.bin/${runtime}`, import.meta.url));
    const { stdout, stderr } = spawnSync(command, [...flags, program], { encoding: "utf8" });
    expect(stdout.trim(), stderr).toBe(CHECKSUM);
  });

  it("but for another seed", () => {
    const other = simulateOrders({ ...OPTIONS, seed: 2 });
    expect(other.lines.quantity.slice(0, 1000)).not.toEqual(lines.quantity.slice(0, 1000));
  });

  it("and an earlier end in the same year only leaves out the last ones", () => {
    const end = OPTIONS.end - 60;
    const shorter = simulateOrders({ ...OPTIONS, end });
    const length = lines.day.findIndex((day) => day >= end);
    expect(shorter.lines).toEqual({
      product: lines.product.subarray(0, length),
      customer: lines.customer.subarray(0, length),
      day: lines.day.subarray(0, length),
      quantity: lines.quantity.subarray(0, length),
      order: lines.order.subarray(0, length),
      customers: lines.customers.slice(0, shorter.lines.customers.length),
    });
    expect(shorter.productIds).toEqual(productIds);
  });
});

describe("order lines", () => {
  it("are of the promised number", () => {
    expect(lines.day.length).toBeGreaterThan(150_000);
    expect(lines.day.length).toBeLessThan(300_000);
    expect(simulateOrders({ ...OPTIONS, end: OPTIONS.start }).lines.day).toHaveLength(0);
  });

  it("fall into the period, day after day", () => {
    expect(lines.day.at(0)).toBeGreaterThanOrEqual(OPTIONS.start);
    expect(lines.day.at(-1)).toBeLessThan(OPTIONS.end);
    expect(rows.every((i) => i === 0 || lines.day[i]! >= lines.day[i - 1]!)).toBe(true);
  });

  it("have a quantity, whole unless sold by weight", () => {
    expect(lines.quantity.every((quantity) => Number.isFinite(quantity) && quantity !== 0)).toBe(true);
    const decimals = rows.filter((i) => !Number.isInteger(lines.quantity[i]));
    expect(decimals.length).toBeGreaterThan(1000);
    expect(decimals.every((i) => nameOf(lines.product[i]!).endsWith("per kg"))).toBe(true);
    expect(decimals.every((i) => Number(lines.quantity[i]!.toFixed(1)) === lines.quantity[i])).toBe(true);
  });

  it("come in packs for some products", () => {
    const inPacks = new Set(productIds.keys());
    for (const i of rows) if (lines.quantity[i]! % 6 !== 0) inPacks.delete(lines.product[i]!);
    expect(inPacks.size).toBeGreaterThan(50);
    expect(inPacks.size).toBeLessThan(200);
  });

  it("of one order are of one customer and one day, and of different products", () => {
    const first = new Map<number, number>();
    for (const i of rows) {
      const j = first.get(lines.order[i]!) ?? i;
      first.set(lines.order[i]!, j);
      if (lines.day[i] !== lines.day[j] || lines.customer[i] !== lines.customer[j])
        expect.fail(`order ${lines.order[i]}`);
    }
    expect(first.size).toBeLessThan(lines.day.length / 2);
    expect(new Set(rows.map((i) => `${lines.order[i]} ${lines.product[i]}`)).size).toBe(lines.day.length);
  });

  it("are returns in one of fifty, after the customer bought as much", () => {
    const returns = rows.filter((i) => lines.quantity[i]! < 0);
    expect(returns.length / lines.day.length).toBeGreaterThan(0.015);
    expect(returns.length / lines.day.length).toBeLessThan(0.025);
    const bought = new Map<string, number>();
    for (const i of rows) {
      const key = `${lines.product[i]} ${lines.customer[i]}`;
      bought.set(key, (bought.get(key) ?? 0) + lines.quantity[i]!);
      if (bought.get(key)! < -1e-6) expect.fail(`more returned than bought: ${key}`);
    }
    const orders = new Set(returns.map((i) => lines.order[i]));
    expect(rows.filter((i) => orders.has(lines.order[i]!))).toHaveLength(returns.length);
  });

  it("are few on weekends and around New Year", () => {
    const weekend = rows.filter((i) => (lines.day[i]! + 3) % 7 >= 5);
    expect(weekend.length / lines.day.length).toBeLessThan(0.06);
    const dates = rows.map((i) => formatDay(lines.day[i]!).slice(5));
    const closed = dates.filter((date) => date >= "12-24" || date <= "01-02").length / 10;
    const november = dates.filter((date) => date.startsWith("11")).length / 30;
    expect(closed).toBeLessThan(november / 4);
    expect(closed).toBeGreaterThan(0);
  });
});

describe("products", () => {
  it("have an integer of their own as id, with gaps, and a name of their own", () => {
    expect(productIds).toHaveLength(500);
    expect(productIds[0]).toBe("1001");
    expect(productIds.every((id, p) => p === 0 || Number(id) > Number(productIds[p - 1]))).toBe(true);
    expect(Number(productIds.at(-1))).toBeGreaterThan(1001 + 500);
    expect([...names.products.keys()]).toEqual(productIds);
    expect(new Set(names.products.values()).size).toBe(500);
  });

  it("sell a few a week mostly, hundreds the best", () => {
    const means = weekly.map((quantities) => sum(quantities.slice(-52)) / 52).sort((a, b) => a - b);
    expect(means.at(250)).toBeGreaterThan(1);
    expect(means.at(250)).toBeLessThan(10);
    expect(means.at(-1)).toBeGreaterThan(300);
    expect(means.at(-1)).toBeLessThan(2000);
  });

  it("are smooth, erratic, intermittent and lumpy", () => {
    const counts = Map.groupBy(weekly, demandPattern);
    for (const pattern of ["smooth", "erratic", "intermittent", "lumpy"])
      expect(counts.get(pattern)?.length, pattern).toBeGreaterThan(20);
  });

  it("were launched in the last years, months and weeks", () => {
    const launchedWithin = (days: number) => firstDay.filter((day) => day >= OPTIONS.end - days).length;
    expect(launchedWithin(3 * 365)).toBeGreaterThan(40);
    expect(launchedWithin(120)).toBeGreaterThan(3);
    expect(launchedWithin(35)).toBeGreaterThanOrEqual(1);
  });

  it("are dead in some cases", () => {
    const dead = lastDay.filter((day) => day < OPTIONS.end - 365).length;
    expect(dead).toBeGreaterThan(30);
    expect(dead).toBeLessThan(120);
  });

  it("have the season of their family", () => {
    const heating = familyWeeks(/ W$/);
    const fasteners = familyWeeks(/ mm$/);
    expect(autocorrelation(heating, 52)).toBeGreaterThan(0.6);
    expect(autocorrelation(fasteners, 52)).toBeLessThan(0.4);
    const months = monthlyQuantities(/ W$/);
    expect(months[9]! / months[5]!).toBeGreaterThan(3);
  });
});

describe("customers", () => {
  const days = Map.groupBy(rows, (i) => lines.customer[i]!);
  const spans = [...days.values()].map((own) => ({
    first: lines.day[own[0]!]!,
    last: lines.day[own.at(-1)!]!,
    orders: new Set(own.filter((i) => lines.quantity[i]! > 0).map((i) => lines.order[i])).size,
  }));

  it("have an integer of their own as id, and a name", () => {
    expect(new Set(lines.customers).size).toBe(lines.customers.length);
    expect(lines.customers.every((id) => /^\d+$/.test(id) && names.customers.has(id))).toBe(true);
    expect(new Set(names.customers.values()).size).toBe(300);
  });

  it("arrive, leave, or order only once", () => {
    expect(spans.filter(({ first }) => first > OPTIONS.end - 2 * 365).length).toBeGreaterThan(20);
    expect(spans.filter(({ last }) => last < OPTIONS.end - 365).length).toBeGreaterThan(50);
    expect(spans.filter(({ orders }) => orders === 1).length).toBeGreaterThan(5);
  });
});

function nameOf(product: number): string {
  return names.products.get(productIds[product]!)!;
}

/** Per product; NaN for those that nobody bought. */
function firstAndLastDays({ product, day }: OrderLines): [Float64Array, Float64Array] {
  const first = new Float64Array(productIds.length).fill(Number.NaN);
  const last = first.slice();
  for (const [i, p] of product.entries()) {
    if (Number.isNaN(first[p])) first[p] = day[i]!;
    last[p] = day[i]!;
  }
  return [first, last];
}

/** Per product, oldest week first; the weeks end with the period. */
function weeklyQuantities({ product, day, quantity }: OrderLines): Float64Array[] {
  const quantities = productIds.map(() => new Float64Array(WEEKS));
  for (const [i, p] of product.entries()) {
    const week = WEEKS - 1 - Math.floor((OPTIONS.end - 1 - day[i]!) / 7);
    if (week >= 0) quantities[p]![week]! += quantity[i]!;
  }
  return quantities;
}

function familyWeeks(name: RegExp): Float64Array {
  const members = weekly.filter((_, p) => name.test(nameOf(p)));
  return new Float64Array(WEEKS).map((_, week) => sum(members.map((quantities) => quantities[week]!)));
}

function monthlyQuantities(name: RegExp): Float64Array {
  const months = new Float64Array(12);
  for (const i of rows) {
    if (name.test(nameOf(lines.product[i]!)))
      months[Number(formatDay(lines.day[i]!).slice(5, 7)) - 1]! += lines.quantity[i]!;
  }
  return months;
}

/** Syntetos, Boylan and Croston (2005), over the last two years; undefined below three weeks with demand. */
function demandPattern(quantities: Float64Array): string | undefined {
  const demands = quantities.slice(-104).filter((quantity) => quantity > 0);
  if (demands.length < 3) return undefined;
  const mean = sum(demands) / demands.length;
  const squaredVariation = sum(demands.map((demand) => (demand - mean) ** 2)) / demands.length / mean ** 2;
  const isFrequent = 104 / demands.length < 1.32;
  if (squaredVariation < 0.49) return isFrequent ? "smooth" : "intermittent";
  return isFrequent ? "erratic" : "lumpy";
}

function autocorrelation(series: Float64Array, lag: number): number {
  const mean = sum(series) / series.length;
  const deviations = series.map((value) => value - mean);
  return (
    sum(deviations.slice(lag).map((value, t) => value * deviations[t]!)) / sum(deviations.map((value) => value ** 2))
  );
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
