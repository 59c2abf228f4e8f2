import type { TunedFile } from "./constants.ts";

/** Those of notes and of customers. */
export const CONSTANTS_OF_PRODUCTS: readonly TunedFile[] = [
  {
    file: "src/forecast/market-notes.ts",
    experiment: "notes",
    constants: [["CLOSED", "share", "share of orders below which a week ahead is one of closing"]],
  },
  {
    file: "src/forecast/notes.ts",
    experiment: "notes",
    constants: [
      ["WINDOW_WEEKS", "count", "weeks that an outlier is compared with"],
      ["LEAST_SIZES", "count", "weeks with demand that an outlier needs to be compared with"],
      ["OUTLYING", "number", "robust standard deviations of an outlier"],
      ["LEAST_DEVIATION", "number", "least standard deviation of sizes"],
      ["BEYOND_OTHERS", "number", "times the largest other week of an outlier"],
      ["MUCH_RETURNED", "share", "share of returns that is worth a note"],
      ["LEAST_WEEKS_OF_RETURNS", "count", "weeks with returns that are worth a note"],
    ],
  },
  {
    file: "src/forecast/gaps.ts",
    experiment: "notes",
    constants: [
      ["WINDOW_WEEKS", "count", "weeks that a gap is compared with"],
      ["NEARLY_EVERY_WEEK", "margin", "share of weeks with an order of a product that sells nearly every week"],
      ["LEAST_WEEKS", "count", "weeks that tell whether it does"],
      ["MOST_STOCK_OUT_WEEKS", "count", "longest gap under way that may be an empty shelf"],
      ["RARE", "number", "probability of a gap that is worth a note"],
      ["LEAST_OF_LONGEST", "number", "times the longest gap before of a stop"],
    ],
  },
  {
    file: "src/customers/outlook.ts",
    experiment: "customers",
    constants: [
      ["LEAST_ALIVE", ["0.25", "0.75"], "probability from which a customer is alive"],
      ["LEAST_AT_RISK", "share", "probability from which a customer is at risk"],
      ["NEGLIGIBLE", "number", "probability below which nothing is expected"],
    ],
  },
  {
    file: "src/customers/purchase-model.ts",
    experiment: "customers",
    constants: [
      ["{ r: #, alpha", "number", "usual shape of the rates of orders"],
      ["alpha: #, a:", "number", "usual inverse scale of the rates, weeks"],
      ["a: #, b:", "number", "usual first parameter of the probability to stop"],
      [", b: #", "number", "usual second parameter of the probability to stop"],
    ],
  },
  {
    file: "src/customers/fit.ts",
    experiment: "customers",
    constants: [
      ["LEAST_PAIRS", "count", "pairs of product and customer from which the purchase model is fitted"],
      ["MOST_GROUPS", "count", "different pairs that it is fitted to"],
      ["MOST_EVALUATIONS", "count", "likelihoods that the search may ask for"],
      ["TOLERANCE", "number", "tolerance of the search"],
      ["LEAST_GAIN", "number", "gain of likelihood an order that more regular orders must have"],
      ["steps: #", ["[0.2, 0.2, 0.2, 0.2]", "[0.8, 0.8, 0.8, 0.8]"], "first steps of the search"],
    ],
  },
  {
    file: "src/learning/learn.ts",
    experiment: "customers",
    constants: [["MOST_PAIRS", "count", "pairs of product and customer kept for the purchase model"]],
  },
  {
    file: "src/learning/purchase-sample.ts",
    experiment: "customers",
    constants: [["MOST_PAIRS", "count", "pairs that a task of 50 products gives"]],
  },
];
