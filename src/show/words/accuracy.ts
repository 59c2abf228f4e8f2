import type { AnyVersion } from "../any-version.ts";
import type { Format } from "../format.ts";

/** How far the total was off at past dates, or why that is not known, as a sentence. */
export function pastError({ forecast_weeks: horizon, model_metadata }: AnyVersion, format: Format): string {
  const { forecast_accuracy_estimate: accuracy, model_type } = model_metadata;
  if (accuracy === null || accuracy === undefined) {
    const why = model_type === "baseline" ? "the history is too short" : "nothing was sold after the past dates tried";
    return `How sure that is, is not known: ${why}.`;
  }
  const error = `${format.share(1 - accuracy)}${accuracy === 0 ? " or more" : ""}`;
  return `Tried at past dates, the total of ${horizon} weeks was off by ${error}.`;
}

/** The accuracy and what it means, or why it is not known, to stand beside its name. */
export function accuracyInWords({ forecast_weeks: horizon, model_metadata }: AnyVersion, format: Format): string {
  const { forecast_accuracy_estimate: accuracy, model_type } = model_metadata;
  if (accuracy === null || accuracy === undefined) {
    return model_type === "baseline"
      ? "not known: the history is too short to try the forecast at a past date"
      : "not known: nothing was sold after the past dates at which the forecast was tried";
  }
  const error = `${format.exactShare(1 - accuracy)}${accuracy === 0 ? " or more" : ""}`;
  return `${format.exactShare(accuracy)}: tried at past dates, the total of ${horizon} weeks was off by ${error}`;
}
