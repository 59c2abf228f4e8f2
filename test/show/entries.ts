import type { IndexEntry, ProductIndex } from "../../src/forecast/product-index.ts";

export function entryOf(changes: Partial<IndexEntry> = {}): IndexEntry {
  return {
    product_id: "12345",
    product_name: "Oak chair",
    total_predicted_quantity: 1200.5,
    total_confidence_lower: 900,
    total_confidence_upper: 1600.5,
    forecast_accuracy_estimate: 0.78,
    last_weeks_quantity: 1000,
    year_ago_quantity: 800,
    notes: [],
    ...changes,
  };
}

export function indexOf(products: readonly IndexEntry[]): ProductIndex {
  return {
    ...{ last_run: "2025-11-11T06:00:00Z", as_of_date: "2025-11-11", forecast_weeks: 12 },
    ...{ interval_level: 0.8, version: "1", products, schema_version: 1, run_id: "1" },
  };
}
