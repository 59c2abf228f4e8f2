import { minimiseFrom } from "../numeric/brent.ts";
import { log } from "../numeric/elementary.ts";
import { minimiseSimplex } from "../numeric/nelder-mead.ts";
import type { Fitted, Model } from "./model.ts";

export type Trend = "none" | "additive" | "damped";

/** Parameters of exponential smoothing with additive errors, by the letters of Hyndman et al. (2008), table 2.2. */
export interface Parameters {
  readonly alpha: number;
  /** Of the trend, as a change of it per unit of error; zero without a trend. */
  readonly beta: number;
  /** Damping of the trend; one where it is not damped. */
  readonly phi: number;
  /** Before the first week. */
  readonly level: number;
  readonly trend: number;
}

export interface FittedSmoothing extends Fitted {
  readonly parameters: Parameters;
  /** Sum of squared one-step errors. */
  readonly squaredErrors: number;
  /** Variances of the errors of the next `horizon` weeks, if errors are independent (Hyndman et al. 2008, table 6.1). */
  variances(horizon: number): Float64Array;
}

const LEAST = 1e-4;
const GREATEST = 0.9999;
const LEAST_DAMPING = 0.8;
const GREATEST_DAMPING = 0.98;
/** Where the search for α begins: the sum of squares may have several minima. */
const ALPHAS = [LEAST, 0.05, 0.15, 0.35, 0.65, GREATEST];
/** Estimated, the variance too. */
const PARAMETERS: Record<Trend, number> = { none: 3, additive: 5, damped: 6 };
/** Of the sum of squares about the mean: what is left when a series is fitted to the last bit. */
const NOTHING_LEFT = 1e-12;

/**
 * Exponential smoothing without trend, with one, or with a damped one, whichever has the least AICc (Hyndman et al.,
 * Forecasting with Exponential Smoothing, 2008: ETS(A,N,N), ETS(A,A,N), ETS(A,Ad,N)).
 */
export const exponentialSmoothing: Model = {
  name: "ets",
  leastHistory: 1,
  takes: "net",
  fit(quantities) {
    let best = fitSmoothing(quantities, "none");
    if (best.squaredErrors <= NOTHING_LEFT * sumOfSquares(quantities)) return best;
    let least = aicc(best.squaredErrors, quantities.length, "none");
    for (const trend of ["additive", "damped"] as const) {
      if (quantities.length < PARAMETERS[trend] + 2) continue;
      const fitted = fitSmoothing(quantities, trend);
      const criterion = aicc(fitted.squaredErrors, quantities.length, trend);
      if (criterion >= least) continue;
      best = fitted;
      least = criterion;
    }
    return best;
  },
};

/**
 * The parameters of greatest likelihood, which for normal errors are those of least squares. Level and trend before the
 * first week follow from the others by linear regression, so that one to three parameters are searched.
 */
export function fitSmoothing(quantities: Float64Array, trend: Trend): FittedSmoothing {
  const regression = new InitialState(quantities, trend !== "none");
  const { alpha, beta, phi } = search(trend, regression);
  regression.squaredErrors(alpha, beta, phi);
  return smooth(quantities, { alpha, beta, phi, level: regression.level, trend: regression.trend });
}

function search(trend: Trend, regression: InitialState): { alpha: number; beta: number; phi: number } {
  if (trend === "none") {
    const alpha = minimiseFrom(ALPHAS, (a) => regression.squaredErrors(a, 0, 1), 1e-3, 12);
    return { alpha, beta: 0, phi: 1 };
  }
  // β as a share of α, so that the bounds do not depend on each other.
  const betaOf = (alpha: number, share: number) => Math.max(LEAST, alpha * share);
  const dampings = trend === "damped" ? [0.82, 0.95] : [1];
  let start = [0, 0, 1];
  let least = Number.POSITIVE_INFINITY;
  for (const phi of dampings) {
    for (const alpha of [LEAST, 0.02, 0.1, 0.3, 0.7]) {
      for (const share of alpha === LEAST ? [1] : [LEAST, 0.15, 0.7]) {
        const value = regression.squaredErrors(alpha, betaOf(alpha, share), phi);
        if (value < least) [start, least] = [[alpha, share, phi], value];
      }
    }
  }
  const dimensions = trend === "damped" ? 3 : 2;
  const found = minimiseSimplex(
    (x) => regression.squaredErrors(x[0]!, betaOf(x[0]!, x[1]!), x[2] ?? 1),
    {
      start: start.slice(0, dimensions),
      steps: [0.1, 0.1, 0.05].slice(0, dimensions),
      low: [LEAST, LEAST, LEAST_DAMPING].slice(0, dimensions),
      high: [GREATEST, 1, GREATEST_DAMPING].slice(0, dimensions),
    },
    3e-4,
    dimensions * 14,
  );
  return { alpha: found[0]!, beta: betaOf(found[0]!, found[1]!), phi: found[2] ?? 1 };
}

/**
 * Errors are linear in the level and trend before the first week: e_t = d_t − c_t · level − s_t · trend. So for given
 * smoothing parameters the best of both come from one pass over the series (separable least squares: Golub & Pereyra,
 * 1973).
 */
