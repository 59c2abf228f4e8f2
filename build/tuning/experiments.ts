/** A data set of the folder as a catalogue of its own: the products of a sample of it, cut to so many. */
export interface DataSet {
  readonly data: string;
  readonly origin: string;
  /** The sample that products are taken from: drawn for this origin, if not the same. */
  readonly sampledAt?: string;
  /** All of the sample, if there are fewer. */
  readonly products: number;
}

/** A number of a report; changes are in percent of it, in points (differences of shares), or in counts. */
export interface Measure {
  readonly key: string;
  readonly heading: string;
  readonly unit: "%" | "points" | "count";
}

/** What a constant is measured by. */
export interface Experiment {
  readonly title: string;
  readonly about: string;
  /** The method of a backtest, or `documents` of a run. */
  readonly method: "auto" | "documents";
  readonly sets: readonly DataSet[];
  readonly measures: readonly Measure[];
}

export type ExperimentName = "forecasts" | "large" | "small" | "notes" | "customers";

const ERRORS: readonly Measure[] = [
  { key: "rmsse", heading: "RMSSE", unit: "%" },
  { key: "wql", heading: "WQL", unit: "%" },
  { key: "total_wape", heading: "total WAPE", unit: "%" },
  { key: "bias", heading: "bias", unit: "points" },
  { key: "coverage", heading: "coverage", unit: "points" },
  { key: "total_coverage", heading: "coverage of totals", unit: "points" },
  { key: "optimism", heading: "optimism", unit: "points" },
];

const WORKSHOP: DataSet = { data: "workshop", origin: "2018-07-10", products: 500 };
const MEDICAL: DataSet = { data: "medical", origin: "2013-06-04", products: 500 };
const WHOLESALE: DataSet = { data: "wholesale", origin: "2011-06-20", products: 600 };

/** At these origins a year is known of what came. */
const A_YEAR_KNOWN: readonly DataSet[] = [
  MEDICAL,
  { data: "wholesale", origin: "2010-09-13", products: 220 },
  { data: "workshop", origin: "2018-01-02", sampledAt: "2018-07-10", products: 500 },
];

export const EXPERIMENTS: Readonly<Record<ExperimentName, Experiment>> = {
  forecasts: {
    title: "Forecasts of what is learned across products",
    about: "Optimism is by how much the accuracy that documents estimate exceeds the one that came true.",
    method: "auto",
    sets: [
      WHOLESALE,
      { data: "grocery", origin: "2017-06-19", products: 600 },
      { data: "simulated", origin: "2025-05-27", products: 300 },
      WORKSHOP,
    ],
    measures: ERRORS,
  },
  large: {
    title: "Forecasts of large catalogues",
    about: "Numbers that only matter where there are more rows to learn from than are taken.",
    method: "auto",
    sets: [
      { ...WHOLESALE, products: 2000 },
      { data: "grocery", origin: "2017-07-17", products: 3000 },
    ],
    measures: ERRORS,
  },
  small: {
    title: "Forecasts of small catalogues",
    about: "Where what was taught elsewhere says the most.",
    method: "auto",
    sets: [WORKSHOP, MEDICAL],
    measures: ERRORS,
  },
  notes: {
    title: "Notes",
    about: "They change no forecast: how many products have each note is what these numbers trade.",
    method: "documents",
    sets: A_YEAR_KNOWN,
    measures: [
      { key: "products", heading: "documents", unit: "count" },
      { key: "note new", heading: "new", unit: "count" },
      { key: "note possible-stock-out", heading: "possible stock-out", unit: "count" },
      { key: "note stopped", heading: "stopped", unit: "count" },
      { key: "note outlier", heading: "outlier", unit: "count" },
      { key: "note returns", heading: "returns", unit: "count" },
    ],
  },
  customers: {
    title: "Customers",
    about:
      "Of the customers that documents list: how far their expected quantities are off (WAPE), and how far the probability to be alive is from whether they ordered within a year (Brier score); how many are said to be in each state. Active customers a week are off by so much (WAPE).",
    method: "documents",
    sets: A_YEAR_KNOWN,
    measures: [
      { key: "quantity_wape", heading: "quantities", unit: "%" },
      { key: "brier", heading: "alive", unit: "%" },
      { key: "active_wape", heading: "active a week", unit: "%" },
      { key: "customer new", heading: "new", unit: "count" },
      { key: "customer alive", heading: "alive", unit: "count" },
      { key: "customer at risk", heading: "at risk", unit: "count" },
      { key: "customer churned", heading: "churned", unit: "count" },
    ],
  },
};
