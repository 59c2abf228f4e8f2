/** A loss that boosting makes small. All arrays have one entry a row. */
export interface Objective {
  /** Writes the loss's first and second derivatives at the scores so far (g and h of Chen & Guestrin, XGBoost, 2016). */
  gradients(scores: Float64Array, gradient: Float64Array, hessian: Float64Array): void;
}

/**
 * The pseudo-Huber loss (Charbonnier et al., Deterministic Edge-Preserving Regularization, 1997): squared for errors
 * well below `delta`, absolute above, so that a single large order does not raise a forecast for ever.
 */
export function pseudoHuber(targets: Float64Array, weights: Float64Array, delta: number): Objective {
  return {
    gradients(scores, gradient, hessian) {
      for (let i = 0; i < scores.length; i++) {
        const error = scores[i]! - targets[i]!;
        const ratio = error / delta;
        const curvature = weights[i]! / Math.sqrt(1 + ratio * ratio);
        gradient[i] = curvature * error;
        hessian[i] = curvature;
      }
    },
  };
}

/** That loss of an error in units of `delta`. */
export function pseudoHuberLoss(error: number): number {
  return Math.sqrt(1 + error * error) - 1;
}

/** Curvature where all targets are far off: keeps steps finite. */
const LEAST_CURVATURE = 0.1;

/**
 * The pinball loss of a quantile, rounded off within `delta` of its kink, averaged over several targets a row.
 *
 * @param targets row after row, `perRow` each.
 */
export function roundedPinball(
  targets: Float64Array,
  perRow: number,
  weights: Float64Array,
  { delta, probability }: { delta: number; probability: number },
): Objective {
  return {
    gradients(scores, gradient, hessian) {
      const steepness = 0.5 / delta;
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]!;
        let slope = 0;
        let near = 0;
        for (let k = i * perRow; k < (i + 1) * perRow; k++) {
          const error = score - targets[k]!;
          if (error >= delta) slope += 1 - probability;
          else if (error <= -delta) slope -= probability;
          else {
            slope += error * steepness + 0.5 - probability;
            near++;
          }
        }
        gradient[i] = (weights[i]! * slope) / perRow;
        hessian[i] = weights[i]! * ((near * steepness) / perRow + LEAST_CURVATURE);
      }
    },
  };
}

export function squaredError(targets: Float64Array): Objective {
  return {
    gradients(scores, gradient, hessian) {
      for (let i = 0; i < scores.length; i++) {
        gradient[i] = scores[i]! - targets[i]!;
        hessian[i] = 1;
      }
    },
  };
}
