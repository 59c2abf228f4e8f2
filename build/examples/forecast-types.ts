// Made from build/forecast.schema.json by build/types.ts; quantities are in units of the product.

/** An id as the source has it: a number with all its digits where it is an integer, which may be above 2^53, else a string; with FORECAST_IDS=string always a string. */
export type Id = number | string;

/** What is expected of a product in a week. */
export interface WeekPrediction {
  /** First day of the week. (date, YYYY-MM-DD; since 0.1.0) */
  readonly week_start: string;
  /** Last day of the week, which is part of it. (date, YYYY-MM-DD; since 0.1.0) */
  readonly week_end: string;
  /** Mean of what is expected; the weeks add up to the total. (units; since 0.1.0) */
  readonly predicted_quantity: number;
  /** Lower bound of the interval, at most the mean. (units; since 0.1.0) */
  readonly confidence_lower: number;
  /** Upper bound of the interval, at least the mean. (units; since 0.1.0) */
  readonly confidence_upper: number;
  /** Customers who are expected to order in the week. (customers; since 0.1.0) */
  readonly active_customers: number;
  /** Demand is as likely above it as below; it is below the mean where large orders are rare. (units; since 0.1.0) */
  readonly median_quantity: number;
  /** Mean of what is expected from the origin to the end of the week; the last one is the total. (units; since 0.1.0) */
  readonly cumulative_quantity: number;
  /** Lower bound of its own interval; never below that of an earlier week. (units; since 0.1.0) */
  readonly cumulative_lower: number;
  /** Upper bound of its own interval: what is enough for so long with the probability of that bound; never below that of an earlier week. (units; since 0.1.0) */
  readonly cumulative_upper: number;
  /** The week that most of its days are in; only of calendar weeks. (week of ISO 8601, such as 2026-W48; since 0.1.0) */
  readonly iso_week?: string;
}

/** What is expected of a product in all weeks together. */
export interface Summary {
  /** Sum of the weeks. (units; since 0.1.0) */
  readonly total_predicted_quantity: number;
  /** Customers who are expected to order again within a year. (customers; since 0.1.0) */
  readonly active_customers: number;
  /** The total a week. (units; since 0.1.0) */
  readonly avg_weekly_quantity: number;
  /** Lower bound of the interval of the total; bounds of weeks do not add up to it. (units; since 0.1.0) */
  readonly total_confidence_lower: number;
  /** Upper bound of the interval of the total. (units; since 0.1.0) */
  readonly total_confidence_upper: number;
  /** Part of the total that is expected of customers known so far. (units; since 0.1.0) */
  readonly known_customers_quantity: number;
  /** Part of the total that is expected of new customers. (units; since 0.1.0) */
  readonly new_customers_quantity: number;
  /** The total if a stock-out that seems to be under way had not been, no less than the total; missing where no such note is given. (units; since 0.1.0) */
  readonly unconstrained_quantity?: number;
}

/** How a forecast was made, and how good it is. */
export interface ModelMetadata {
  /** What kind of model made it. (text; since 0.1.0) */
  readonly model_type: "statistical" | "ml" | "baseline";
  /** 1 less the error that is expected of the total of products like this one, over what is sold; null where it is not known, or nothing is expected. (share, 0 to 1, or null; since 0.1.0) */
  readonly forecast_accuracy_estimate: number | null;
  /** Weeks since the first order. (weeks; since 0.1.0) */
  readonly historical_weeks: number;
  /** Start of the run that made it. (time in UTC, ISO 8601; since 0.1.0) */
  readonly generated_at: string;
  /** Methods with their weights, in words that may change. (text; since 0.1.0) */
  readonly model: string;
  /** Share of outcomes that intervals are made to hold. (share, 0 to 1; since 0.1.0) */
  readonly interval_level: number;
  /** Decimals of all quantities of the product; missing where it is one. (decimals; since 0.1.0) */
  readonly quantity_decimals?: number;
}

/** What is expected of a customer of a product. */
export interface CustomerForecast {
  /** Of the customer. (id; since 0.1.0) */
  readonly id: Id;
  /** Where the source knows it. (text; since 0.1.0) */
  readonly name?: string;
  /** New in the twelve weeks after the first order, else by the probability: alive from a half, at risk from a fifth, churned below. (text; since 0.1.0) */
  readonly status: "new" | "alive" | "at risk" | "churned";
  /** Probability that the customer orders again within a year. (share, 0 to 1; since 0.1.0) */
  readonly probability_alive: number;
  /** Day of the last order. (date, YYYY-MM-DD; since 0.1.0) */
  readonly last_order: string;
  /** The order is as likely before as after it; null where none is expected within a year. (date, YYYY-MM-DD, or null; since 0.1.0) */
  readonly expected_next_order: string | null;
  /** The customer's part of the total. (units; since 0.1.0) */
  readonly expected_quantity: number;
  /** What more would be expected if the customer were known not to have stopped; only of those at risk. (units; since 0.1.0) */
  readonly quantity_at_stake?: number;
}

