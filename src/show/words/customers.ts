import type { AnyVersion } from "../any-version.ts";

/** Whether nobody comes back and new customers order all the same, as where each order names another, such as a receipt. */
export function areAllNew({ summary, predictions }: AnyVersion): boolean {
  return summary.active_customers === 0 && predictions.some(({ active_customers: active }) => active > 0);
}
