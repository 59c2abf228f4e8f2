export const DEMAND_CLASSES = ["smooth", "intermittent", "erratic", "lumpy"] as const;
export type DemandClass = (typeof DEMAND_CLASSES)[number];

const LONG_INTERVAL_WEEKS = 1.32;
const HIGH_VARIATION = 0.49;

/**
 * The kind of demand by the mean interval between weeks with demand and the squared coefficient of variation of their
 * sizes (Syntetos, Boylan & Croston, On the Categorization of Demand Patterns, 2005).
 */
export function demandClass(history: Float64Array): DemandClass {
  let count = 0;
  let total = 0;
  for (let i = 0; i < history.length; i++) {
    if (history[i]! <= 0) continue;
    count++;
    total += history[i]!;
  }
  if (count === 0) return "intermittent";
  const mean = total / count;
  let squares = 0;
  for (let i = 0; i < history.length; i++) if (history[i]! > 0) squares += (history[i]! - mean) * (history[i]! - mean);
  const varies = squares / count / (mean * mean) >= HIGH_VARIATION;
  const rare = history.length / count >= LONG_INTERVAL_WEEKS;
  return rare ? (varies ? "lumpy" : "intermittent") : varies ? "erratic" : "smooth";
}