class InitialState {
  level = 0;
  trend = 0;
  readonly #centred: Float64Array;
  readonly #mean: number;
  readonly #hasTrend: boolean;

  constructor(quantities: Float64Array, hasTrend: boolean) {
    this.#mean = mean(quantities);
    this.#centred = new Float64Array(quantities.length);
    for (let t = 0; t < quantities.length; t++) this.#centred[t] = quantities[t]! - this.#mean;
    this.#hasTrend = hasTrend;
  }

  /** The least sum of squared errors with these parameters; `level` and `trend` are set to what reaches it. */
  squaredErrors(alpha: number, beta: number, phi: number): number {
    return this.#hasTrend ? this.#withTrend(alpha, beta, phi) : this.#withoutTrend(alpha);
  }

  #withoutTrend(alpha: number): number {
    const y = this.#centred;
    const decay = 1 - alpha;
    let level = 0;
    let c = 1;
    let dd = 0;
    let dc = 0;
    let cc = 0;
    for (let t = 0; t < y.length; t++) {
      const d = y[t]! - level;
      level += alpha * d;
      dd += d * d;
      dc += d * c;
      cc += c * c;
      c = c < 1e-100 ? 0 : c * decay;
    }
    this.level = dc / cc + this.#mean;
    return dd - (dc * dc) / cc;
  }

  #withTrend(alpha: number, beta: number, phi: number): number {
    const y = this.#centred;
    // Level and trend of the series from zero, and what a unit of initial level or trend adds to them.
    let level = 0;
    let trend = 0;
    let levelOfLevel = 1;
    let trendOfLevel = 0;
    let levelOfTrend = 0;
    let trendOfTrend = 1;
    let dd = 0;
    let dc = 0;
    let ds = 0;
    let cc = 0;
    let cs = 0;
    let ss = 0;
    for (let t = 0; t < y.length; t++) {
      const damped = phi * trend;
      const d = y[t]! - level - damped;
      level += damped + alpha * d;
      trend = damped + beta * d;
      const dampedOfLevel = phi * trendOfLevel;
      const c = levelOfLevel + dampedOfLevel;
      levelOfLevel = c - alpha * c;
      trendOfLevel = dampedOfLevel - beta * c;
      const dampedOfTrend = phi * trendOfTrend;
      const s = levelOfTrend + dampedOfTrend;
      levelOfTrend = s - alpha * s;
      trendOfTrend = dampedOfTrend - beta * s;
      dd += d * d;
      dc += d * c;
      ds += d * s;
      cc += c * c;
      cs += c * s;
      ss += s * s;
    }
    const determinant = cc * ss - cs * cs;
    const singular = determinant <= NOTHING_LEFT * cc * ss;
    const b = singular ? 0 : (cc * ds - cs * dc) / determinant;
    const l = singular ? dc / cc : (ss * dc - cs * ds) / determinant;
    this.level = l + this.#mean;
    this.trend = b;
    return dd - l * dc - b * ds;
  }
}

/** Runs exponential smoothing with given parameters over a series. */
export function smooth(quantities: Float64Array, parameters: Parameters): FittedSmoothing {
  const { alpha, beta, phi } = parameters;
  let { level, trend } = parameters;
  let squaredErrors = 0;
  for (let t = 0; t < quantities.length; t++) {
    const damped = phi * trend;
    const error = quantities[t]! - level - damped;
    level += damped + alpha * error;
    trend = damped + beta * error;
    squaredErrors += error * error;
  }
  const estimated = (beta === 0 ? PARAMETERS.none : phi === 1 ? PARAMETERS.additive : PARAMETERS.damped) - 1;
  const variance = squaredErrors / Math.max(1, quantities.length - estimated);
  return {
    parameters,
    squaredErrors,
    predict(horizon) {
      const forecast = new Float64Array(horizon);
      let quantity = level;
      let step = trend;
      for (let k = 0; k < horizon; k++) {
        step *= phi;
        quantity += step;
        forecast[k] = quantity;
      }
      return forecast;
    },
    variances(horizon) {
      const variances = new Float64Array(horizon);
      let sum = 1;
      // What an error adds to the week so much later.
      let effect = alpha;
      let step = beta;
      for (let k = 0; k < horizon; k++) {
        variances[k] = variance * sum;
        step *= phi;
        effect += step;
        sum += effect * effect;
      }
      return variances;
    },
  };
}

/** Akaike's criterion, corrected for short series, less what is the same for all (Hyndman et al. 2008, 7.1). */
export function aicc(squaredErrors: number, weeks: number, trend: Trend): number {
  const k = PARAMETERS[trend];
  return weeks * log(squaredErrors) + 2 * k + (2 * k * (k + 1)) / (weeks - k - 1);
}

function mean(quantities: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < quantities.length; t++) sum += quantities[t]!;
  return sum / quantities.length;
}

function sumOfSquares(quantities: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < quantities.length; t++) sum += quantities[t]! * quantities[t]!;
  return sum;
}
