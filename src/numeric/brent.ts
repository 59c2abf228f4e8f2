const GOLDEN = (3 - Math.sqrt(5)) / 2;

/**
 * A local minimum of a function of one variable, by parabolas and golden sections (Brent, Algorithms for Minimization
 * without Derivatives, 1973, chapter 5). Ends at `tolerance` from it, or after `mostEvaluations`.
 *
 * @returns the best place that was tried, within `low` to `high`, which themselves are not.
 */
export function minimise(
  objective: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
  mostEvaluations = 100,
): number {
  let best = low + GOLDEN * (high - low);
  let second = best;
  let third = best;
  let bestValue = objective(best);
  let secondValue = bestValue;
  let thirdValue = bestValue;
  let step = 0;
  let stepBefore = 0;
  for (let evaluations = 1; evaluations < mostEvaluations; evaluations++) {
    const middle = (low + high) / 2;
    if (Math.abs(best - middle) <= 2 * tolerance - (high - low) / 2) break;
    const toSecond = (best - second) * (bestValue - thirdValue);
    const toThird = (best - third) * (bestValue - secondValue);
    let numerator = (best - third) * toThird - (best - second) * toSecond;
    let denominator = 2 * (toThird - toSecond);
    if (denominator > 0) numerator = -numerator;
    else denominator = -denominator;
    const parabolic =
      Math.abs(stepBefore) > tolerance &&
      Math.abs(numerator) < Math.abs((denominator * stepBefore) / 2) &&
      numerator > denominator * (low - best) &&
      numerator < denominator * (high - best);
    if (parabolic) {
      stepBefore = step;
      step = numerator / denominator;
      const target = best + step;
      if (target - low < 2 * tolerance || high - target < 2 * tolerance) step = best < middle ? tolerance : -tolerance;
    } else {
      stepBefore = best < middle ? high - best : low - best;
      step = GOLDEN * stepBefore;
    }
    const x = best + (Math.abs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance);
    const value = objective(x);
    if (value <= bestValue) {
      if (x < best) high = best;
      else low = best;
      [third, second, best] = [second, best, x];
      [thirdValue, secondValue, bestValue] = [secondValue, bestValue, value];
      continue;
    }
    if (x < best) low = x;
    else high = x;
    if (value <= secondValue || second === best) {
      [third, second] = [second, x];
      [thirdValue, secondValue] = [secondValue, value];
    } else if (value <= thirdValue || third === best || third === second) {
      third = x;
      thirdValue = value;
    }
  }
  return best;
}

/**
 * The minimum of a function that may have several: the best of a grid, then `minimise` between its neighbours.
 *
 * @param grid ascending, at least two.
 */
export function minimiseFrom(
  grid: readonly number[],
  objective: (x: number) => number,
  tolerance: number,
  mostEvaluations: number,
): number {
  let best = 0;
  let bestValue = Number.POSITIVE_INFINITY;
  for (let i = 0; i < grid.length; i++) {
    const value = objective(grid[i]!);
    if (value >= bestValue) continue;
    best = i;
    bestValue = value;
  }
  const low = grid[Math.max(0, best - 1)]!;
  const high = grid[Math.min(grid.length - 1, best + 1)]!;
  const found = minimise(objective, low, high, tolerance, mostEvaluations);
  return objective(found) < bestValue ? found : grid[best]!;
}