/** A customer whom a note is about. */
export interface NotedCustomer {
  /** Of the customer. (id; since 0.1.0) */
  readonly id: Id;
  /** Where the source knows it. (text; since 0.1.0) */
  readonly name?: string;
  /** What the customer ordered. (units; since 0.1.0) */
  readonly quantity: number;
}

/** A product that a note is about. */
export interface NotedProduct {
  /** Of the product. (id; since 0.1.0) */
  readonly id: Id;
  /** Where the source knows it. (text; since 0.1.0) */
  readonly name?: string;
}

/** The product was first ordered less than 13 weeks ago. */
export interface NewNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "new";
  /** Since the first order. (weeks; since 0.1.0) */
  readonly weeks: number;
}

/** The product goes on where another one ended, whose orders are in its history. */
export interface SuccessorNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "successor";
  /** First order of the successor. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** First ones of the successor. (customers; since 0.1.0) */
  readonly customers: number;
  /** Those of them who had ordered the product that ended. (customers; since 0.1.0) */
  readonly customers_before: number;
  /** Which ended. (product; since 0.1.0) */
  readonly product: NotedProduct;
}

/** Another product has taken the place of this one; nothing more is expected of it. */
export interface ReplacedNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "replaced";
  /** First order of the successor. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** First ones of the successor. (customers; since 0.1.0) */
  readonly customers: number;
  /** Those of them who had ordered the product that ended. (customers; since 0.1.0) */
  readonly customers_before: number;
  /** Which took its place. (product; since 0.1.0) */
  readonly product: NotedProduct;
}

/** The product may not be sold any more. */
export interface StoppedNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "stopped";
  /** First day without an order. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Without an order. (weeks; since 0.1.0) */
  readonly weeks: number;
  /** The longest time without an order before. (weeks; since 0.1.0) */
  readonly longest_gap_before: number;
  /** Of so long a time by chance. (share, 0 to 1; since 0.1.0) */
  readonly probability: number;
}

/** A product that is ordered nearly every week was not. */
export interface PossibleStockOutNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "possible-stock-out";
  /** First day without an order. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Last day without an order; null while it goes on. (date, YYYY-MM-DD, or null; since 0.1.0) */
  readonly until: string | null;
  /** Without an order. (weeks; since 0.1.0) */
  readonly weeks: number;
  /** Of so long a time by chance. (share, 0 to 1; since 0.1.0) */
  readonly probability: number;
}

/** A week of the last 52 is far beyond all others. */
export interface OutlierNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "outlier";
  /** First day of the week. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Of that week. (units; since 0.1.0) */
  readonly quantity: number;
  /** Median of the other weeks with an order. (units; since 0.1.0) */
  readonly usual_quantity: number;
  /** Who bought most of it, if one did. (customer; since 0.1.0) */
  readonly customer?: NotedCustomer;
}

/** Much of what was sold in the last 52 weeks came back. */
export interface ReturnsNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "returns";
  /** What came back. (units; since 0.1.0) */
  readonly returned_quantity: number;
  /** What was sold. (units; since 0.1.0) */
  readonly sold_quantity: number;
}

/** Order lines of these days came twice, and count once. */
export interface DoubleImportNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "double-import";
  /** First of these days. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Last of these days. (date, YYYY-MM-DD; since 0.1.0) */
  readonly until: string;
  /** What is not counted twice. (units; since 0.1.0) */
  readonly quantity: number;
}

/** Quantities are in another unit since a day; earlier ones count in the new one. */
export interface UnitChangeNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "unit-change";
  /** First day of the new unit. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** By which earlier quantities are multiplied. (factor; since 0.1.0) */
  readonly factor: number;
}

/** A large order that comes once a year is due; the forecast has it. */
export interface YearlyOrderNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "yearly-order";
  /** When it is expected. (date, YYYY-MM-DD; since 0.1.0) */
  readonly due: string;
  /** Of the order that is expected. (units; since 0.1.0) */
  readonly quantity: number;
  /** In which it came. (years; since 0.1.0) */
  readonly years: number;
  /** The customer. (customer; since 0.1.0) */
  readonly customer: NotedCustomer;
}

