import { generator } from "../numeric/random.ts";
import { mean } from "../numeric/sum.ts";

/**
 * Spearman's rank correlation, ties by their mean rank (Spearman, The Proof and Measurement of Association, 1904).
 *
 * @returns nothing where either side does not vary.
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  return correlation(ranks(a), ranks(b));
}

function correlation(a: readonly number[], b: readonly number[]): number | null {
  const [meanA, meanB] = [mean(a), mean(b)];
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (const [i, value] of a.entries()) {
    covariance += (value - meanA) * (b[i]! - meanB);
    varianceA += (value - meanA) * (value - meanA);
    varianceB += (b[i]! - meanB) * (b[i]! - meanB);
  }
  return varianceA > 0 && varianceB > 0 ? covariance / Math.sqrt(varianceA * varianceB) : null;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranked = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (let i = first; i < end; i++) ranked[order[i]!] = (first + end - 1) / 2;
    first = end;
  }
  return ranked;
}

export interface Difference {
  readonly difference: number;
  /** Bounds of the 95 % bootstrap interval. */
  readonly lower: number;
  readonly upper: number;
}

const REPLICATES = 1000;

/**
 * Differences of several methods from one, each in the ratio of summed errors to summed actuals, with percentile
 * intervals from resampled products: all methods see the same samples (Efron & Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13).
 *
 * @param errors by method, by product.
 * @param reference errors by product of the method that they are compared with.
 * @param actual by product.
 */
export function pairedDifferences(
  errors: readonly Float64Array[],
  reference: Float64Array,
  actual: Float64Array,
  seed: number,
): Difference[] {
  const products = actual.length;
  const random = generator(seed);
  const gains = errors.map((values) => values.map((error, i) => error - reference[i]!));
  const samples = errors.map(() => new Float64Array(REPLICATES));
  const counts = new Float64Array(products);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    counts.fill(0);
    for (let i = 0; i < products; i++) counts[Math.floor(random() * products)]!++;
    const denominator = weightedSum(counts, actual);
    for (const [m, gain] of gains.entries()) samples[m]![replicate] = weightedSum(counts, gain) / denominator;
  }
  const all = new Float64Array(products).fill(1);
  return gains.map((gain, m) => {
    const sorted = samples[m]!.sort();
    return {
      difference: weightedSum(all, gain) / weightedSum(all, actual),
      lower: sorted[Math.floor(0.025 * REPLICATES)]!,
      upper: sorted[Math.ceil(0.975 * REPLICATES) - 1]!,
    };
  });
}

function weightedSum(weights: Float64Array, values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]! * values[i]!;
  return total;
}
