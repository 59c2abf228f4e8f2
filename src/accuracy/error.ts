export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Sum of the squared errors of a forecast. */
export function squaredError(actual: Float64Array, forecast: Float64Array): number {
  return sum(actual.map((value, k) => (value - forecast[k]!) * (value - forecast[k]!)));
}

/** Sum of the absolute errors of a forecast. */
export function absoluteError(actual: Float64Array, forecast: Float64Array): number {
  return sum(actual.map((value, k) => Math.abs(value - forecast[k]!)));
}

/**
 * Weighted absolute percentage error: the sum of absolute errors over the sum of absolute actual quantities (Kolassa &
 * Schütz, Advantages of the MAD/Mean Ratio over the MAPE, 2007). 1 is the error of forecasting nothing at all.
 */
export class WeightedAbsolutePercentageError {
  #error = 0;
  #actual = 0;

  add(actual: Float64Array, forecast: Float64Array): void {
    this.#error += absoluteError(actual, forecast);
    this.#actual += sum(actual.map(Math.abs));
  }

  /** A share, not a percentage; undefined where nothing was sold. */
  get value(): number | undefined {
    return this.#actual === 0 ? undefined : this.#error / this.#actual;
  }
}