/** A customer of much of the demand is gone; the forecast is that of the others. */
export interface CustomerLostNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "customer-lost";
  /** Of the customer. (date, YYYY-MM-DD; since 0.1.0) */
  readonly last_order: string;
  /** Of the product's units that the customer bought. (share, 0 to 1; since 0.1.0) */
  readonly share: number;
  /** What the customer bought. (units; since 0.1.0) */
  readonly quantity_a_week: number;
  /** The customer. (customer; since 0.1.0) */
  readonly customer: NotedCustomer;
}

/** Demand is on another level than in the year before. */
export interface LevelShiftNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "level-shift";
  /** First day of the new level. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Since then. (weeks; since 0.1.0) */
  readonly weeks: number;
  /** Of the new level to the old one. (factor; since 0.1.0) */
  readonly factor: number;
}

/** Nearly nothing of any product is expected in these days ahead, as in past years. */
export interface ClosingNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "closing";
  /** First of these days. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Last of these days. (date, YYYY-MM-DD; since 0.1.0) */
  readonly until: string;
}

/** The source has no order line at all of these days: they are missing, not without demand. */
export interface SourceGapNote {
  /** Which note it is. (text; since 0.1.0) */
  readonly kind: "source-gap";
  /** First of these days. (date, YYYY-MM-DD; since 0.1.0) */
  readonly from: string;
  /** Last of these days. (date, YYYY-MM-DD; since 0.1.0) */
  readonly until: string;
  /** That are missing. (weeks; since 0.1.0) */
  readonly weeks: number;
}

/** Kinds of notes; further ones may be added. */
export type NoteKind =
  | "new"
  | "successor"
  | "replaced"
  | "stopped"
  | "possible-stock-out"
  | "outlier"
  | "returns"
  | "double-import"
  | "unit-change"
  | "yearly-order"
  | "customer-lost"
  | "level-shift"
  | "closing"
  | "source-gap";

/** What must be known of the data behind a forecast; further kinds may be added. */
export type Note =
  | NewNote
  | SuccessorNote
  | ReplacedNote
  | StoppedNote
  | PossibleStockOutNote
  | OutlierNote
  | ReturnsNote
  | DoubleImportNote
  | UnitChangeNote
  | YearlyOrderNote
  | CustomerLostNote
  | LevelShiftNote
  | ClosingNote
  | SourceGapNote;

/** A part of the total. */
export interface ExplanationPart {
  /** What adds it: the level of the last weeks, the season of all products, the product's own, what lasts of how all products moved, what boosted trees correct, weeks in which nobody orders, an order that comes once a year; further ones may be added. (word; since 0.1.0) */
  readonly kind: "level" | "market-season" | "product-season" | "momentum" | "correction" | "closing" | "yearly-order";
  /** What it adds to the total, or takes from it. (units; since 0.1.0) */
  readonly quantity: number;
}

/** What moved the correction. */
export interface ExplanationReason {
  /** What is known of the product: its last weeks, earlier ones, its season, its customers, how regularly it is ordered, how large orders are, how long it has been sold; further ones may be added. (word; since 0.1.0) */
  readonly kind: "recent-weeks" | "earlier-weeks" | "season" | "customers" | "rhythm" | "sizes" | "age";
  /** By how much, against all products on average. (units; since 0.1.0) */
  readonly quantity: number;
}

/** Why the total is what it is. */
export interface Explanation {
  /** They add up to the total; the level stands first. (list; since 0.1.0) */
  readonly parts: readonly ExplanationPart[];
  /** Three at most, what did most first. (list; since 0.1.0) */
  readonly reasons: readonly ExplanationReason[];
  /** Net units a week in the last 13 weeks, or in all where there are fewer; below zero where more came back than was sold. (units; since 0.1.0) */
  readonly mean_of_last_13_weeks: number;
  /** Net units in the same weeks a year ago; null where the history does not reach back so far. (units; since 0.1.0) */
  readonly year_ago_quantity: number | null;
}

/** What would have been said of a product at a past date, whose weeks are over. */
export interface PastForecast {
  /** The past date; the product's orders before it are known, and what is known today of all products. (date, YYYY-MM-DD; since 0.1.0) */
  readonly as_of_date: string;
  /** What would have been expected of the forecast_weeks weeks from that date on. (units; since 0.1.0) */
  readonly predicted_quantity: number;
  /** Sold less returned in these weeks. (units; since 0.1.0) */
  readonly actual_quantity: number;
}

