/** Where a search begins, how far it looks around first, and where it may go; all of one length. */
export interface SearchSpace {
  readonly start: readonly number[];
  readonly steps: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * A local minimum of a function of a few variables within bounds, by the simplex method (Nelder & Mead, A Simplex Method
 * for Function Minimization, 1965); a corner beyond a bound is put on it. Ends when the corners' values differ by less than
 * `tolerance` of the best one, or after `mostEvaluations`.
 *
 * @returns the best place that was tried.
 */
export function minimiseSimplex(
  objective: (x: Float64Array) => number,
  { start, steps, low, high }: SearchSpace,
  tolerance: number,
  mostEvaluations: number,
): Float64Array {
  const size = start.length;
  const within = (x: number, i: number) => Math.min(high[i]!, Math.max(low[i]!, x));
  const corners: Corner[] = [];
  for (let c = 0; c <= size; c++) {
    const at = Float64Array.from(start, within);
    // A step that a bound would swallow goes the other way.
    if (c > 0)
      at[c - 1] = within(at[c - 1]! + steps[c - 1]! * (at[c - 1]! + steps[c - 1]! > high[c - 1]! ? -1 : 1), c - 1);
    corners.push({ at, value: objective(at) });
  }
  let evaluations = size + 1;
  const byValue = (a: Corner, b: Corner) => a.value - b.value;
  corners.sort(byValue);
  while (evaluations < mostEvaluations) {
    const best = corners[0]!;
    const worst = corners[size]!;
    if (!(worst.value - best.value > tolerance * Math.abs(best.value))) break;
    const centre = new Float64Array(size);
    for (let c = 0; c < size; c++) for (let i = 0; i < size; i++) centre[i]! += corners[c]!.at[i]! / size;
    const tryAt = (factor: number): Corner => {
      const at = new Float64Array(size);
      for (let i = 0; i < size; i++) at[i] = within(centre[i]! + factor * (worst.at[i]! - centre[i]!), i);
      evaluations++;
      return { at, value: objective(at) };
    };
    const reflected = tryAt(-1);
    if (reflected.value < best.value) {
      const expanded = tryAt(-2);
      corners[size] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[size - 1]!.value) {
      corners[size] = reflected;
    } else {
      const contracted = tryAt(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) {
        corners[size] = contracted;
      } else {
        for (const corner of corners.slice(1)) {
          for (let i = 0; i < size; i++) corner.at[i] = (corner.at[i]! + best.at[i]!) / 2;
          corner.value = objective(corner.at);
        }
        evaluations += size;
      }
    }
    corners.sort(byValue);
  }
  return corners[0]!.at;
}

interface Corner {
  readonly at: Float64Array;
  value: number;
}
