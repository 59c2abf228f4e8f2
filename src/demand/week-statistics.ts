const MOST_SIZES = 30;

/** The last weeks with demand: how many, their mean, and in relation to it their deviation, largest, median and smallest. */
export interface Sizes {
  readonly count: number;
  readonly mean: number;
  readonly variation: number;
  readonly largest: number;
  readonly median: number;
  readonly smallest: number;
}

export function sizesOf(quantities: Float64Array): Sizes {
  const last = new Float64Array(MOST_SIZES);
  let count = 0;
  let total = 0;
  for (let i = quantities.length - 1; i >= 0 && count < MOST_SIZES; i--) {
    if (!(quantities[i]! > 0)) continue;
    last[count++] = quantities[i]!;
    total += quantities[i]!;
  }
  if (count === 0) return { count, mean: 0, variation: 0, largest: 0, median: 0, smallest: 0 };
  const mean = total / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (last[i]! - mean) * (last[i]! - mean);
  const variance = squares / count;
  const sizes = last.subarray(0, count).sort();
  const median = sizes[sizes.length >> 1]!;
  return {
    count,
    mean,
    variation: Math.sqrt(variance) / mean,
    largest: sizes.at(-1)! / mean,
    median: median / mean,
    smallest: sizes[0]! / mean,
  };
}

/** Deviation of the weeks in relation to their mean, and share of the largest one; zero of both where nothing sold. */
export interface Variation {
  readonly variation: number;
  readonly largestShare: number;
}

export function variationOf(weeks: Float64Array): Variation {
  let sum = 0;
  let largest = 0;
  for (const quantity of weeks) {
    sum += quantity;
    largest = Math.max(largest, quantity);
  }
  const mean = sum / weeks.length;
  if (mean <= 0) return { variation: 0, largestShare: 0 };
  let squares = 0;
  for (const quantity of weeks) squares += (quantity - mean) * (quantity - mean);
  return { variation: Math.sqrt(squares / weeks.length) / mean, largestShare: largest / sum };
}
