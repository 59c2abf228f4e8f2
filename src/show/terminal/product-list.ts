import stringWidth from "fast-string-width";
import type { ProductIndex } from "../../forecast/product-index.ts";
import type { LeadTimeHead, ListedProduct } from "../product-list.ts";
import { noteNames, ownNotes, sharedNotes } from "../words/notes.ts";
import { format } from "./format.ts";
import type { ShowOptions } from "./inspect.ts";
import { table } from "./table.ts";
import { toAscii, wrap } from "./text.ts";

interface Column {
  readonly header: string;
  readonly value: (product: ListedProduct) => string;
  readonly align?: "left";
}

const PRODUCT: Column = { header: "Product", value: ({ product_id }) => product_id, align: "left" };
const NAME: Column = { header: "Name", value: ({ product_name = "" }) => product_name, align: "left" };
const NOTES: Column = { header: "Notes", value: ({ notes }) => noteNames(ownNotes(notes)), align: "left" };
/** Columns after which prose is hard to read. */
const PROSE_WIDTH = 100;
const GAP = 2;
/** Columns of a terminal that names and notes are cut to before other columns are left out. */
const LEAST_NAME = 24;
const LEAST_NOTES = 16;

/** What can be left out where a terminal is narrow, the least telling first. */
const OPTIONAL = ["At stake", "A year ago", "Low", "High", "Notes", "Accuracy", "Name"];

/**
 * Products as a table, a line each, as many columns as fit.
 *
 * @param count how many products are chosen, of which these are the first.
 * @returns lines, the last one ended too. No text of a product can control the terminal.
 */
export function showProducts(
  products: readonly ListedProduct[],
  count: number,
  { forecast_weeks: horizon, as_of_date, interval_level, products: all }: ProductIndex,
  { width, ascii }: ShowOptions,
  leadTime?: LeadTimeHead,
): string {
  const { units, exactShare, changeOf } = format;
  const columns: Column[] = [
    PRODUCT,
    NAME,
    { header: "Expected", value: (row) => units(row.total_predicted_quantity) },
    { header: "Low", value: (row) => units(row.total_confidence_lower) },
    { header: "High", value: (row) => units(row.total_confidence_upper) },
    {
      header: "Accuracy",
      value: ({ forecast_accuracy_estimate: share }) => (share === null ? "–" : exactShare(share)),
    },
    { header: `Last ${horizon} w`, value: (row) => units(row.last_weeks_quantity) },
    { header: "A year ago", value: (row) => units(row.year_ago_quantity) },
    { header: "Change", value: ({ change }) => changeOf(change) },
    { header: "At stake", value: ({ at_stake }) => units(at_stake) },
    ...(leadTime ? [{ header: `For ${leadTime.weeks} w`, value: enough }] : []),
    ...(leadTime?.hasStock ? STOCK_COLUMNS : []),
    NOTES,
  ];
  const number = format.count(all.length);
  const chosen = count === all.length ? `${number} products` : `${format.count(count)} of ${number} products`;
  const shared = sharedNotes(all);
  const shown = fitting(products, columns, width);
  const hasBounds = shown.some(({ header }) => header === "Low" || header === "High");
  const legend =
    `${chosen}: units expected in the ${horizon} weeks from ${as_of_date}` +
    `${hasBounds ? `, low and high with ${exactShare(interval_level)} probability` : ""}; ` +
    `change is against the last ${horizon} weeks.` +
    `${leadTime ? ` ${leadTimeInWords(leadTime)}` : ""}` +
    `${shared.length > 0 ? ` Of all products: ${noteNames(shared)}.` : ""}`;
  const text = [...wrap(legend, Math.min(width, PROSE_WIDTH)), "", tableOf(products, shown, width, ascii)].join("\n");
  return ascii ? toAscii(text) : text;
}

function enough({ lead_time_quantity }: ListedProduct): string {
  return format.units(lead_time_quantity);
}

const STOCK_COLUMNS: readonly Column[] = [
  { header: "On hand", value: ({ on_hand }) => format.units(on_hand) },
  { header: "On order", value: ({ on_order }) => format.units(on_order) },
  { header: "To order", value: ({ to_order }) => format.units(to_order) },
];

function leadTimeInWords({ weeks, serviceLevel, hasStock }: LeadTimeHead): string {
  const enoughFor = `For ${weeks} w: enough for ${weeks} weeks with ${format.exactShare(serviceLevel)} probability`;
  return `${enoughFor}${hasStock ? "; to order is what of that is neither on hand nor on order" : ""}.`;
}

/** The columns that fit, with what they show. */
function fitting(products: readonly ListedProduct[], columns: readonly Column[], width: number) {
  const filled = columns
    .map((column) => ({ ...column, cells: products.map(column.value) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""))
    .map((column) => ({
      ...column,
      width: column.cells.reduce((most, cell) => Math.max(most, stringWidth(cell)), column.header.length),
    }));
  const leastWidth = ({ header, width }: (typeof filled)[number]) =>
    Math.min(width, header === NAME.header ? LEAST_NAME : header === NOTES.header ? LEAST_NOTES : width);
  const isTooWide = (some: typeof filled) => sum(some.map((column) => leastWidth(column) + GAP)) - GAP > width;
  let shown = filled;
  for (const header of OPTIONAL) if (isTooWide(shown)) shown = shown.filter((column) => column.header !== header);
  return shown;
}

function tableOf(
  products: readonly ListedProduct[],
  shown: ReturnType<typeof fitting>,
  width: number,
  ascii: boolean,
): string {
  return table(
    products.map((_, i) => shown.map(({ cells }) => cells[i]!)),
    {
      header: shown.map(({ header }) => header),
      align: shown.map(({ align }) => align ?? "right"),
      width,
      shrink: [NOTES, NAME]
        .map(({ header }) => shown.findIndex((column) => column.header === header))
        .filter((at) => at >= 0),
      ellipsis: ascii ? "..." : "…",
      gap: GAP,
    },
  );
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
