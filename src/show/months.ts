import { documentQuantity, type ForecastDocument } from "../forecast/document.ts";
import { formatDay, parseDay } from "../history/calendar.ts";
import { decimalsOf } from "./any-version.ts";
import type { ProductMonth } from "./sheet/columns.ts";

/**
 * What is expected in each month, of the days that are forecast: each day of a week has the same part of it. Sums are rounded,
 * so that the months add up to the total. They have no bounds, as bounds of weeks do not add up to any.
 */
export function monthsOf(document: ForecastDocument): ProductMonth[] {
  const decimals = decimalsOf(document);
  const months: { month: string; from: string; until: string; quantity: number }[] = [];
  for (const { week_start, week_end, predicted_quantity } of document.predictions) {
    const [first, last] = [parseDay(week_start), parseDay(week_end)];
    for (let day = first; day <= last; day++) {
      const until = formatDay(day);
      const month = until.slice(0, "YYYY-MM".length);
      if (months.at(-1)?.month !== month) months.push({ month, from: until, until, quantity: 0 });
      const own = months.at(-1)!;
      own.until = until;
      own.quantity += predicted_quantity / (last + 1 - first);
    }
  }
  let exact = 0;
  let rounded = 0;
  return months.map((month) => {
    const before = rounded;
    exact += month.quantity;
    rounded = documentQuantity(exact, decimals);
    return { ...month, document, quantity: documentQuantity(rounded - before, decimals) };
  });
}
