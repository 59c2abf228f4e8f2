import { describe, expect, test } from "vitest";
import { binned } from "../../src/trees/bins.ts";
import { boost, treeSum } from "../../src/trees/boosted-trees.ts";
import { type Objective, pseudoHuber, roundedPinball, squaredError } from "../../src/trees/objectives.ts";
import reference from "../reference/lightgbm.json" with { type: "json" };

/** The relative difference that is allowed, since sums are taken in another order; what was seen is 1e-15. */
const TOLERANCE = 1e-12;

type Case = (typeof reference.cases)[number];

const tableOf = ({ table }: Case) => reference.tables[table as keyof typeof reference.tables];

function objectiveOf(of: Case): Objective {
  const { targets, weights } = tableOf(of);
  const first = Float64Array.from(targets, (row) => row[0]!);
  const { delta = Number.NaN, probability = Number.NaN } = of;
  if (of.objective === "squared error") return squaredError(first);
  if (of.objective === "pseudo-Huber") return pseudoHuber(first, Float64Array.from(weights), delta);
  const all = Float64Array.from(targets.flat());
  return roundedPinball(all, targets[0]!.length, Float64Array.from(weights), { delta, probability });
}

/** LightGBM keeps gradients as 32-bit floats. Rounded to such here too, they leave all the rest to be compared. */
const asFloats = ({ gradients }: Objective): Objective => ({
  gradients(scores, gradient, hessian) {
    gradients(scores, gradient, hessian);
    for (const slope of [gradient, hessian]) slope.set(Float32Array.from(slope));
  },
});

/*
 * LightGBM differs in what the reference's tables avoid. A feature whose cuts all lose at a leaf, which the penalty makes
 * possible, is not tried again below it; here it is. The rows on either side of a cut are estimated from the sum of
 * hessians, also for `min_data_in_leaf`; here they are counted. Of cuts that divide the rows of a leaf alike it takes the
 * highest and here the lowest is taken, so the scattered table has no unseen rows. A threshold is the next number after
 * the one halfway; exactly halfway goes left in both.
 */
describe(`LightGBM ${reference.versions.lightgbm}`, () => {
  test.each(reference.cases)("$objective, $trees trees of $leaves leaves on the $table table, to 1e-12", (of) => {
    const { rows, unseen } = tableOf(of);
    const table = binned(Float64Array.from(rows.flat()), rows[0]!.length);
    const start = new Float64Array(rows.length).fill(of.start);
    const options = { ...of, l2: 1, featureFraction: 1, subsample: 1, seed: 1 };
    const trees = boost(table, asFloats(objectiveOf(of)), start, options);
    let worst = 0;
    for (const [i, row] of [...rows, ...unseen].entries()) {
      const expected = [...of.seen, ...of.unseen][i]!;
      worst = Math.max(worst, Math.abs((of.start + treeSum(trees, Float64Array.from(row))) / expected - 1));
    }
    expect(worst).toBeLessThan(TOLERANCE);
  });
});
