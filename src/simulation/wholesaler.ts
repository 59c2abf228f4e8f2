import { DAYS_PER_WEEK, type Day, formatDay } from "../history/calendar.ts";
import type { OrderBook } from "../history/order-book.ts";
import { type OrderLines, OrderLinesBuilder } from "../history/order-lines.ts";
import { type Customer, nextOrderDays, type Product, simulatePurchases } from "./purchases.ts";
import { Random } from "./random.ts";
import { runningSums } from "./running-sums.ts";

export interface WholesalerOptions {
  /** A 32-bit integer. */
  readonly seed: number;
  readonly products: number;
  readonly customers: number;
  readonly start: Day;
  /** Exclusive. */
  readonly end: Day;
}

interface Family {
  /** Share of all products. */
  readonly share: number;
  /** Demand in January to December in comparison with the year's mean. */
  readonly months: readonly number[];
  readonly typicalQuantity: number;
  readonly qualities: readonly string[];
  readonly articles: readonly string[];
  readonly size: (step: number) => string;
}

const SOLD_BY_WEIGHT: Family = {
  share: 0.05,
  months: [0.8, 0.8, 0.9, 0.95, 0.9, 0.85, 0.85, 0.9, 1, 1.1, 1.35, 1.6],
  typicalQuantity: 7,
  qualities: ["Roasted", "Organic", "Whole", "Ground", "Blanched", "Salted", "Dried", "Raw", "Smoked"],
  articles: ["almonds", "coffee", "lentils", "cashews", "peas", "apricots", "hazelnuts", "pepper"],
  size: (step) => `grade ${step + 1}, per kg`,
};

const FAMILIES: readonly Family[] = [
  SOLD_BY_WEIGHT,
  {
    share: 0.25,
    months: [1.1, 1.1, 1, 1, 0.9, 0.8, 0.7, 0.8, 1.2, 1.2, 1.1, 1.1],
    typicalQuantity: 4,
    qualities: ["Oak", "Beech", "Walnut", "Ash", "Steel", "Rattan", "Birch", "Padded", "Folding"],
    articles: ["chair", "stool", "bench", "armchair", "side table", "footstool", "desk", "shelf"],
    size: (step) => `${35 + 5 * step} cm`,
  },
  {
    share: 0.22,
    months: [0.3, 0.5, 1.2, 2, 2.3, 1.9, 1.3, 0.8, 0.6, 0.4, 0.3, 0.4],
    typicalQuantity: 5,
    qualities: ["Clay", "Zinc", "Cedar", "Wicker", "Stone", "Green", "Classic", "Rustic", "Slim"],
    articles: ["planter", "flower pot", "trellis", "window box", "bird bath", "edging", "hose", "parasol"],
    size: (step) => `no. ${10 + 5 * step}`,
  },
  {
    share: 0.2,
    months: [0.9, 0.7, 0.5, 0.35, 0.25, 0.25, 0.35, 0.8, 1.9, 2.6, 2.2, 1.3],
    typicalQuantity: 3,
    qualities: ["Compact", "Ceramic", "Wall", "Quiet", "Mobile", "Slimline", "Glass", "Infrared", "Garage"],
    articles: ["heater", "fan", "panel", "convector", "towel rail", "radiator", "stove", "blower"],
    size: (step) => `${500 + 100 * step} W`,
  },
  {
    share: 0.28,
    months: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    typicalQuantity: 16,
    qualities: ["Zinc", "Stainless", "Brass", "Black", "Hex", "Tapping", "Galvanised", "Torx", "Nylon"],
    articles: ["screw", "bolt", "coach bolt", "nail", "rivet", "wall plug", "threaded rod", "dowel"],
    size: (step) => `M${4 + 2 * (step % 4)} × ${20 + 10 * Math.floor(step / 4)} mm`,
  },
];

const SEASON_STRENGTHS = [0.5, 0.8, 1.1] as const;

const PLACE_BEGINNINGS = "North East Ash Mill Stone Bram Hazel King Lang Marl Elm Red Thorn".split(" ");
const PLACE_ENDINGS = "field brook ford wood gate bury ton ley mere haven bridge combe well side".split(" ");
const TRADES = "Supplies Trading Stores Interiors Depot Builders Home Works Retail Hotels Schools".split(" ");

