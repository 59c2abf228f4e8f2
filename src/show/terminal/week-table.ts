import type { WeekPrediction } from "../../forecast/document.ts";
import type { Format } from "../format.ts";
import { table } from "./table.ts";
import { fits } from "./text.ts";

/** The total of all weeks with its own interval, as far as the document has it. */
export interface Total {
  readonly quantity: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

interface Layout {
  readonly week: (week: WeekPrediction) => string;
  readonly header: readonly [week: string, customers: string];
  readonly quantity: "quantity" | "compact";
  readonly gap: number;
}

/** From the widest to the narrowest, which fits wherever a chart does. */
const LAYOUTS: readonly Layout[] = [
  {
    week: (week) => `${isoWeek(week)}${week.week_start} – ${week.week_end}`,
    header: ["Week", "Customers ordering"],
    quantity: "quantity",
    gap: 2,
  },
  {
    week: (week) => `${isoWeek(week)}${week.week_start}`,
    header: ["Week from", "Ordering"],
    quantity: "quantity",
    gap: 2,
  },
  {
    week: (week) => `${shortIsoWeek(week)}${monthAndDay(week)}`,
    header: ["Week", "Ord."],
    quantity: "quantity",
    gap: 1,
  },
  { week: monthAndDay, header: ["Week", "Ord."], quantity: "quantity", gap: 1 },
  { week: monthAndDay, header: ["Week", "Ord."], quantity: "compact", gap: 1 },
];

/** The forecast of each week and the total as a table; dates and numbers are shorter where `width` needs it. */
export function weekTable(weeks: readonly WeekPrediction[], total: Total, width: number, format: Format): string {
  const tables = LAYOUTS.map((layout) => weekTableAs(layout, weeks, total, format));
  return tables.find((text) => fits(text, width)) ?? tables.at(-1)!;
}

function weekTableAs(
  { week, header, quantity: way, gap }: Layout,
  weeks: readonly WeekPrediction[],
  total: Total,
  format: Format,
): string {
  const quantity = format[way];
  const rows = weeks.map((prediction) => [
    week(prediction),
    quantity(prediction.predicted_quantity),
    quantity(prediction.confidence_lower),
    quantity(prediction.confidence_upper),
    format.count(prediction.active_customers),
  ]);
  return table([...rows, ["Total", quantity(total.quantity), quantity(total.lower), quantity(total.upper)]], {
    header: [header[0], "Expected", "Lower", "Upper", header[1]],
    align: ["left", "right", "right", "right", "right"],
    gap,
  });
}

function isoWeek({ iso_week }: WeekPrediction): string {
  return iso_week === undefined ? "" : `${iso_week}  `;
}

function shortIsoWeek({ iso_week }: WeekPrediction): string {
  return iso_week === undefined ? "" : `${iso_week.slice("YYYY-".length)} `;
}

function monthAndDay({ week_start }: WeekPrediction): string {
  return week_start.slice("YYYY-".length);
}
