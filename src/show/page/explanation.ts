import type { AnyVersion } from "../any-version.ts";
import type { Format } from "../format.ts";
import { explanationInWords, PART_WORDS, signed } from "../words/explanation.ts";
import { type Html, html } from "./html.ts";
import { section } from "./page.ts";

/** Why the total is what it is: each part as a bar from where the last one ended; nothing of documents that do not say. */
export function explanationSection(document: AnyVersion, format: Format): Html | false {
  const { prose } = format;
  const { explanation } = document;
  const words = explanationInWords(document, prose);
  if (!explanation || words === undefined) return false;
  let sum = 0;
  const ends = explanation.parts.map(({ quantity }) => {
    sum += quantity;
    return sum;
  });
  const most = Math.max(...ends, Number.MIN_VALUE);
  const share = (units: number) => Math.round((1000 * Math.max(0, units)) / most) / 10;
  const bars = explanation.parts.map(({ kind, quantity }, i) => {
    const [from, to] = [ends[i - 1] ?? 0, ends[i]!];
    const [left, right] = [share(Math.min(from, to)), share(Math.max(from, to))];
    return bar(
      PART_WORDS[kind] ?? kind,
      i === 0 ? format.units(quantity) : signed(quantity, format),
      left,
      right,
      i === 0 ? "level" : quantity < 0 ? "less" : "more",
    );
  });
  const total = ends.at(-1)!;
  const { mean_of_last_13_weeks: mean, year_ago_quantity: yearAgo } = explanation;
  return section(
    "why",
    "Why this number?",
    html`<ul class="waterfall">${bars}${bar("total", format.units(total), 0, share(total), "level")}</ul>
<p>${words}</p>
<p class="note">For comparison: the mean of the last 13 weeks is ${prose.units(mean)} a week${
      yearAgo !== null && `, and ${prose.units(yearAgo)} were sold in the same weeks a year ago`
    }.</p>`,
  );
}

/** @param left where it begins and ends, in percent. */
function bar(name: string, quantity: string, left: number, right: number, kind: "level" | "more" | "less"): Html {
  return html`<li><span>${name}</span><span class="number">${quantity}</span><svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none"><rect class="${kind}" x="${left}" width="${Math.max(0.4, right - left)}" height="4"/></svg></li>
`;
}
