import { type ForecastDocument, type IdForm, idToJson, type WeekPrediction } from "../../forecast/document.ts";
import { isIntegerId } from "../../history/ids.ts";
import type { LeadTimeHead, ListedProduct } from "../product-list.ts";

/** A column of a sheet, for programs and for readers. */
export interface Column<Row> {
  /** As documents name it. */
  readonly key: string;
  readonly header: string;
  /** Characters that it is wide in a spreadsheet. */
  readonly width: number;
  /** How a spreadsheet shows its numbers; nothing for texts. */
  readonly format?: "quantity" | "share" | "count";
  readonly value: (row: Row) => string | number | null | undefined;
  /** What JSON has, where it is not the value. */
  readonly json?: (row: Row) => unknown;
}

/**
 * @param horizon weeks that are forecast.
 * @param ids how they stand in JSON.
 * @param leadTime that quantities are asked for, if any.
 */
export function productColumns(
  horizon: number,
  ids: IdForm,
  leadTime?: LeadTimeHead,
): readonly Column<ListedProduct>[] {
  const units = { width: 14, format: "quantity" } as const;
  return [
    {
      key: "product_id",
      header: "Product",
      width: 14,
      value: ({ product_id }) => product_id,
      json: ({ product_id }) => idToJson(product_id, ids),
    },
    { key: "product_name", header: "Name", width: 36, value: ({ product_name }) => product_name },
    { key: "unit", header: "Unit", width: 8, value: ({ unit }) => unit },
    { key: "total_predicted_quantity", header: "Expected", ...units, value: (row) => row.total_predicted_quantity },
    { key: "total_confidence_lower", header: "Low", ...units, value: (row) => row.total_confidence_lower },
    { key: "total_confidence_upper", header: "High", ...units, value: (row) => row.total_confidence_upper },
    {
      ...{ key: "forecast_accuracy_estimate", header: "Accuracy", width: 10, format: "share" },
      value: (row) => row.forecast_accuracy_estimate,
    },
    {
      ...{ key: "last_weeks_quantity", header: `Last ${horizon} weeks`, ...units },
      value: (row) => row.last_weeks_quantity,
    },
    { key: "year_ago_quantity", header: "A year ago", ...units, value: (row) => row.year_ago_quantity },
    { key: "change", header: "Change", width: 10, format: "share", value: (row) => row.change },
    { key: "at_stake", header: "At stake", ...units, value: (row) => row.at_stake },
    { key: "notes", header: "Notes", width: 30, value: ({ notes }) => notes.join(", "), json: ({ notes }) => notes },
    ...(leadTime ? leadTimeColumns(leadTime) : []),
  ];
}

function leadTimeColumns({ weeks, hasStock }: LeadTimeHead): readonly Column<ListedProduct>[] {
  const units = { width: 14, format: "quantity" } as const;
  const enough: Column<ListedProduct> = {
    ...{ key: "lead_time_quantity", header: `Enough for ${weeks} weeks`, ...units },
    value: (row) => row.lead_time_quantity,
  };
  if (!hasStock) return [enough];
  return [
    enough,
    { key: "on_hand", header: "On hand", ...units, value: ({ on_hand }) => on_hand },
    { key: "on_order", header: "On order", ...units, value: ({ on_order }) => on_order },
    { key: "to_order", header: "To order", ...units, value: ({ to_order }) => to_order },
  ];
}

/** A week of a product. */
export interface ProductWeek {
  readonly document: Pick<ForecastDocument, "product_id" | "product_name" | "unit" | "as_of_date">;
  readonly week: WeekPrediction;
}

const UNITS = { width: 12, format: "quantity" } as const;

/** What tells which product a row is of. */
function ofProduct(ids: IdForm): readonly Column<Pick<ProductMonth, "document">>[] {
  return [
    {
      key: "product_id",
      header: "Product",
      width: 14,
      value: ({ document }) => document.product_id,
      json: ({ document }) => idToJson(document.product_id, ids),
    },
    { key: "product_name", header: "Name", width: 36, value: ({ document }) => document.product_name },
    { key: "unit", header: "Unit", width: 8, value: ({ document }) => document.unit },
    { key: "as_of_date", header: "As of", width: 12, value: ({ document }) => document.as_of_date },
  ];
}

/** @param isCalendar whether weeks are of the calendar, and have a week of ISO 8601. */
export function weekColumns(ids: IdForm, isCalendar: boolean): readonly Column<ProductWeek>[] {
  return [
    ...ofProduct(ids),
    ...(isCalendar
      ? [{ key: "iso_week", header: "Week", width: 10, value: ({ week }: ProductWeek) => week.iso_week }]
      : []),
    { key: "week_start", header: "From", width: 12, value: ({ week }) => week.week_start },
    { key: "week_end", header: "To", width: 12, value: ({ week }) => week.week_end },
    { key: "predicted_quantity", header: "Expected", ...UNITS, value: ({ week }) => week.predicted_quantity },
    { key: "confidence_lower", header: "Low", ...UNITS, value: ({ week }) => week.confidence_lower },
    { key: "confidence_upper", header: "High", ...UNITS, value: ({ week }) => week.confidence_upper },
    { key: "median_quantity", header: "Median", ...UNITS, value: ({ week }) => week.median_quantity },
    {
      ...{ key: "active_customers", header: "Customers ordering", width: 12, format: "count" },
      value: ({ week }) => week.active_customers,
    },
    {
      key: "cumulative_quantity",
      header: "Expected up to then",
      ...UNITS,
      value: ({ week }) => week.cumulative_quantity,
    },
    { key: "cumulative_lower", header: "Low up to then", ...UNITS, value: ({ week }) => week.cumulative_lower },
    { key: "cumulative_upper", header: "High up to then", ...UNITS, value: ({ week }) => week.cumulative_upper },
  ];
}

/** What is expected of a product in the days of a month that are forecast. */
export interface ProductMonth {
  readonly document: Pick<ForecastDocument, "product_id" | "product_name" | "unit" | "as_of_date">;
  /** As YYYY-MM. */
  readonly month: string;
  /** First and last of these days. */
  readonly from: string;
  readonly until: string;
  readonly quantity: number;
}

export function monthColumns(ids: IdForm): readonly Column<ProductMonth>[] {
  return [
    ...ofProduct(ids),
    { key: "month", header: "Month", width: 10, value: ({ month }) => month },
    { key: "from", header: "From", width: 12, value: ({ from }) => from },
    { key: "until", header: "To", width: 12, value: ({ until }) => until },
    { key: "predicted_quantity", header: "Expected", ...UNITS, value: ({ quantity }) => quantity },
  ];
}

/** An id as a number where none of its digits gets lost. */
export function idValue(id: string): string | number {
  return isIntegerId(id) && Number.isSafeInteger(Number(id)) && Math.abs(Number(id)) < MOST_OF_EXCEL ? Number(id) : id;
}

/** Excel keeps fifteen digits (ECMA-376 leaves it to IEEE 754; Excel specifications and limits). */
const MOST_OF_EXCEL = 1e15;