/** What a stream of random numbers is for; the key that follows the seed. */
const DRAWS = { product: 1, customer: 2, visits: 3, assortment: 4, purchases: 5 } as const;

const BUYERS_PER_PRODUCT = 24;
const NEW_PRODUCT_SHARE = 0.24;
const NEW_CUSTOMER_SHARE = 0.45;
const DAYS_PER_LEAP_YEAR = 366;

/**
 * Simulates the order lines of a wholesaler: customers reorder each product in a rhythm of their own, arrive and leave;
 * products differ in volume by orders of magnitude, have seasons, trends, packs, a launch and sometimes an end; one line
 * in fifty is a return.
 *
 * The same options give the same lines on every runtime. Lines are sorted by day, and another `end` within the same year
 * (counted from `start`) only adds lines at the end or takes them away: what has happened stays.
 *
 * @returns as many ids as `products`, in the order of their launch; a few are never bought.
 */
export function simulateOrders(options: WholesalerOptions): OrderBook {
  const { seed, start } = options;
  const dates = Array.from({ length: Math.max(0, options.end - start) }, (_, day) => formatDay(start + day));
  const openness = Float64Array.from(dates, (date, day) => opennessOf(date, start + day));
  const products = drawProducts(options, dates);
  const customers = drawCustomers(options, dates.length);
  const productIds = drawIds(new Random(seed, DRAWS.product), products.length, 1001);
  const customerIds = drawIds(new Random(seed, DRAWS.customer), customers.length, 20011);

  const lines = new OrderLinesBuilder();
  let returns = 0;
  const popularity = runningSums(products.map((product) => product.popularity));
  for (const [c, customer] of customers.entries()) {
    const nextOrderDay = nextOrderDays(new Random(seed, DRAWS.visits, c), customer, openness);
    const assortment = new Random(seed, DRAWS.assortment, c);
    for (const p of new Set(Array.from({ length: customer.draws }, () => assortment.index(popularity)))) {
      const random = new Random(seed, DRAWS.purchases, c, p);
      simulatePurchases(random, customer, products[p]!, nextOrderDay, openness, (day, quantity, isReturn) => {
        const order = isReturn ? --returns : c * dates.length + day;
        lines.add(p, customerIds[c]!, day, quantity, order);
      });
    }
  }
  return {
    productIds,
    lines: datedAndSorted(lines.build(), start, dates.length),
    names: {
      products: new Map(productIds.map((id, p) => [id, products[p]!.name])),
      customers: new Map(customerIds.map((id, c) => [id, customerName(c)])),
    },
  };
}

function drawProducts({ seed, products }: WholesalerOptions, dates: readonly string[]): (Product & { name: string })[] {
  const clocks = FAMILIES.map(({ months }) =>
    SEASON_STRENGTHS.map((strength) => seasonalClock(dates, months, strength)),
  );
  const shares = runningSums(FAMILIES.map(({ share }) => share));
  return Array.from({ length: products }, (_, p) => {
    const random = new Random(seed, DRAWS.product, p);
    const f = random.index(shares);
    const family = FAMILIES[f]!;
    const from = arrivalDay(p + random.uniform(), products, NEW_PRODUCT_SHARE, dates.length);
    const popularity = random.logNormal(1.1);
    const isFast = popularity > 1.8;
    const pack = random.uniform();
    return {
      name: productName(family, p),
      from,
      until: random.chance(0.2) ? from + 200 + random.exponential() * 1600 : Number.POSITIVE_INFINITY,
      popularity,
      seasonalClock: clocks[f]![random.below(SEASON_STRENGTHS.length)]!,
      interval: (isFast ? 20 : 45) * (1 + 1.5 * random.uniform()),
      trend: random.chance(0.35) ? 0.4 * (random.uniform() - 0.45) : 0,
      typicalQuantity: family.typicalQuantity * random.logNormal(0.5) * (isFast ? 1.5 : 1),
      quantitySpread: random.chance(0.45) ? 1.2 : 0.35,
      pack: pack < 0.1 ? 12 : pack < 0.25 ? 6 : 1,
      byWeight: family === SOLD_BY_WEIGHT,
    };
  });
}

