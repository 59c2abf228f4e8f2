import { DAYS_PER_WEEK, type Day, WEEKS_PER_YEAR, weekOf } from "../history/calendar.ts";
import type { CustomerHistory, ProductHistory } from "../history/history.ts";
import { exp } from "../numeric/elementary.ts";
import { sum } from "../numeric/sum.ts";
import type { CustomerLost, Finding } from "./finding.ts";
import { withoutOrders } from "./without-orders.ts";

const YEAR_DAYS = WEEKS_PER_YEAR * DAYS_PER_WEEK;
/** Smaller customers come and go without the product's level going with them. */
const LEAST_SHARE = 0.25;
/** Fewest weeks that tell a share. */
const LEAST_SHARE_WEEKS = 13;
/** Fewest intervals between orders, of the last two years, that make a rhythm. */
const LEAST_INTERVALS = 5;
const RHYTHM_DAYS = 2 * YEAR_DAYS;
const LEAST_SILENT_DAYS = 2 * DAYS_PER_WEEK;
/** After half a year it is no news, after a year the level is that of the others by itself. */
const MOST_NOTED_DAYS = YEAR_DAYS / 2;
const MOST_SILENT_DAYS = YEAR_DAYS;
/** How long a customer is silent who is lost: in mean intervals, and in longest ones, which a season may explain. */
const LEAST_MEAN_INTERVALS = 1.8;
const LEAST_LONGEST_INTERVALS = 1.25;
/** A silence so improbable is none of the customer's rhythm. */
const IMPROBABLE = 0.01;
/** After so many mean intervals there is no doubt any more. */
const OPEN_INTERVALS = 4;
/** The others ordered at least this share of what they usually do: otherwise it is the product that stopped. */
const LEAST_OF_OTHERS = 0.5;

/**
 * Customers of a large share of the product's units who have been silent for longer than their rhythm allows, while the
 * others go on: the history is that of the others. Nobody is silent in weeks in which no orders were taken.
 *
 * @param index weekly level of all products, up to the origin; zero in weeks of rest.
 */
export function lostCustomers(
  history: ProductHistory,
  origin: Day,
  _horizon: number,
  index: Float64Array,
): Finding | undefined {
  const gone = new Set<CustomerHistory>();
  const lost: CustomerLost[] = [];
  let isOpen = false;
  for (const customer of history.customers) {
    const last = customer.orderDays.at(-1)!;
    const rests = index.subarray(weekOf(last, origin)).filter((level) => level === 0).length;
    const silence = silenceOf(customer, origin - last - rests * DAYS_PER_WEEK);
    if (silence === undefined) continue;
    const found = lostDemand(history, customer, rests, origin);
    if (!found) continue;
    gone.add(customer);
    if (origin - found.lastOrder <= MOST_NOTED_DAYS) lost.push(found);
    isOpen ||= silence < OPEN_INTERVALS;
  }
  if (gone.size === 0) return undefined;
  return { history: withoutOrders(history, origin, (customer) => gone.has(customer)), breaks: lost, isOpen };
}

/**
 * @param silent days since the last order on which orders were taken.
 * @returns for how many mean intervals the customer has been silent, if that is too long for its rhythm.
 */
function silenceOf({ orderDays }: CustomerHistory, silent: number): number | undefined {
  const orders = orderDays.length;
  if (orders <= LEAST_INTERVALS) return undefined;
  const last = orderDays[orders - 1]!;
  if (silent < LEAST_SILENT_DAYS || silent > MOST_SILENT_DAYS) return undefined;
  let intervals = 0;
  let longest = 0;
  let squares = 0;
  for (let i = orders - 1; i > 0 && orderDays[i - 1]! >= last - RHYTHM_DAYS; i--) {
    const interval = orderDays[i]! - orderDays[i - 1]!;
    intervals++;
    squares += interval * interval;
    longest = Math.max(longest, interval);
  }
  if (intervals < LEAST_INTERVALS) return undefined;
  const mean = (last - orderDays[orders - 1 - intervals]!) / intervals;
  const silence = silent / mean;
  if (silence < LEAST_MEAN_INTERVALS || silent < LEAST_LONGEST_INTERVALS * longest) return undefined;
  const variance = (squares - intervals * mean * mean) / (intervals - 1);
  // Few intervals that happen to be alike do not prove a rhythm without any variation.
  const shape = Math.max(1, Math.floor(Math.min(2 * intervals, (mean * mean) / variance)));
  return probabilityOfLonger(silence, shape) < IMPROBABLE ? silence : undefined;
}

/** Probability that an interval with an Erlang distribution is longer than so many times its mean. */
function probabilityOfLonger(times: number, shape: number): number {
  let term = exp(-shape * times);
  let probability = 0;
  for (let j = 0; j < shape; j++) {
    probability += term;
    term *= (shape * times) / (j + 1);
  }
  return probability;
}

/**
 * What the product loses with the customer; nothing where that is little, or where its demand did not fall.
 *
 * @param rests weeks since its last order in which no orders were taken.
 */
function lostDemand(
  { quantities, returnsPerWeek, ordersPerWeek }: ProductHistory,
  { id, orderDays, orderQuantities }: CustomerHistory,
  rests: number,
  origin: Day,
): CustomerLost | undefined {
  const weeks = quantities.length;
  const lastOrder = orderDays.at(-1)!;
  const end = weeks + weekOf(lastOrder, origin) + 1;
  const begin = Math.max(0, end - WEEKS_PER_YEAR);
  const since = weeks - end - rests;
  if (end - begin < LEAST_SHARE_WEEKS || since <= 0) return undefined;
  const firstDay = origin + (begin - weeks) * DAYS_PER_WEEK;
  let quantity = 0;
  let orders = 0;
  for (let i = orderDays.length - 1; i >= 0 && orderDays[i]! >= firstDay; i--) {
    quantity += orderQuantities[i]!;
    orders++;
  }
  const sold = sum(quantities.subarray(begin, end)) + sum(returnsPerWeek.subarray(begin, end));
  const share = Math.min(1, quantity / sold);
  if (!(share >= LEAST_SHARE)) return undefined;
  const othersAWeek = Math.max(0, sum(ordersPerWeek.subarray(begin, end)) - orders) / (end - begin);
  const ordersSince = sum(ordersPerWeek.subarray(end));
  if (ordersSince === 0 || ordersSince < LEAST_OF_OTHERS * othersAWeek * since) return undefined;
  const soldSince = sum(quantities.subarray(end)) + sum(returnsPerWeek.subarray(end));
  // Another customer who has taken its place, as one who was given a new number, makes good for it.
  if (soldSince / since > (1 - share / 2) * (sold / (end - begin))) return undefined;
  const quantityAWeek = quantity / (end - begin);
  return { kind: "customer-lost", lastOrder, share, quantityAWeek, customer: { id, quantity } };
}
