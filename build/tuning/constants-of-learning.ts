import type { TunedFile } from "./constants.ts";

/** Those that what is learned across products depends on. */
export const CONSTANTS_OF_LEARNING: readonly TunedFile[] = [
  {
    file: "src/demand/running-levels.ts",
    experiment: "forecasts",
    constants: [
      ["[8, 13, 26, 52]", ["[4, 7, 13, 26]", "[16, 26, 52, 104]"], "weeks of the running means"],
      [
        "[0.05, 0.1, 0.2, 0.3]",
        ["[0.025, 0.05, 0.1, 0.15]", "[0.1, 0.2, 0.4, 0.6]"],
        "smoothing of the exponential means",
      ],
      ["TSB_ALPHA", "share", "smoothing of Teunter, Syntetos and Babai's method"],
    ],
  },
  {
    file: "src/demand/outliers.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_WEEKS", "count", "weeks with demand before an outlier is limited"],
      ["MOST_OF_LARGEST", "number", "what a week counts for at most, in largest weeks before it"],
    ],
  },
  {
    file: "src/demand/combination.ts",
    experiment: "forecasts",
    constants: [
      ["MOST_ORIGINS", "count", "past origins of a product that methods are compared at"],
      ["WEEKS_BETWEEN_ORIGINS", "count", "weeks between these origins"],
      ["LEAST_WEEKS", "count", "weeks known at the first of these origins"],
      ["CLASS_WEIGHT", "number", "past origins that the class counts for beside the product's own"],
      ["fourth * fourth", ["fourth", "fourth * fourth * fourth * fourth"], "power of the inverse loss: the eighth"],
    ],
  },
  {
    file: "src/demand/season.ts",
    experiment: "forecasts",
    constants: [
      ["LEVEL_WEEKS", "count", "weeks before the horizon that a past year's season is compared with"],
      ["LEAST_LEVEL_WEEKS", "count", "fewest of these weeks"],
      ["USUAL_YEARS", "count", "past years whose middle is usual"],
      ["PART_WEEKS", "count", "weeks at a time by which past years are tried on each other"],
      ["MOST_OF_OVER", "share", "share of the level below which a single year says that a season is over"],
      ["LEAST_KNOWN", "share", "share of the horizon that a past year must show to be tried"],
    ],
  },
  {
    file: "src/learning/pooled.ts",
    experiment: "forecasts",
    constants: [
      [
        "SEASON_WEEKS",
        ["[8, 32, 128]", "[4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 1024]"],
        "weights tried of the common season",
      ],
      ["USUAL_SEASON_WEEKS", "count", "weight of the common season where too little is known to try"],
      ["LEAST_ROWS", "count", "rows with a past year from which weights are tried"],
      ["LEAST_OF_MEAN", "share", "share of the whole mean that a product's errors are measured by at least"],
    ],
  },
  {
    file: "src/demand/base.ts",
    experiment: "forecasts",
    constants: [["LEAST_OF_LEVEL", "share", "least that is expected, as a share of the level"]],
  },
  {
    file: "src/learning/market.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_PRODUCTS", "count", "fewest products of a market"],
      ["MOST_OF_SIZE", "number", "mean weeks with demand that a week counts for at most"],
      ["HALF_WEIGHT", "number", "orders that are half of what a product can count for"],
      ["BLOCK", "count", "weeks looked at together to see how far a product goes with all others"],
      ["MOST_DEVIATION", "number", "deviation from all others from which on a product counts for less"],
      ["ROUNDS", "count", "turns of the products' usual demand and the index"],
      ["UNMOVED", "number", "part of a product as which it counts in each week that nothing moved"],
    ],
  },
  {
    file: "src/learning/alike-weeks.ts",
    experiment: "forecasts",
    constants: [
      ["NOW_WEEKS", "count", "last weeks whose mean is what all products sell now"],
      ["LEAST_NOW", "count", "fewest weeks that tell a step of what all products sell"],
      ["SMOOTHING", "count", "weeks on either side that the index is averaged over"],
      ["ALIKE", "margin", "factor beyond which weeks are not averaged"],
      ["MOST_CHANCE", "number", "deviations by chance within which weeks are alike all the same"],
    ],
  },
  {
    file: "src/learning/market-seasons.ts",
    experiment: "forecasts",
    constants: [
      ["EARLIER_WEEKS", "count", "weeks that the last ones of the market are compared with"],
      ["LASTING", "share", "part of such a movement that lasts"],
      ["EXPECTED_TRUST", "share", "how far one year foretells another before anything was seen"],
      ["EXPECTED_WEEKS", "count", "weeks that this counts for"],
      ["USUAL_SEASON", "number", "size of a season by which these weeks count"],
      ["MOST_OF_YEAR", "number", "factor to the year around it beyond which a single year's week is not believed"],
      ["OUT_OF_PROPORTION", "number", "logarithm of a move of all products of which nobody knows whether it lasts"],
      ["MOST_DEVIATIONS", "number", "and deviations by chance that it must be beyond"],
    ],
  },
  {
    file: "src/learning/rests.ts",
    experiment: "forecasts",
    constants: [
      ["REST", "share", "share of what is usual below which a week is one of rest"],
      ["MOST_CHANCE", "number", "deviations by chance that a rest must be beyond"],
    ],
  },
  {
    file: "src/learning/stops.ts",
    experiment: "forecasts",
    constants: [
      ["MOST_OF_USUAL", "number", "usual shares of products that stop, beyond which it is a clearance"],
      ["MORE", "share", "and so much more"],
    ],
  },
  {
    file: "src/demand/life.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_SILENCE", "count", "weeks without demand from which on a product may be gone"],
      ["IMPROBABLE", "share", "probability below which it is"],
    ],
  },
  {
    file: "src/forecast/season-range.ts",
    experiment: "forecasts",
    constants: [
      ["MORE_YEARS", "number", "years by which the range of a clear season is drawn to what is expected"],
      ["EXPECTED_ERROR", "share", "how far a year is expected to be from the others"],
    ],
  },
  {
    file: "src/demand/deflation.ts",
    experiment: "forecasts",
    constants: [["NEIGHBOURS", "count", "weeks on either side that a week of rest is filled from"]],
  },
  {
    file: "src/demand/level.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_OF_YEAR", "share", "least level, as a share of the mean of 52 weeks"],
      ["LEAST_OF_ALL", "share", "least level, as a share of the mean of all weeks"],
      ["LEAST_OF_SIZE", "share", "least level, as a share of the mean week with demand"],
    ],
  },
  {
    file: "src/learning/common-shocks.ts",
    experiment: "forecasts",
    constants: [
      [
        "MOST_RATIO",
        "number",
        "what was expected of a product, times so much, that its mean week counts for at most in what happened to all",
      ],
      ["LEAST_VARIATION", "number", "least variation of what happens to all products"],
      ["DRIFT_DEVIATION", "number", "how far what lasts may be from nothing before anything is seen"],
    ],
  },
  {
    file: "src/demand/week-pattern.ts",
    experiment: "forecasts",
    constants: [
      ["FLAT_YEARS", "number", "years that a flat pattern counts for"],
      ["SMOOTHING_WEEKS", "count", "weeks on either side that a week of a past year is averaged with"],
    ],
  },
  {
    file: "src/learning/customer-facts.ts",
    experiment: "forecasts",
    constants: [
      ["RECENT_WEEKS", ["[2, 7, 13, 26]", "[8, 26, 52, 104]"], "weeks within which customers are counted as features"],
      ["HALF_YEAR_DAYS", "count", "weeks of recent orders, as features of customers"],
      ["QUARTER_DAYS", "count", "weeks for which a customer counts as new, as a feature"],
      ["LAST_ORDERS", "count", "last orders that a customer's usual quantity is the mean of"],
      ["IN_RHYTHM", "number", "mean intervals without an order until a customer begins to be out of rhythm"],
    ],
  },
  {
    file: "src/learning/features.ts",
    experiment: "forecasts",
    constants: [
      ["MOST_RATIO", "number", "greatest ratio to the level"],
      ["MOST_AGE_WEEKS", "count", "greatest age"],
      ["SHORT", ["9", "26"], "weeks that a feature of more weeks needs to know all of: not less than the momentum's 8"],
      ["quantities.subarray(-#)", "count", "weeks of the recent variation"],
    ],
  },
  {
    file: "src/demand/week-statistics.ts",
    experiment: "forecasts",
    constants: [["MOST_SIZES", "count", "last weeks with demand that sizes are taken from"]],
  },
  {
    file: "src/learning/training-rows.ts",
    experiment: "forecasts",
    constants: [
      [
        "WEEKS_BEFORE_LAST",
        [
          "[0, 2, 6, 12, 20, 28, 36, 44]",
          "[0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 44]",
        ],
        "past origins to learn from: half, and more, of the same range",
      ],
      ["LEAST_WEEKS", "count", "weeks known of a product at a past origin"],
    ],
  },
  {
    file: "src/learning/table.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_POOLED_WEEKS", "count", "weeks of the market that are known at a past origin"],
      ["CLEAR_ERRORS", "share", "part of the level's errors that a clear season leaves"],
    ],
  },
  {
    file: "src/trees/bins.ts",
    experiment: "forecasts",
    constants: [["MOST_BINS", "count", "bins of a feature"]],
  },
  {
    file: "src/trees/objectives.ts",
    experiment: "forecasts",
    constants: [["LEAST_CURVATURE", "number", "least curvature of the pinball loss"]],
  },
  {
    file: "src/learning/own-trees.ts",
    experiment: "forecasts",
    constants: [
      ["MEAN.seed", ["11", "21"], "not tuned: luck of what trees see of features and rows"],
      ["MEAN.trees", "count", "trees of the mean"],
      ["MEAN.leaves", "count", "leaves of a tree of the mean"],
      ["MEAN.learningRate", "number", "learning rate of the mean"],
      ["LEAST_ROWS_AT_LOSS", "count", "rows of a leaf where the mean loss is one"],
      ["MEAN.leastRows", "count", "rows of a leaf in any case"],
      ["MEAN.l2", "number", "penalty of a leaf's squared value"],
      ["MEAN.featureFraction", "share", "share of the features that a tree sees"],
      ["MEAN.subsample", "share", "share of the rows that a tree sees"],
      ["SPREAD.trees", "count", "trees of a quantile"],
      ["SPREAD.leaves", "count", "leaves of a tree of a quantile"],
      ["SPREAD.learningRate", "number", "learning rate of a quantile"],
      ["SPREAD.leastRows", "count", "rows of a leaf of a quantile"],
    ],
  },
  {
    file: "src/learning/train.ts",
    experiment: "forecasts",
    constants: [
      ["MOST_OF_EXPECTED", "number", "greatest mean week that is learned, in what the base expects"],
      ["ORDERS_EXPONENT", "number", "power of the level that rows count by"],
      ["MEAN_WEEK_ORDERS_EXPONENT", "number", "power of the level that rows count by for quantiles of the total"],
      ["LEAST_OF_EXPECTED", "share", "share of what the base expects below which a mean is no unit"],
      ["MEAN_DELTA", "number", "error from which the loss of the mean is absolute"],
      ["WEEK_DELTA", "number", "how far the kink of a week's pinball loss is rounded"],
      ["MEAN_WEEK_DELTA", "number", "the same of the total's"],
    ],
  },
  {
    file: "src/learning/calibration.ts",
    experiment: "forecasts",
    constants: [
      ["UNSEEN_SEASON", "number", "stretch for a season that nobody has seen, in months' movements"],
      ["MONTH_WEEKS", "count", "weeks of the months that movement is measured between"],
      ["MOST_ROWS", "count", "rows that intervals are tried on"],
      ["MOST_STRETCH", "number", "greatest stretch of the total that rows ask for"],
    ],
  },
  {
    file: "src/learning/predict.ts",
    experiment: "forecasts",
    constants: [
      ["KNOWN_ORIGINS", "margin", "factor of the accuracy that was tried at known origins"],
      ["USUAL_VARIATION", "number", "variation of the last weeks from which on trees have all their say"],
      ["TELLING_WEEKS", "count", "weeks that tell whether a product varies"],
    ],
  },
  {
    file: "src/learning/sample.ts",
    experiment: "forecasts",
    constants: [["MOST_MARKET_PRODUCTS", "count", "products that the market's index is made of"]],
  },
  {
    file: "src/learning/sample.ts",
    experiment: "large",
    constants: [
      ["MOST_ROWS", "count", "rows to learn from where the history is young"],
      ["MOST_ROWS_OF_YEARS", "count", "rows to learn from where it is not"],
    ],
  },
  {
    file: "src/learning/own-trees.ts",
    experiment: "small",
    constants: [["QUARTER_TRUST_ROWS", "count", "rows that are trusted a quarter beyond what was taught elsewhere"]],
  },
  {
    file: "src/learning/train.ts",
    experiment: "small",
    constants: [
      ["MOST_MODELS", "count", "models that few rows are taught to"],
      ["ROWS_OF_MODELS", "count", "rows of one model"],
    ],
  },
  {
    file: "src/learning/calibration.ts",
    experiment: "small",
    constants: [["PRIOR_ROWS", "count", "rows of a class that stretches tried elsewhere count for"]],
  },
  {
    file: "src/learning/pooled.ts",
    experiment: "small",
    constants: [["PRIOR_ROWS", "count", "rows of a class that losses of methods elsewhere count for"]],
  },
  {
    file: "src/learning/common-shocks.ts",
    experiment: "small",
    constants: [["HALF_KNOWN_ROWS", "count", "rows that tell half of what happened to all products"]],
  },
];
