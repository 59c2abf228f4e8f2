import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import { type CustomerHistory, ordersBefore } from "../history/history.ts";

/** What a product's customers did up to a day, in numbers. */
export interface CustomerFacts {
  readonly known: number;
  /** Customers whose last order is at most 4, 13, 26 and 52 weeks old. */
  readonly orderedWithin: readonly number[];
  /** Customers who came back at least once and still keep to their rhythm. */
  readonly inRhythm: number;
  /** Units a week if these go on like that. */
  readonly expectedQuantity: number;
  /** Orders in the last 26 weeks. */
  readonly orders26: number;
  /** Share of customers that ordered once. */
  readonly oneTimeShare: number;
  /** Shares of those whose first order is in the last quarter: among recent customers, and of recent units. */
  readonly newShare: number;
  readonly newQuantityShare: number;
  /** Share of the customer who took most in the last 26 weeks. */
  readonly topShare: number;
}

/** Customers are counted who ordered within so many weeks. */
export const RECENT_WEEKS = [4, 13, 26, 52];
const HALF_YEAR_DAYS = 26 * DAYS_PER_WEEK;
const QUARTER_DAYS = 13 * DAYS_PER_WEEK;
const LAST_ORDERS = 8;
/** A customer is in rhythm until this many mean intervals without an order, and out of it after twice as many. */
const IN_RHYTHM = 1.5;

/** What is known where customers are not looked at. */
export const NO_CUSTOMERS: CustomerFacts = {
  known: 0,
  orderedWithin: RECENT_WEEKS.map(() => 0),
  inRhythm: 0,
  expectedQuantity: 0,
  orders26: 0,
  oneTimeShare: 0,
  newShare: 0,
  newQuantityShare: 0,
  topShare: 0,
};

/** @param day orders from this day on are not looked at. */
export function customerFacts(customers: readonly CustomerHistory[], day: Day): CustomerFacts {
  const orderedWithin = RECENT_WEEKS.map(() => 0);
  let known = 0;
  let inRhythm = 0;
  let expectedQuantity = 0;
  let orders26 = 0;
  let oneTime = 0;
  let newcomers = 0;
  let newQuantity = 0;
  let quantity26 = 0;
  let topQuantity = 0;
  for (const customer of customers) {
    const { orderDays, orderQuantities } = customer;
    const orders = ordersBefore(customer, day);
    if (orders === 0) continue;
    known++;
    const last = orderDays[orders - 1]!;
    for (let i = 0; i < RECENT_WEEKS.length; i++) {
      if (day - last <= DAYS_PER_WEEK * RECENT_WEEKS[i]!) orderedWithin[i]! += 1;
    }
    let recent = 0;
    for (let i = orders - 1; i >= 0 && orderDays[i]! >= day - HALF_YEAR_DAYS; i--) {
      recent += orderQuantities[i]!;
      orders26++;
    }
    quantity26 += recent;
    topQuantity = Math.max(topQuantity, recent);
    if (orderDays[0]! >= day - QUARTER_DAYS) {
      newcomers++;
      newQuantity += recent;
    }
    if (orders === 1) {
      oneTime++;
      continue;
    }
    const interval = Math.max(1, (last - orderDays[0]!) / (orders - 1));
    const overdue = (day - last) / interval;
    const rhythm = Math.min(1, Math.max(0, (2 * IN_RHYTHM - overdue) / IN_RHYTHM));
    inRhythm += rhythm;
    const from = Math.max(0, orders - LAST_ORDERS);
    let lastQuantities = 0;
    for (let i = from; i < orders; i++) lastQuantities += orderQuantities[i]!;
    expectedQuantity +=
      (rhythm * lastQuantities * DAYS_PER_WEEK) / ((orders - from) * Math.max(DAYS_PER_WEEK, interval));
  }
  return {
    known,
    orderedWithin,
    inRhythm,
    expectedQuantity,
    orders26,
    oneTimeShare: oneTime / Math.max(1, known),
    newShare: newcomers / Math.max(1, orderedWithin[2]!),
    newQuantityShare: quantity26 > 0 ? newQuantity / quantity26 : 0,
    topShare: quantity26 > 0 ? topQuantity / quantity26 : 0,
  };
}
