import { minimiseFrom } from "../numeric/brent.ts";
import type { Fitted, Model } from "./model.ts";
import { slopeOf } from "./theta.ts";

/** Parameters by the letters of Fiorucci et al. (2016). */
export interface ThetaParameters {
  readonly alpha: number;
  /** At least one; as 1 − 1/θ, the weight of the line, 0 to 1. */
  readonly lineWeight: number;
  /** Before the first week: ℓ₀. */
  readonly level: number;
}

export interface FittedTheta extends Fitted {
  readonly parameters: ThetaParameters;
  /** Sum of squared one-step errors from the fourth week on. */
  readonly squaredErrors: number;
}

/** The first weeks, in which there is no line yet. */
const WARM_UP = 3;
const ALPHAS = [0.1, 0.25, 0.45, 0.7, 0.99];
/** θ up to 1e10, as in the implementations of the authors and of statsforecast. */
const GREATEST_WEIGHT = 1 - 1e-10;

/** Optimised theta: smoothing of the series against its least-squares line (Fiorucci et al. 2016, section 3.1, OTM). */
export const optimisedTheta: Model = thetaModel("optimised-theta", false);

/**
 * Dynamic optimised theta: the same with the line through the weeks so far (Fiorucci et al., Models for Optimising the
 * Theta Method and Their Relationship to State Space Models, 2016, section 3.2, DOTM).
 */
export const dynamicTheta: Model = thetaModel("dynamic-theta", true);

function thetaModel(name: string, dynamic: boolean): Model {
  // Three parameters from the weeks after the warm-up: with fewer weeks there would be next to no error left to judge by.
  return { name, leastHistory: 8, takes: "net", fit: (quantities) => fitTheta(quantities, dynamic) };
}

export function fitTheta(quantities: Float64Array, dynamic: boolean): FittedTheta {
  const line = dynamic ? undefined : wholeLine(quantities);
  const best = { weight: 0, level: 0 };
  const alpha = minimiseFrom(ALPHAS, (a) => concentrated(quantities, line, a, best), 1e-3, 12);
  concentrated(quantities, line, alpha, best);
  return runTheta(quantities, dynamic, { alpha, lineWeight: best.weight, level: best.level });
}

/** A line, as its value a week before the first one, A, and its slope, B. */
interface Line {
  readonly intercept: number;
  readonly slope: number;
}

function wholeLine(quantities: Float64Array): Line {
  let sum = 0;
  for (let t = 0; t < quantities.length; t++) sum += quantities[t]!;
  const slope = slopeOf(quantities);
  return { intercept: sum / quantities.length - (slope * (quantities.length + 1)) / 2, slope };
}

/**
 * The least sum of squared errors for α. Errors are linear in initial level and weight of the line, so that both follow
 * by regression, the weight within its bounds.
 */
function concentrated(
  y: Float64Array,
  line: Line | undefined,
  alpha: number,
  best: { weight: number; level: number },
): number {
  const decay = 1 - alpha;
  let intercept = line ? line.intercept : y[0]!;
  let slope = line ? line.slope : 0;
  let mean = y[0]!;
  let level = alpha * y[0]!;
  let power = decay;
  let dd = 0;
  let dc = 0;
  let dw = 0;
  let cc = 0;
  let cw = 0;
  let ww = 0;
  for (let t = 1; t < y.length; t++) {
    const quantity = y[t]!;
    const nextPower = power < 1e-100 ? 0 : power * decay;
    if (t >= WARM_UP) {
      const d = quantity - level;
      const w = intercept * power + (slope * (1 - nextPower)) / alpha;
      dd += d * d;
      dc += d * power;
      dw += d * w;
      cc += power * power;
      cw += power * w;
      ww += w * w;
    }
    level += alpha * (quantity - level);
    power = nextPower;
    if (line) continue;
    slope = ((t - 1) * slope + (6 * (quantity - mean)) / (t + 1)) / (t + 2);
    mean += (quantity - mean) / (t + 1);
    intercept = mean - (slope * (t + 2)) / 2;
  }
  const determinant = cc * ww - cw * cw;
  const free = determinant <= 1e-12 * cc * ww ? 0 : (cc * dw - cw * dc) / determinant;
  best.weight = Math.min(GREATEST_WEIGHT, Math.max(0, free));
  best.level = (dc - best.weight * cw) / cc;
  const { weight: v, level: l } = best;
  return dd - 2 * l * dc - 2 * v * dw + l * l * cc + 2 * l * v * cw + v * v * ww;
}

/** Runs the model with given parameters over a series, at least one week. */
export function runTheta(quantities: Float64Array, dynamic: boolean, parameters: ThetaParameters): FittedTheta {
  const { alpha, lineWeight } = parameters;
  const first = quantities[0]!;
  const line = dynamic ? { intercept: first, slope: 0 } : wholeLine(quantities);
  const last = {
    ...line,
    weeks: 1,
    mean: first,
    level: alpha * first + (1 - alpha) * parameters.level,
    /** (1 − α) to the power of the weeks. */
    power: 1 - alpha,
  };
  const expected = ({ level, intercept, slope, power }: typeof last) =>
    level + lineWeight * (intercept * power + (slope * (1 - power * (1 - alpha))) / alpha);
  const add = (state: typeof last, quantity: number) => {
    state.level += alpha * (quantity - state.level);
    state.power *= 1 - alpha;
    if (dynamic) {
      state.slope =
        ((state.weeks - 1) * state.slope + (6 * (quantity - state.mean)) / (state.weeks + 1)) / (state.weeks + 2);
      state.mean += (quantity - state.mean) / (state.weeks + 1);
      state.intercept = state.mean - (state.slope * (state.weeks + 2)) / 2;
    }
    state.weeks++;
  };
  let squaredErrors = 0;
  for (let t = 1; t < quantities.length; t++) {
    const error = quantities[t]! - expected(last);
    if (t >= WARM_UP) squaredErrors += error * error;
    add(last, quantities[t]!);
  }
  return {
    parameters,
    squaredErrors,
    predict(horizon) {
      const state = { ...last };
      return new Float64Array(horizon).map(() => {
        const quantity = expected(state);
        // What is expected stands in for the week that has not come.
        add(state, quantity);
        return quantity;
      });
    },
  };
}
