import { type DemandTrees, type SpreadName, spreadTrees } from "../../src/learning/demand-trees.ts";
import type { BoostedTrees } from "../../src/trees/boosted-trees.ts";

/** A single leaf, which says the same of every product. */
export function always(value: number): BoostedTrees {
  return {
    ...{ roots: Int32Array.of(0), feature: Int32Array.of(-1) },
    ...{ threshold: Float64Array.of(value), left: Int32Array.of(0) },
  };
}

/** A single tree, which says one thing of values up to `cut` in a column, and another of those above. */
export function divided(column: number, cut: number, upTo: number, above: number): BoostedTrees {
  return {
    ...{ roots: Int32Array.of(0), feature: Int32Array.of(column, -1, -1) },
    ...{ threshold: Float64Array.of(cut, upTo, above), left: Int32Array.of(1, 0, 0) },
  };
}

/** What is said of every product: the mean in what the base expects, its accuracy as it is, and the rest in spread units. */
export function treesSaying(said: Readonly<Record<"mean" | SpreadName, number>>): DemandTrees {
  return { mean: always(said.mean), spread: spreadTrees((name) => always(said[name])) };
}
