import { atSameDates } from "../demand/date-alignment.ts";
import { deflated } from "../demand/deflation.ts";
import { alignedTo, seenFeast } from "../demand/feast-alignment.ts";
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

/** A product as it is known today. */
export interface ProductNow extends ProductAsOf {
  /** What it is made from: units a week, oldest first. */
  readonly quantities: Float64Array;
}

export interface AsOfOptions {
  readonly origin: Day;
  /** Whether features of customers are looked at. */
  readonly withCustomers: boolean;
  /** Weekly level of all products up to the origin, as `Market` has it. */
  readonly index: Float64Array;
}

/**
 * Weeks that the mean is learned for, whatever the horizon: what a longer or a shorter one says of the same weeks is the same.
 */
export const LEARNED_WEEKS = 12;

/**
 * A product as it was known at the origin and at past ones: the one place where features are made, for training as for use,
 * so that trees are asked about what they were taught.
 */
export class ProductPast {
  /** Units a week, oldest first, as if all products had always sold as now; a single giant order counts for little. */
  readonly quantities: Float64Array;
  readonly #history: ProductHistory;
  readonly #options: AsOfOptions;
  readonly #demand: PastDemand;
  readonly #deflated: Float64Array;

  /** @param history up to the origin, at least one week. */
  constructor(history: ProductHistory, options: AsOfOptions) {
    this.#history = history;
    this.#options = options;
    this.#deflated = deflated(history.quantities, options.index);
    this.quantities = withoutOutliers(this.#deflated);
    this.#demand = new PastDemand(this.quantities, LEARNED_WEEKS);
  }

  /** What the product's customers had done until so many weeks before the origin. */
  customersAsOf(weeksAgo: number): CustomerFacts {
    return customerFacts(this.#history.customers, this.#options.origin - weeksAgo * DAYS_PER_WEEK);
  }

  /** @param customers of `customersAsOf`, where the caller has them already. */
  asOf(weeksAgo: number, customers?: CustomerFacts): ProductAsOf {
    return this.#seen(this.quantities, this.#demand, weeksAgo, customers);
  }

  /**
   * The product at the origin: weeks of past years stand at this year's dates, or those around a moving feast at its own, and what came again in a
   * later year is no outlier, which would bring what came later before a past origin.
   */
  now(): ProductNow {
    const counted = withoutOutliers(this.#deflated, true);
    const known = counted.every((quantity, t) => quantity === this.quantities[t]) ? this.quantities : counted;
    const feast = seenFeast(known, this.#options.origin);
    const quantities = feast ? alignedTo(feast, known) : atSameDates(known, this.#history.otherWeekByDate);
    const demand = quantities === this.quantities ? this.#demand : new PastDemand(quantities, LEARNED_WEEKS);
    return { ...this.#seen(quantities, demand, 0), quantities };
  }

  #seen(quantities: Float64Array, demand: PastDemand, weeksAgo: number, customers?: CustomerFacts): ProductAsOf {
    const end = quantities.length - weeksAgo;
    const basis = demand.basisAt(end);
    const known = {
      quantities: quantities.subarray(0, end),
      horizon: LEARNED_WEEKS,
      customers: this.#options.withCustomers ? (customers ?? this.customersAsOf(weeksAgo)) : NO_CUSTOMERS,
    };
    return { ...basis, features: ownFeatures(known, basis.season) };
  }
}
