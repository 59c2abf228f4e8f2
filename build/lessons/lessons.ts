// Teaches what ships with the program. `npm run lessons -- FOLDER` takes wholesale-orders.csv.gz and liquor-orders.csv.gz from
// FOLDER and writes src/learning/prior.json; without a folder it teaches on simulated worlds alone. Some minutes.
import { writeFileSync } from "node:fs";
import { equalLosses } from "../../src/demand/combination.ts";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import { withoutOutliers } from "../../src/demand/outliers.ts";
import { NO_TREES } from "../../src/learning/demand-trees.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import { marketOf } from "../../src/learning/market.ts";
import { classLossesOf } from "../../src/learning/pooled.ts";
import { encodedSpread, encodedTrees, type Prior } from "../../src/learning/prior.ts";
import { isTrained, type TrainingTable, trainingTable } from "../../src/learning/table.ts";
import { decodeRows, trainingBatch } from "../../src/learning/training-rows.ts";
import { hashOf } from "../../src/numeric/random.ts";
import { joined } from "./joined.ts";
import { constantTree, rounded, teach } from "./teach.ts";
import { type World, worlds } from "./worlds.ts";

const FILE = "src/learning/prior.json";
/** The longest horizon, for which stretches of totals are looked at. */
const HORIZON = 26;
/** Products a world, so that a large one does not decide alone. */
const MOST_PRODUCTS = 375;

/** The demand of some of a world's products as of past origins, and how all of them moved. */
function rowsOf({ name, histories, origin, withCustomers }: World) {
  const market = marketOf(histories.map(({ quantities }) => withoutOutliers(quantities)));
  const drawn = histories
    .map((history, i) => ({ history, product: hashOf(`${name} ${i}`) }))
    .sort((a, b) => a.product - b.product)
    .slice(0, MOST_PRODUCTS);
  const options = { origin, withCustomers, horizon: HORIZON, level: 0.8, minCustomers: 2, minOrders: 3 };
  const { rows } = trainingBatch(
    drawn.map(({ history }) => history),
    drawn.map(({ product }) => product),
    { ...options, index: market.index },
  );
  return { origin, market, rows: decodeRows(rows, HORIZON) };
}

function taughtLosses(taught: readonly ReturnType<typeof rowsOf>[]): Float64Array[] {
  const rows = taught.flatMap(({ market, rows: all }) => all.filter((row) => isTrained(row, market)));
  return classLossesOf(rows, DEMAND_CLASSES.map(equalLosses));
}

const taught = Array.from(worlds(process.argv[2]), rowsOf);
const classLosses = taughtLosses(taught);
const untaught: Prior = {
  classLosses,
  trees: { ...NO_TREES, mean: constantTree(1) },
  meanFactors: [],
  stretches: [],
};
const tables = taught
  .map(
    ({ origin, market, rows }): TrainingTable =>
      trainingTable(rows, market, { origin, horizon: HORIZON }, untaught).table,
  )
  .filter(({ expected }) => expected.length > 0);
const { trees, meanFactors, stretches } = teach(joined(tables));
const encoded = {
  features: FEATURE_NAMES,
  classLosses: classLosses.map((losses) => Array.from(losses, rounded)),
  meanFactors,
  mean: encodedTrees(trees.mean),
  spread: encodedSpread(trees.spread),
  stretches,
};
writeFileSync(FILE, `${JSON.stringify(encoded)}\n`);
console.log(`${FILE}: ${JSON.stringify(encoded).length} bytes, of ${tables.length} worlds`);
