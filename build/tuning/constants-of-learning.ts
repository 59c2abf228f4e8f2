import type { TunedFile } from "./constants.ts";

/** Those that what is learned across products depends on. */
export const CONSTANTS_OF_LEARNING: readonly TunedFile[] = [
  {
    file: "src/models/running-levels.ts",
    experiment: "forecasts",
    constants: [
      ["MEAN_WEEKS", ["[4, 7, 13, 26]", "[16, 26, 52, 104]"], "weeks of the running means"],
      ["ALPHAS", ["[0.025, 0.05, 0.1, 0.15]", "[0.1, 0.2, 0.4, 0.6]"], "smoothing of the exponential means"],
      ["TSB_ALPHA", "share", "smoothing of Teunter, Syntetos and Babai's method"],
    ],
  },
  {
    file: "src/learning/outliers.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_WEEKS", "count", "weeks with demand before an outlier is limited"],
      ["MOST_OF_LARGEST", "number", "what a week counts for at most, in largest weeks before it"],
    ],
  },
  {
    file: "src/learning/combination.ts",
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
    file: "src/learning/season.ts",
    experiment: "forecasts",
    constants: [
      ["LEVEL_WEEKS", "count", "weeks before the horizon that a past year's season is compared with"],
      ["LEAST_LEVEL_WEEKS", "count", "fewest of these weeks"],
    ],
  },
  {
    file: "src/learning/scale.ts",
    experiment: "forecasts",
    constants: [
      ["LUCKY_YEARS", "number", "years of the market's season that are luck"],
      ["MOMENTUM_POWER", "number", "how much of the market's momentum lasts"],
      ['["mean4", "mean8"]', ['["mean2", "mean4"]', '["mean8"]'], "weeks that show the market's momentum"],
      ["MOST_OF_OTHERS", "share", "share of all others that a product counts for at most in the momentum"],
      ["LEAST_RATIO", "number", "least ratio of a season, and of the momentum"],
      [
        "POWERS",
        ["[0, 0.5, 1]", "[0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]"],
        "exponents tried of own seasons",
      ],
      ["USUAL_POWER", "share", "exponent where too little is known to try"],
      ["LEAST_ROWS", "count", "rows with a past year from which exponents are tried"],
      ["ALL_CLASSES_ROWS", "count", "rows that all classes count for in a class's losses of methods"],
      ["Math.max(#, mean52)", "number", "least mean week by whose root errors of methods count"],
    ],
  },
  {
    file: "src/learning/snapshot.ts",
    experiment: "forecasts",
    constants: [
      ["LEAST_OF_YEAR", "share", "least level, as a share of the mean of 52 weeks"],
      ["LEAST_OF_ALL", "share", "least level, as a share of the mean of all weeks"],
      ["LEAST_LEVEL", "number", "least level, units a week"],
    ],
  },
  {
    file: "src/learning/shock.ts",
    experiment: "forecasts",
    constants: [
      ["MOST_RATIO", "number", "scales that a product's mean week counts for at most in what happened to all"],
      ["LEAST_VARIATION", "number", "least variation of what happens to all products"],
      ["EXPECTED_DRIFT", "number", "drift that is expected before anything is seen"],
      ["DRIFT_DEVIATION", "number", "how far the drift may be from that"],
    ],
  },
  {
    file: "src/learning/week-pattern.ts",
    experiment: "forecasts",
    constants: [
      ["FLAT_YEARS", "number", "years that a flat pattern counts for"],
      ["SMOOTHING_WEEKS", "count", "weeks on either side that a week of a past year is averaged with"],
      ["REST_SHARE", "share", "share of the market's mean week below which it rests"],
      ["LEAST_SHARE", "share", "least share of a mean week in a rest"],
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
      ["MOST_SIZES", "count", "last weeks with demand that sizes are taken from"],
      ["MEAN_WEEKS", ["[1, 4, 8, 26]", "[1, 2, 3, 4, 6, 8, 10, 13, 19, 26, 39, 52]"], "means: half and twice as many"],
      ["SHARE_WEEKS", ["[4, 13, 52]", "[2, 4, 6, 8, 10, 13, 19, 26, 39, 52]"], "shares of weeks with demand: as many"],
      ["SPREAD_WEEKS", ["[26]", "[8, 13, 19, 26, 39, 52]"], "quantiles of the last weeks: half and twice as many"],
      ["SHORT", ["9", "26"], "weeks that a feature of more weeks needs to know all of: not less than the momentum's 8"],
      ["BLOCKS", "count", "past horizons whose means are features"],
      ["quantities.subarray(-#)", "count", "weeks of the recent variation"],
    ],
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
    constants: [["LEAST_MARKET_WEEKS", "count", "weeks that the market is old at a past origin"]],
  },
  {
    file: "src/learning/bins.ts",
    experiment: "forecasts",
    constants: [["MOST_BINS", "count", "bins of a feature"]],
  },
  {
    file: "src/learning/tree.ts",
    experiment: "forecasts",
    constants: [["PENALTY", "number", "penalty of a leaf's squared value"]],
  },
  {
    file: "src/learning/objectives.ts",
    experiment: "forecasts",
    constants: [["LEAST_CURVATURE", "number", "least curvature of the pinball loss"]],
  },
  {
    file: "src/learning/train.ts",
    experiment: "forecasts",
    constants: [
      ["MEAN.seed", ["11", "21"], "not tuned: luck of what trees see of features and rows"],
      ["MEAN.trees", "count", "trees of the mean"],
      ["MEAN.leaves", "count", "leaves of a tree of the mean"],
      ["MEAN.learningRate", "number", "learning rate of the mean"],
      ["MEAN.leastRows", "count", "rows of a leaf"],
      ["MEAN.featureShare", "share", "share of the features that a tree sees"],
      ["MEAN.rowShare", "share", "share of the rows that a tree sees"],
      ["SPREAD.trees", "count", "trees of a quantile"],
      ["SPREAD.leaves", "count", "leaves of a tree of a quantile"],
      ["SPREAD.learningRate", "number", "learning rate of a quantile"],
      ["MOST_MEAN", "number", "greatest mean week that is learned, in scales"],
      ["MOST_WEEK", "number", "greatest week that is learned, in means"],
      ["LEVEL_POWER", "number", "power of the level that rows count by"],
      ["TOTAL_LEVEL_POWER", "number", "power of the level that rows count by for quantiles of the total"],
      ["LEAST_MEASURE", "share", "share of the scale below which a mean is no measure"],
      ["weights, { start: 1, delta: # }", "number", "error from which the loss of the mean is absolute"],
      [
        "weekWeights, { start, delta: #, probability }",
        "number",
        "how far the kink of a week's pinball loss is rounded",
      ],
      ["totalWeights, { start, delta: #, probability }", "number", "the same of the total's"],
      ["{ start: #, delta: 0.5", "number", "where boosting of the mean starts"],
      ["lower: week(tails, #)", "number", "where the lower quantile of a week starts"],
      ["week(0.5, #)", "number", "where the median of a week starts"],
      ["week(1 - tails, #)", "number", "where the upper quantile of a week starts"],
      ["total(tails, #)", "number", "where the lower quantile of the total starts"],
      ["total(1 - tails, #)", "number", "where the upper quantile of the total starts"],
      ["squaredError(accuracies, #)", "number", "where the expected accuracy starts"],
    ],
  },
  {
    file: "src/learning/calibration.ts",
    experiment: "forecasts",
    constants: [
      ["TRIMMED", "margin", "stretch of the upper bound of a week"],
      ["BOTH_HALVES", "margin", "stretch of the total for what both halves say together"],
      ["UNSEEN_SEASON", "number", "stretch for a season that nobody has seen, in months' movements"],
      ["MONTH_WEEKS", "count", "weeks of the months that the market's movement is measured between"],
      ["MOST_ROWS", "count", "rows that intervals are tried on"],
      ["LEAST_STRETCH", "number", "least stretch of the total"],
      ["MOST_STRETCH", "number", "greatest stretch of the total"],
      ["ALL_CLASSES_ROWS", "count", "rows that all classes count for in a class's stretch"],
    ],
  },
  {
    file: "src/learning/learned.ts",
    experiment: "forecasts",
    constants: [["KNOWN_ORIGINS", "margin", "factor of the accuracy that was tried at known origins"]],
  },
  {
    file: "src/workers/learn.ts",
    experiment: "forecasts",
    constants: [
      ["SEED", ["11", "21"], "not tuned: luck of the order in which products are drawn and halved"],
      ["BATCH", "count", "products a task: whole tasks make the halves"],
    ],
  },
  {
    file: "src/workers/learn.ts",
    experiment: "large",
    constants: [
      ["MOST_ROWS", "count", "rows to learn from where the market is young"],
      ["MOST_ROWS_OF_YEARS", "count", "rows to learn from where it is not"],
    ],
  },
  {
    file: "src/workers/learn.ts",
    experiment: "small",
    constants: [
      ["LEAST_PRODUCTS", "count", "products from which on anything is learned"],
      ["LEAST_ROWS", "count", "rows from which on anything is learned of demand"],
    ],
  },
];
