// Worlds of orders that differ in all that a catalogue can differ in: size, age, customers, rhythms, seasons, lives, sizes.
import type { Day } from "../../src/history/calendar.ts";
import { type OrderLines, OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { Random } from "../../src/simulation/random.ts";
import { firstReaching } from "../../src/simulation/running-sums.ts";

const YEAR = 364;

/** Order lines of a world up to but not including a day. */
export function randomWorld(seed: number, products: number, end: Day): OrderLines {
  const random = new Random(seed, 0);
  const days = 7 * Math.round(30 + 330 * random.uniform() * (0.4 + 0.6 * random.uniform()));
  const start = end - days;
  const market = wander(new Random(seed, 1), days, 0.03 * random.uniform(), 60);
  const marketSeason = season(random, random.chance(0.6) ? 0.35 * random.uniform() : 0);
  const closing = random.chance(0.4) ? random.below(YEAR) : -100;
  const world = {
    newcomers: random.uniform() * 0.6,
    stopping: random.uniform() * 0.35,
    seasonal: random.uniform() * 0.9,
    busy: random.logNormal(0.8),
    customers: 5 + Math.round(400 * random.uniform() * random.uniform()),
    loyalty: 200 + 2500 * random.uniform(),
    regular: 1 + random.below(4),
    wander: random.uniform() * 0.05,
    weekend: random.chance(0.5) ? 0 : random.uniform(),
  };
  const lines = new OrderLinesBuilder();
  let order = 0;
  for (let product = 0; product < products; product++) {
    const own = new Random(seed, 2, product);
    const from = own.chance(world.newcomers) ? Math.floor(days * own.uniform()) : 0;
    const until = own.chance(world.stopping) ? from + 60 + own.exponential() * 500 : days;
    const level = 0.9 * world.busy * own.logNormal(1.3);
    const ofSeason = season(own, own.chance(world.seasonal) ? own.uniform() * own.uniform() * 1.6 : 0);
    const path = wander(own, days, world.wander * own.uniform() * 2, own.chance(0.5) ? 40 : 300);
    const aging = own.chance(0.35) ? (own.uniform() - 0.65) / 300 : 0;
    const rate = Float64Array.from({ length: days }, (_, day) => {
      const date = (day + ((start % YEAR) + YEAR)) % YEAR;
      const isOpen = day % 7 < 5 ? 1 : world.weekend;
      const isClosed = Math.abs(date - closing) < 6 ? 0.1 : 1;
      const age = Math.max(-1.5, Math.min(1, aging * (day - from)));
      const launch = 1 - 0.5 * 2 ** (-(day - from) / 25);
      return (
        (isOpen *
          isClosed *
          launch *
          market[day]! *
          path[day]! *
          marketSeason[date]! *
          ofSeason[date]! *
          2 ** (2 * age)) /
        5
      );
    });
    const clock = new Float64Array(days + 1);
    for (let day = 0; day < days; day++) clock[day + 1] = clock[day]! + rate[day]!;
    order = ordersOf(
      own,
      { level, from, until, clock, ...world },
      (day, customer, quantity, n) => {
        lines.add(product, `c${customer}`, start + day, quantity, n);
      },
      order,
    );
  }
  return lines.build();
}

interface Life {
  readonly level: number;
  readonly from: number;
  readonly until: number;
  readonly clock: Float64Array;
  readonly customers: number;
  readonly loyalty: number;
  readonly regular: number;
}

function ordersOf(
  random: Random,
  { level, from, until, clock, customers, loyalty, regular }: Life,
  take: (day: number, customer: number, quantity: number, order: number) => void,
  first: number,
): number {
  const days = clock.length - 1;
  const slots = 1 + Math.floor(Math.min(customers, 2 + 6 * level) * (0.3 + random.uniform()));
  const shares = Array.from({ length: slots }, () => random.logNormal(0.9));
  const sum = shares.reduce((total, share) => total + share, 0);
  const size = 1 + 6 * random.uniform() * random.logNormal(0.9);
  const spread = [0, 0.3, 0.6, 1.1, 1.6][random.below(5)]!;
  const pack = random.chance(0.2) ? [6, 10, 12, 25][random.below(4)]! : 1;
  const isPiece = random.chance(0.25);
  const giants = random.chance(0.25) ? 0.02 : 0;
  const shape = Math.max(1, regular + random.below(3) - 1);
  let order = first;
  for (const share of shares) {
    const rate = (level * share) / sum;
    let day = from + (random.chance(0.5) ? 0 : random.exponential() * 120);
    while (day < Math.min(days, until)) {
      const customer = random.below(1_000_000);
      const own = size * random.logNormal(0.4);
      const end = Math.min(days, until, day + random.exponential() * loyalty);
      let due = clock[Math.floor(day)]! + (random.exponential() * random.uniform()) / rate;
      while (true) {
        const at = firstReaching(clock, due) - 1;
        if (at >= end || at < 0) break;
        const wanted = own * random.logNormal(spread) * (random.chance(giants) ? 10 : 1);
        const quantity = isPiece ? 1 : pack * Math.max(1, Math.round(wanted / pack));
        take(at, customer, quantity, order++);
        if (random.chance(0.01)) take(Math.min(days - 1, at + 3), customer, -quantity, order++);
        due = Math.max(due, clock[at + 1]!) + random.gamma(shape) / rate;
      }
      day = end + random.exponential() * 60;
    }
  }
  return order;
}

/** A level that wanders and comes back to one, by a step a day. */
function wander(random: Random, days: number, step: number, back: number): Float64Array {
  let level = 0;
  return Float64Array.from({ length: days }, () => {
    level += step * (random.uniform() - 0.5) * 3.5 - level / (7 * back);
    return 2 ** (level * 1.44);
  });
}

/** What a day of the year counts for, with a mean of about one: a wave or two, or a peak. */
function season(random: Random, strength: number): Float64Array {
  const at = random.below(YEAR);
  const wide = random.chance(0.3) ? 20 + 40 * random.uniform() : 0;
  return Float64Array.from({ length: YEAR }, (_, day) => {
    const away = Math.min(Math.abs(day - at), YEAR - Math.abs(day - at));
    if (wide > 0) return 1 + 4 * strength * Math.max(0, 1 - away / wide);
    const wave = 1 - (4 * away) / YEAR;
    return 2 ** (1.44 * strength * wave * (1.5 - 0.5 * wave * wave));
  });
}
