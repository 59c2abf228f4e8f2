import { type AnyVersion, soldBeforeIn, spanInWords } from "../any-version.ts";
import { type Format, MULTIPLE } from "../format.ts";

/** The total against the same number of weeks before, and a year ago; empty where there is nothing to compare. */
export function comparison(document: AnyVersion, format: Format): string {
  const { summary } = document;
  const { lastWeeks, aYearAgo } = soldBeforeIn(document);
  const total = summary.total_predicted_quantity;
  if (total === undefined || lastWeeks === undefined) return "";
  const against = (sold: number, when: string) =>
    `${relation(total, sold, format)} the ${format.units(sold)} sold ${when}`;
  const before = against(lastWeeks, `in the ${spanInWords(document)} before`);
  const yearBefore = aYearAgo === undefined ? "" : `, and ${against(aYearAgo, "in the same weeks a year ago")}`;
  return `That is ${before}${yearBefore}.`;
}

function relation(total: number, sold: number, format: Format): string {
  if (format.units(total) === format.units(sold)) return "as much as";
  if (sold > 0 && total >= MULTIPLE * sold) return `${format.times(total / sold)} times`;
  const more = total > sold ? "more than" : "less than";
  if (sold <= 0) return more;
  const change = format.share(Math.abs(total / sold - 1));
  return change === format.share(0) ? "about as much as" : `${change} ${more}`;
}
