export const DEMAND_CLASSES = ["smooth", "intermittent", "erratic", "lumpy"] as const;
export type DemandClass = (typeof DEMAND_CLASSES)[number];

const LONG_INTERVAL_WEEKS = 1.32;
const HIGH_VARIATION = 0.49;

/**
 * The kind of demand by the mean interval between weeks with demand and the squared coefficient of variation of their
 * sizes (Syntetos, Boylan & Croston, On the Categorization of Demand Patterns, 2005).
 */
export function demandClass(history: Float64Array): DemandClass {
  const sizes = history.filter((quantity) => quantity > 0);
  if (sizes.length === 0) return "intermittent";
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const variance = sizes.reduce((sum, size) => sum + (size - mean) * (size - mean), 0) / sizes.length;
  const varies = variance / (mean * mean) >= HIGH_VARIATION;
  const rare = history.length / sizes.length >= LONG_INTERVAL_WEEKS;
  return rare ? (varies ? "lumpy" : "intermittent") : varies ? "erratic" : "smooth";
}
