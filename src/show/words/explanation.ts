import type { AnyVersion } from "../any-version.ts";
import type { Format } from "../format.ts";

/** What the total of a document is made of, in words; those of kinds that are not known here are left out. */
export const PART_WORDS: Readonly<Record<string, string>> = {
  level: "level of the last weeks",
  "market-season": "season of all products",
  "product-season": "season of this one",
  momentum: "movement of all products",
  correction: "what the past of all products teaches of such a one",
  closing: "weeks of rest",
  "yearly-order": "yearly orders that are due",
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  "recent-weeks": "its last weeks",
  "earlier-weeks": "its earlier months",
  season: "its season",
  customers: "its customers and orders",
  rhythm: "how often it sells",
  sizes: "how even its weeks are",
  age: "how long it has been sold",
};

/** Why the total is what it is, in two sentences; nothing of documents that do not say. */
export function explanationInWords({ explanation, forecast_weeks }: AnyVersion, format: Format): string | undefined {
  if (!explanation) return undefined;
  const [level, ...others] = explanation.parts;
  if (!level) return undefined;
  const added = others.map(({ kind, quantity }) => `${signed(quantity, format)} ${PART_WORDS[kind] ?? kind}`);
  const reasons = explanation.reasons.map(
    ({ kind, quantity }) => `${REASON_WORDS[kind] ?? kind} (${signed(quantity, format)})`,
  );
  const parts = [
    `${format.units(level.quantity)} by the level of the last weeks over ${forecast_weeks} weeks`,
    ...added,
  ];
  const because =
    reasons.length === 0 ? "" : ` Against the average product that is moved most by ${reasons.join(", ")}.`;
  return `${parts.join(", ")}.${because}`;
}

/** A quantity with its sign. */
export function signed(quantity: number, format: Format): string {
  return `${quantity < 0 ? "−" : "+"}${format.units(Math.abs(quantity))}`;
}