function drawCustomers({ seed, products, customers }: WholesalerOptions, days: number): Customer[] {
  return Array.from({ length: customers }, (_, c) => {
    const random = new Random(seed, DRAWS.customer, c);
    const from = arrivalDay(c + random.uniform(), customers, NEW_CUSTOMER_SHARE, days);
    const importance = random.logNormal(0.8);
    const ordersOnce = random.chance(0.08);
    const draws = Math.round(2 + ((BUYERS_PER_PRODUCT * products) / customers) * importance);
    return {
      from,
      until: random.chance(0.35) ? Number.POSITIVE_INFINITY : from + random.exponential() * 2000,
      ordersOnce,
      orderInterval: Math.max(2, (4 + 12 * random.uniform()) / Math.sqrt(importance)),
      regularity: 1 + random.below(4),
      size: random.logNormal(0.4),
      draws: Math.min(products, ordersOnce ? 2 + random.below(7) : draws),
    };
  });
}

/** 0 for those who are there from the start; the others arrive evenly over the years begun, in the order of `position`. */
function arrivalDay(position: number, count: number, newShare: number, days: number): number {
  const newcomers = Math.round(count * newShare);
  const yearsBegun = Math.ceil(days / DAYS_PER_LEAP_YEAR);
  const rank = Math.max(0, position - (count - newcomers));
  return rank === 0 ? 0 : Math.floor((rank / newcomers) * yearsBegun * DAYS_PER_LEAP_YEAR);
}

function seasonalClock(dates: readonly string[], months: readonly number[], strength: number): Float64Array {
  const demand = dates.map((date) => {
    const month = Number(date.slice(5, 7)) - 1;
    const fromMiddle = (Number(date.slice(8, 10)) - 15.5) / 31;
    const neighbour = months[(month + (fromMiddle < 0 ? 11 : 1)) % 12]!;
    const monthly = months[month]! + (neighbour - months[month]!) * Math.abs(fromMiddle);
    return 1 + strength * (monthly - 1);
  });
  return runningSums([0, ...demand]);
}

/** Probability that a customer who wants to order on a day does. */
function opennessOf(date: string, day: Day): number {
  const monthAndDay = date.slice(5);
  if (monthAndDay >= "12-24" || monthAndDay <= "01-02") return 0.06;
  const daysSinceMonday = (((day + 3) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  return [0.97, 0.97, 0.97, 0.97, 0.95, 0.12, 0.04][daysSinceMonday]!;
}

function drawIds(random: Random, count: number, first: number): string[] {
  const gaps = Array.from({ length: count }, (_, i) => (i === 0 ? first : 1 + random.below(6)));
  return Array.from(runningSums(gaps), String);
}

/** Every name differs, because 9, 8 and 17 have no common divisor. */
function productName({ qualities, articles, size }: Family, p: number): string {
  return `${qualities[p % 9]} ${articles[p % 8]} ${size((p % 17) + 17 * Math.floor(p / (9 * 8 * 17)))}`;
}

/** 13 · 14 · 11 names, then the same again. */
function customerName(c: number): string {
  return `${PLACE_BEGINNINGS[c % 13]}${PLACE_ENDINGS[c % 14]} ${TRADES[c % 11]}`;
}

/** Counts days from 1970-01-01 again, sorts lines by day, and numbers orders and customers as they first appear. */
function datedAndSorted(lines: OrderLines, start: Day, days: number): OrderLines {
  const next = new Int32Array(days + 1);
  for (const day of lines.day) next[day + 1]! += 1;
  for (let day = 0; day < days; day++) next[day + 1]! += next[day]!;
  const rows = new Int32Array(lines.day.length);
  for (const [row, day] of lines.day.entries()) rows[next[day]!++] = row;

  const sorted = new OrderLinesBuilder();
  for (const row of rows) {
    const customer = lines.customers[lines.customer[row]!]!;
    sorted.add(lines.product[row]!, customer, start + lines.day[row]!, lines.quantity[row]!, lines.order[row]!);
  }
  return sorted.build();
}