/** The forecast of a product, under the key forecast:{product_id}. */
export interface ForecastDocument {
  /** Of the product. (id; since 0.1.0) */
  readonly product_id: Id;
  /** The origin: the first day that is forecast; orders before it are known. (date, YYYY-MM-DD; since 0.1.0) */
  readonly as_of_date: string;
  /** Weeks that are forecast. (weeks; since 0.1.0) */
  readonly forecast_weeks: number;
  /** As many weeks as are forecast, without a gap, from the origin on. (list; since 0.1.0) */
  readonly predictions: readonly WeekPrediction[];
  /** All weeks together. (summary; since 0.1.0) */
  readonly summary: Summary;
  /** How it was made. (metadata; since 0.1.0) */
  readonly model_metadata: ModelMetadata;
  /** Where the source knows it. (text; since 0.1.0) */
  readonly product_name?: string;
  /** Sold less returned in each of the last 52 weeks before the origin, oldest first; fewer where the product is younger. (units; since 0.1.0) */
  readonly history: readonly number[];
  /** The ten of whom most is expected, most first. (list; since 0.1.0) */
  readonly customers: readonly CustomerForecast[];
  /** The ten with most at stake, most first. (list; since 0.1.0) */
  readonly at_risk_customers: readonly CustomerForecast[];
  /** What must be known of the data; mostly none. (list; since 0.1.0) */
  readonly notes: readonly Note[];
  /** Why the total is what it is. (object; since 0.1.0) */
  readonly explanation: Explanation;
  /** The product's own forecasts at past dates, made anew, the last one first: as many weeks ago as are forecast, and twice as many; empty where its history is too short. (list; since 0.1.0) */
  readonly past_forecasts: readonly PastForecast[];
  /** What all quantities of the product are counted in, as the source has it; null where it does not say, or says several. (text, or null; since 0.1.0) */
  readonly unit: string | null;
  /** Within one version keys are only added. (number; since 0.1.0) */
  readonly schema_version: 1;
  /** Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0) */
  readonly run_id: string;
  /** Day on which calendar weeks begin, the first of which is what is left of one; missing where weeks are counted from the origin. (day of the week; since 0.1.0) */
  readonly week_starts_on?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
}

/** What the time of a run went into: the run's own stages, then those of all threads together. */
export interface StageSeconds {
  /** Opening the source, and reading a file. (seconds; since 0.1.0) */
  readonly prepare: number;
  /** Finding products. (seconds; since 0.1.0) */
  readonly eligibility: number;
  /** Learning across products. (seconds; since 0.1.0) */
  readonly learning: number;
  /** Reading order lines. (seconds; since 0.1.0) */
  readonly read: number;
  /** Making histories. (seconds; since 0.1.0) */
  readonly parse: number;
  /** Forecasting. (seconds; since 0.1.0) */
  readonly forecast: number;
  /** Making JSON. (seconds; since 0.1.0) */
  readonly serialise: number;
  /** Writing to the cache. (seconds; since 0.1.0) */
  readonly write: number;
  /** Threads without work. (seconds; since 0.1.0) */
  readonly idle: number;
}

/** A product that has no forecast. */
export interface ProductWithoutForecast {
  /** Always a string. (id; since 0.1.0) */
  readonly product_id: string;
  /** Why there is none. (text; since 0.1.0) */
  readonly reason: string;
}

