import type { Model } from "../models/model.ts";

/**
 * Fits a method and asks it for the expected quantity of each week, which is never negative, whatever it extrapolates.
 *
 * @param quantities net units a week, oldest first, at least the method's least history.
 */
export function meanForecast(model: Model, quantities: Float64Array, horizon: number): Float64Array {
  const input = model.takes === "demand" ? notNegative(quantities) : quantities;
  return notNegative(model.fit(input).predict(horizon));
}

function notNegative(quantities: Float64Array): Float64Array {
  return quantities.map((quantity) => Math.max(0, quantity));
}
