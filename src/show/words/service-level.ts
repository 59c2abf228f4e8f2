import type { AnyVersion } from "../any-version.ts";
import type { Format } from "../format.ts";

/** Which service level the upper bound of the total is, where the document has one: as much is left out above it as below the lower. */
export function serviceLevelInWords({ summary, model_metadata }: AnyVersion, format: Format): string | undefined {
  const { total_confidence_upper: upper } = summary;
  const { interval_level: level } = model_metadata;
  if (upper === undefined || level === undefined) return undefined;
  return `${format.units(upper)} are enough with ${format.exactShare((1 + level) / 2)} probability: the service level of the upper bounds.`;
}
