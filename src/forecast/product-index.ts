import type { Weekday } from "../history/calendar.ts";
import {
  documentQuantity,
  type ForecastDocument,
  type IdForm,
  idFromJson,
  idToJson,
  type Note,
  SCHEMA_VERSION,
} from "./document.ts";
import { daysAhead, soldBefore } from "./sold-before.ts";

/** What the index says of a product; keys that its document has, too, hold the same there. */
export interface IndexEntry {
  /** The id with all its digits; JSON has it as `IdForm` says. */
  readonly product_id: string;
  readonly product_name?: string;
  /** Missing where the document's is null. */
  readonly unit?: string;
  readonly total_predicted_quantity: number;
  readonly total_confidence_lower: number;
  readonly total_confidence_upper: number;
  readonly forecast_accuracy_estimate: number | null;
  /** Net units of as many days as are forecast, right before the origin; null where the history is shorter. */
  readonly last_weeks_quantity: number | null;
  /** Net units of the forecast days a year ago; null where the history does not reach back so far. */
  readonly year_ago_quantity: number | null;
  readonly quantity_decimals?: number;
  /** Kinds of the document's notes, each once. */
  readonly notes: readonly Note["kind"][];
}

/** All products of a run in one value, so that whoever lists them needs no search through the keys. */
export interface ProductIndex {
  /** Start of the run, UTC. */
  readonly last_run: string;
  readonly as_of_date: string;
  readonly forecast_weeks: number;
  readonly interval_level: number;
  readonly version: string;
  /** In the order of their ids. */
  readonly products: readonly IndexEntry[];
  readonly schema_version: number;
  /** Of the run, as in its documents and its metadata. */
  readonly run_id: string;
  /** As in its documents. */
  readonly week_starts_on?: Weekday;
}

/** What the index says of a product with this document. */
export function entryOf({ model_metadata, summary, ...document }: ForecastDocument): IndexEntry {
  const { product_id, product_name, unit, history, notes } = document;
  const { forecast_accuracy_estimate, quantity_decimals } = model_metadata;
  const { total_predicted_quantity, total_confidence_lower, total_confidence_upper } = summary;
  const { lastWeeks, aYearAgo } = soldBefore(history, daysAhead(document));
  const rounded = (quantity: number | undefined) =>
    quantity === undefined ? null : documentQuantity(quantity, quantity_decimals ?? 1);
  return {
    product_id,
    ...(product_name === undefined ? {} : { product_name }),
    ...(unit === null ? {} : { unit }),
    total_predicted_quantity,
    total_confidence_lower,
    total_confidence_upper,
    forecast_accuracy_estimate,
    last_weeks_quantity: rounded(lastWeeks),
    year_ago_quantity: rounded(aYearAgo),
    ...(quantity_decimals === undefined ? {} : { quantity_decimals }),
    notes: [...new Set(notes.map(({ kind }) => kind))],
  };
}

/** The entry of a product as JSON text. */
export function serializeEntry(document: ForecastDocument, ids: IdForm = "number"): string {
  return JSON.stringify({ ...entryOf(document), product_id: idToJson(document.product_id, ids) });
}

/** @param entries each as `serializeEntry` gives it. */
export function serializeIndex(
  head: Omit<ProductIndex, "products" | "schema_version" | "run_id" | "week_starts_on">,
  entries: readonly string[],
  run: Pick<ProductIndex, "run_id" | "week_starts_on">,
): string {
  const tail = JSON.stringify({ schema_version: SCHEMA_VERSION, ...run });
  return `${JSON.stringify(head).slice(0, -1)},"products":[${entries.join(",")}],${tail.slice(1)}`;
}

/** @throws SyntaxError when the text is no index. */
export function parseIndex(text: string): ProductIndex {
  const index = JSON.parse(text, idFromJson);
  if (typeof index?.as_of_date !== "string" || !Array.isArray(index.products)) throw new SyntaxError("not an index");
  return index;
}
