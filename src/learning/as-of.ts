import { type LevelBasis, PastDemand } from "../demand/level.ts";
import { withoutOutliers } from "../demand/outliers.ts";
import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { type CustomerFacts, customerFacts, NO_CUSTOMERS } from "./customer-facts.ts";
import { ownFeatures } from "./features.ts";

/** What is known of a product as of a day, in numbers. */
export interface ProductAsOf extends LevelBasis {
  /** Features in the order of `OWN_FEATURE_NAMES`. */
  readonly features: ArrayLike<number>;
}

export interface AsOfOptions {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Probability of an outcome below the interval, and of one above it. */
  readonly tailProbability: number;
  /** Whether features of customers are looked at. */
  readonly withCustomers: boolean;
}

/** @param level share of outcomes that shall lie within the interval. */
export function tailProbabilityOf(level: number): number {
  return (1 - level) / 2;
}

/**
 * A product as it was known at the origin and at past ones: the one place where features are made, for training as for use,
 * so that trees are asked about what they were taught.
 */
export class ProductPast {
  /** Net units a week, oldest first, in which a single giant order counts for little. */
  readonly quantities: Float64Array;
  readonly #history: ProductHistory;
  readonly #options: AsOfOptions;
  readonly #demand: PastDemand;

  /** @param history up to the origin, at least one week. */
  constructor(history: ProductHistory, options: AsOfOptions) {
    this.#history = history;
    this.#options = options;
    this.quantities = withoutOutliers(history.quantities);
    this.#demand = new PastDemand(this.quantities, options.horizon);
  }

  /** What the product's customers had done until so many weeks before the origin. */
  customersAsOf(weeksAgo: number): CustomerFacts {
    return customerFacts(this.#history.customers, this.#options.origin - weeksAgo * DAYS_PER_WEEK);
  }

  /** @param customers of `customersAsOf`, where the caller has them already. */
  asOf(weeksAgo: number, customers?: CustomerFacts): ProductAsOf {
    const { horizon, tailProbability, withCustomers } = this.#options;
    const end = this.quantities.length - weeksAgo;
    const facts = withCustomers ? (customers ?? this.customersAsOf(weeksAgo)) : NO_CUSTOMERS;
    const known = { quantities: this.quantities.subarray(0, end), horizon, tailProbability, customers: facts };
    return { ...this.#demand.basisAt(end), features: ownFeatures(known) };
  }
}
