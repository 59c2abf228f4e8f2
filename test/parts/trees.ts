import type { FoldTrees } from "../../src/learning/predict.ts";
import type { SpreadTrees } from "../../src/learning/train.ts";
import type { BoostedTrees } from "../../src/trees/boosted-trees.ts";

/** Trees that say the same of every product. */
export function always(value: number): BoostedTrees {
  const none = new Int32Array();
  return { start: value, roots: none, feature: none, threshold: new Float64Array(), left: none };
}

/** A single tree, which says one thing of values up to `cut` in a column, and another of those above. */
export function divided(column: number, cut: number, upTo: number, above: number): BoostedTrees {
  return {
    ...{ start: 0, roots: Int32Array.of(0), feature: Int32Array.of(column, -1, -1) },
    ...{ threshold: Float64Array.of(cut, upTo, above), left: Int32Array.of(1, 0, 0) },
  };
}

/** What a fold says of every product: the mean in what the base expects, its accuracy as it is, and the rest in spread units. */
export function foldSaying(said: Readonly<Record<"mean" | keyof SpreadTrees, number>>): FoldTrees {
  const { mean, ...spread } = said;
  return {
    mean: always(mean),
    spread: Object.fromEntries(
      Object.entries(spread).map(([name, value]) => [name, always(value)]),
    ) as unknown as SpreadTrees,
  };
}