/** What is kept of the last run of all products, under forecast:metadata:last_run, and of the last one of some, under forecast:metadata:last_partial_run. */
export interface RunMetadata {
  /** Start of the run; the generated_at of its documents. (time in UTC, ISO 8601; since 0.1.0) */
  readonly last_run: string;
  /** The origin: the first day that is forecast. (date, YYYY-MM-DD; since 0.1.0) */
  readonly as_of_date: string;
  /** That were to be forecast. (products; since 0.1.0) */
  readonly total_products: number;
  /** That have a new forecast. (products; since 0.1.0) */
  readonly successful: number;
  /** That failed, or whose document was lost. (products; since 0.1.0) */
  readonly failed: number;
  /** Of which nothing honest can be said. (products; since 0.1.0) */
  readonly no_forecast: number;
  /** That the run took. (seconds; since 0.1.0) */
  readonly elapsed_seconds: number;
  /** End of the run. (time in UTC, ISO 8601; since 0.1.0) */
  readonly finished_at: string;
  /** Whether a signal ended it early. (true or false; since 0.1.0) */
  readonly interrupted: boolean;
  /** Whether it was told to leave products out. (true or false; since 0.1.0) */
  readonly partial: boolean;
  /** Of the program. (text; since 0.1.0) */
  readonly version: string;
  /** That were used. (threads; since 0.1.0) */
  readonly workers: number;
  /** What its time went into. (stages; since 0.1.0) */
  readonly stages: StageSeconds;
  /** Wait of a batch for a thread, on average. (seconds; since 0.1.0) */
  readonly queue_seconds: number;
  /** Median over the products; null where no product has one. (share, 0 to 1, or null; since 0.1.0) */
  readonly forecast_accuracy_estimate: number | null;
  /** Share of the weeks after past dates that lay within their interval; null where nothing was learned. (share, 0 to 1, or null; since 0.1.0) */
  readonly interval_coverage: number | null;
  /** Whether the run learned from its own past. (true or false; since 0.1.0) */
  readonly learned: boolean;
  /** Why something failed in learning; null where nothing did. (text, or null; since 0.1.0) */
  readonly learning_failed: string | null;
  /** Day of the newest order line of all products; null where the run did not come so far. (date, YYYY-MM-DD, or null; since 0.1.0) */
  readonly newest_order_line: string | null;
  /** That were written and were not there when they were counted. (documents; since 0.1.0) */
  readonly lost_documents: number;
  /** What else went wrong; null where nothing did. (text, or null; since 0.1.0) */
  readonly problem: string | null;
  /** Products that have no forecast, by id. (list; since 0.1.0) */
  readonly no_forecast_products: readonly ProductWithoutForecast[];
  /** Within one version keys are only added. (number; since 0.1.0) */
  readonly schema_version: 1;
  /** Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0) */
  readonly run_id: string;
}

/** A product in the index. */
export interface IndexEntry {
  /** Of the product. (id; since 0.1.0) */
  readonly product_id: Id;
  /** Where the source knows it. (text; since 0.1.0) */
  readonly product_name?: string;
  /** As in the document; missing where that is null. (text; since 0.1.0) */
  readonly unit?: string;
  /** As in the document's summary. (units; since 0.1.0) */
  readonly total_predicted_quantity: number;
  /** As in the document's summary. (units; since 0.1.0) */
  readonly total_confidence_lower: number;
  /** As in the document's summary. (units; since 0.1.0) */
  readonly total_confidence_upper: number;
  /** As in the document's metadata. (share, 0 to 1, or null; since 0.1.0) */
  readonly forecast_accuracy_estimate: number | null;
  /** Sold less returned in as many days as are forecast, right before the origin; null where the history is shorter. (units, or null; since 0.1.0) */
  readonly last_weeks_quantity: number | null;
  /** Sold less returned in the forecast days a year ago; null where the history does not reach back so far. (units, or null; since 0.1.0) */
  readonly year_ago_quantity: number | null;
  /** Decimals of all quantities of the product; missing where it is one. (decimals; since 0.1.0) */
  readonly quantity_decimals?: number;
  /** Kinds of the document's notes, each once. (list of kinds; since 0.1.0) */
  readonly notes: readonly NoteKind[];
}

/** All products of the last run of all products that did its work, under forecast:index. */
export interface ForecastIndex {
  /** Start of the run; the generated_at of its documents. (time in UTC, ISO 8601; since 0.1.0) */
  readonly last_run: string;
  /** The origin: the first day that is forecast. (date, YYYY-MM-DD; since 0.1.0) */
  readonly as_of_date: string;
  /** Weeks that are forecast. (weeks; since 0.1.0) */
  readonly forecast_weeks: number;
  /** Share of outcomes that intervals are made to hold. (share, 0 to 1; since 0.1.0) */
  readonly interval_level: number;
  /** Of the program. (text; since 0.1.0) */
  readonly version: string;
  /** By id. (list; since 0.1.0) */
  readonly products: readonly IndexEntry[];
  /** Within one version keys are only added. (number; since 0.1.0) */
  readonly schema_version: 1;
  /** Of the run; the same in each of its documents, in its metadata and in its index. (UUID; since 0.1.0) */
  readonly run_id: string;
  /** Day on which calendar weeks begin, the first of which is what is left of one; missing where weeks are counted from the origin. (day of the week; since 0.1.0) */
  readonly week_starts_on?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
}
