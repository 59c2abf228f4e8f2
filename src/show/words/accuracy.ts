import type { AnyVersion } from "../any-version.ts";
import type { Format } from "../format.ts";

/** How far the total is expected to be off, or why that is not known, as a sentence. */
export function expectedError({ forecast_weeks: horizon, model_metadata }: AnyVersion, format: Format): string {
  const { forecast_accuracy_estimate: accuracy, model_type } = model_metadata;
  if (accuracy === null || accuracy === undefined) {
    const why = model_type === "baseline" ? "the history is too short" : "too little is expected";
    return `How sure that is, is not known: ${why}.`;
  }
  const error = `${format.share(1 - accuracy)}${accuracy === 0 ? " or more" : ""}`;
  return `Of products like this one, the total of ${horizon} weeks is expected to be off by ${error}.`;
}

/** The accuracy and what it means, or why it is not known, to stand beside its name. */
export function accuracyInWords({ forecast_weeks: horizon, model_metadata }: AnyVersion, format: Format): string {
  const { forecast_accuracy_estimate: accuracy, model_type } = model_metadata;
  if (accuracy === null || accuracy === undefined) {
    return model_type === "baseline" ? "not known: the history is too short" : "not known: too little is expected";
  }
  const error = `${format.exactShare(1 - accuracy)}${accuracy === 0 ? " or more" : ""}`;
  return `${format.exactShare(accuracy)}: of products like this one, the total of ${horizon} weeks is expected to be off by ${error}`;
}
