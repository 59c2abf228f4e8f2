/**
 * A forecasting method for one weekly series. `fit` gives another type than itself, so that what has not been fitted
 * cannot be asked for a forecast.
 */
export interface Model {
  readonly name: string;
  /** Fewest weeks of history that `fit` accepts. */
  readonly leastHistory: number;
  /** `demand` for methods that know no week below zero: more returned than sold counts as nothing sold. */
  readonly takes: "net" | "demand";
  /** @param quantities weekly, oldest first, finite, at least `leastHistory` of them. */
  fit(quantities: Float64Array): Fitted;
}

export interface Fitted {
  /** @returns expected quantity of each of the next `horizon` weeks, not clipped at zero. */
  predict(horizon: number): Float64Array;
}

/** Every week the same. */
export function constant(quantity: number): Fitted {
  return { predict: (horizon) => new Float64Array(horizon).fill(quantity) };
}
