import type { CustomerForecast, ForecastDocument, Note } from "../forecast/document.ts";
import type { ForecastWeek, PastWeek } from "./chart.ts";

/** A document of any version of the program: all but the first keys may be missing. */
export type AnyVersion = Omit<
  ForecastDocument,
  "summary" | "model_metadata" | "history" | "customers" | "at_risk_customers" | "notes"
> & {
  readonly summary: Partial<ForecastDocument["summary"]>;
  readonly model_metadata: Partial<ForecastDocument["model_metadata"]>;
  readonly history?: readonly number[];
  readonly customers?: readonly CustomerForecast[];
  readonly at_risk_customers?: readonly CustomerForecast[];
  readonly notes?: readonly Note[];
};

const DAYS_PER_WEEK = 7;

/** The weeks that a document tells of; a bound that is missing is the mean. */
export function demandOf({ as_of_date, predictions, history = [] }: AnyVersion) {
  const origin = Temporal.PlainDate.from(as_of_date);
  const past = history.map((quantity, i): PastWeek => {
    const date = origin.subtract({ days: (history.length - i) * DAYS_PER_WEEK }).toString();
    return { date, quantity: quantity ?? 0 };
  });
  const forecast = predictions.map(
    ({ week_start, predicted_quantity, confidence_lower, confidence_upper }): ForecastWeek => ({
      date: week_start,
      quantity: predicted_quantity ?? 0,
      lower: confidence_lower ?? predicted_quantity ?? 0,
      upper: confidence_upper ?? predicted_quantity ?? 0,
    }),
  );
  return { past, forecast };
}
