import type { CustomerForecast, ForecastDocument, Note } from "../forecast/document.ts";
import { daysAhead, soldBefore } from "../forecast/sold-before.ts";
import { DAYS_PER_WEEK, parseDay } from "../history/calendar.ts";
import { type ForecastWeek, type PastWeek, weeksAfter } from "./weeks.ts";

/** A document of any version of the program: all but the first keys may be missing. */
export type AnyVersion = Omit<
  ForecastDocument,
  | "summary"
  | "model_metadata"
  | "history"
  | "customers"
  | "at_risk_customers"
  | "notes"
  | "explanation"
  | "past_forecasts"
  | "unit"
  | "schema_version"
  | "run_id"
> & {
  readonly summary: Partial<ForecastDocument["summary"]>;
  readonly model_metadata: Partial<ForecastDocument["model_metadata"]>;
  readonly history?: readonly number[];
  readonly customers?: readonly CustomerForecast[];
  readonly at_risk_customers?: readonly CustomerForecast[];
  readonly notes?: readonly Note[];
  readonly explanation?: ForecastDocument["explanation"];
  readonly past_forecasts?: ForecastDocument["past_forecasts"];
  readonly unit?: ForecastDocument["unit"];
};

/** Decimals of the product's quantities; documents once had one, whatever the product. */
export function decimalsOf({ model_metadata }: AnyVersion): number {
  return model_metadata.quantity_decimals ?? 1;
}

/** From here on a tenth of a unit tells nothing of a product that is sold whole. */
const LEAST_WHOLE = 10;

/**
 * Decimals that quantities of a document are shown with side by side: none where the product is sold whole, unless what is
 * expected on average is so little that a tenth of a unit matters.
 */
export function shownDecimals(document: AnyVersion, quantities: readonly (number | undefined)[]): number {
  const isEnough = (quantity = 0) => Number.isInteger(quantity) || quantity >= LEAST_WHOLE;
  return isSoldWhole(document) && quantities.every(isEnough) ? 0 : decimalsOf(document);
}

/** Whether only whole units were sold; the bounds of what is expected are whole then, too. */
function isSoldWhole({ history = [], predictions }: AnyVersion): boolean {
  const bounds = predictions.flatMap(({ confidence_lower, confidence_upper }) => [confidence_lower, confidence_upper]);
  return [...history, ...bounds].every((quantity) => Number.isInteger(quantity ?? 0));
}

/** The weeks that a document tells of; a bound that is missing is the mean. */
export function demandOf({ as_of_date, predictions, history = [] }: AnyVersion) {
  const past = history.map(
    (quantity, i): PastWeek => ({ date: weeksAfter(as_of_date, i - history.length), quantity: quantity ?? 0 }),
  );
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

/** What `soldBefore` says of a document. */
export function soldBeforeIn(document: AnyVersion) {
  return soldBefore(document.history ?? [], daysAhead(document));
}

/** The time that is forecast in words: in days where weeks are of the calendar and the first is a part. */
export function spanInWords(document: AnyVersion): string {
  const days = daysAhead(document);
  return days === document.forecast_weeks * DAYS_PER_WEEK ? `${document.forecast_weeks} weeks` : `${days} days`;
}

/** What must be said of a first week that is shorter than the others; nothing where it is not. */
export function shortWeekInWords({ predictions: [first], week_starts_on }: AnyVersion): string | undefined {
  if (first === undefined || week_starts_on === undefined) return undefined;
  const days = parseDay(first.week_end) + 1 - parseDay(first.week_start);
  const rest = days === 1 ? "only 1 day" : `only ${days} days`;
  return days === DAYS_PER_WEEK ? undefined : `The first week is the rest of the running one, ${rest}.`;
}
