import type { Note } from "../../forecast/document.ts";

export interface NoteFormat {
  readonly units: (quantity: number) => string;
  /** A day, given as `YYYY-MM-DD`. */
  readonly date: (day: string) => string;
}

/** Kinds of notes in few words. */
export const NOTE_NAMES: Readonly<Record<Note["kind"], string>> = {
  new: "new",
  successor: "successor",
  replaced: "replaced",
  stopped: "stopped",
  "possible-stock-out": "possible stock-out",
  outlier: "outlier",
  returns: "returns",
  "double-import": "double import",
  "unit-change": "unit change",
  "yearly-order": "yearly order",
  "customer-lost": "customer lost",
  "level-shift": "level shift",
  "market-shift": "market shift",
  closing: "closing",
  "source-gap": "source gap",
};
export const NOTE_KINDS = Object.keys(NOTE_NAMES) as readonly Note["kind"][];

/** Kinds of notes side by side, those of later versions as they are. */
export function noteNames(kinds: readonly string[]): string {
  return kinds.map((kind) => NOTE_NAMES[kind as Note["kind"]] ?? kind).join(", ");
}

/** What is noted of all products at once would hide what is noted of one. */
const SHARED_KINDS: readonly string[] = ["market-shift", "closing", "source-gap"] satisfies Note["kind"][];

/** Kinds of notes that tell a product from others. */
export function ownNotes(kinds: readonly string[]): string[] {
  return kinds.filter((kind) => !SHARED_KINDS.includes(kind));
}

/** Kinds of notes on all products at once. */
export function sharedNotes(products: readonly { readonly notes: readonly string[] }[]): string[] {
  return SHARED_KINDS.filter((kind) => products.some(({ notes }) => notes.includes(kind)));
}

/**
 * A note as a planner reads it; nothing for one of a kind that is not known here.
 *
 * @param unconstrained of the document's summary.
 */
export function noteInWords(note: Note, { units, date }: NoteFormat, unconstrained?: number): string | undefined {
  switch (note.kind) {
    case "new":
      return `New: first ordered ${weeks(note.weeks)} ago, so that the forecast rests on little.`;
    case "successor":
      return (
        `Orders before ${date(note.from)} are those of ${nameOf(note.product)}, which is not ordered any more: ` +
        `${note.customers_before} of the first ${note.customers} customers since then had ordered it, so that this product ` +
        "seems to be its successor. History and forecast count both."
      );
    case "replaced":
      return (
        `Replaced by ${nameOf(note.product)} since ${date(note.from)}: ${note.customers_before} of its first ` +
        `${note.customers} customers had ordered this product, of which nothing more is expected.`
      );
    case "stopped":
      return (
        `No order for ${weeks(note.weeks)}, since ${date(note.from)}` +
        `${note.longest_gap_before > 0 ? `; the longest gap before was ${weeks(note.longest_gap_before)}` : ""}. ` +
        "It may not be sold any more."
      );
    case "possible-stock-out":
      return note.until === null
        ? `No order for ${weeks(note.weeks)}, since ${date(note.from)}, though it was ordered nearly every week before. ` +
            `Out of stock? Then ${wanted(unconstrained, units)}. Or is it not sold any more?`
        : `No order for ${weeks(note.weeks)} from ${date(note.from)}, though it is ordered nearly every week otherwise. ` +
            "If it was out of stock, more was wanted than was sold.";
    case "outlier":
      return (
        `The week from ${date(note.from)} stands out: ${units(note.quantity)} units, where ${units(note.usual_quantity)} ` +
        `are usual.${note.customer ? ` One customer bought ${units(note.customer.quantity)}: ${nameOf(note.customer)}.` : ""}`
      );
    case "returns":
      return (
        `Much comes back: ${units(note.returned_quantity)} units were returned in the last 52 weeks, ` +
        `${units(note.sold_quantity)} sold. History and forecast are what remains.`
      );
    case "double-import":
      return (
        `Order lines came twice: ${units(note.quantity)} units ${days(note, date)} are counted once. ` +
        "The import of these days should be looked at."
      );
    case "unit-change":
      return (
        `Since ${date(note.from)} orders have been ${times(note.factor)} what they were, and as many: the unit seems to be ` +
        "another. The forecast is in the new one, and counts earlier quantities in it, too."
      );
    case "yearly-order":
      return (
        `Customer ${nameOf(note.customer)} has ordered once a year, ${note.years} years running: the next order, of about ` +
        `${units(note.quantity)} units, is due about ${date(note.due)}, and is in the forecast.`
      );
    case "customer-lost":
      return (
        `Customer ${nameOf(note.customer)} has not ordered since ${date(note.last_order)}, too long for its rhythm. It took ` +
        `${Math.round(100 * note.share)} % of all units, ${units(note.quantity_a_week)} a week, which the forecast leaves out.`
      );
    case "level-shift":
      return (
        `For ${weeks(note.weeks)}, since ${date(note.from)}, ${times(note.factor)} what was usual in the year before has been ` +
        "sold. The forecast stays on the new level: will it last?"
      );
    case "market-shift":
      return (
        `For ${weeks(note.weeks)}, since ${date(note.from)}, all products together have sold ${times(note.factor)} what was usual ` +
        "before. The forecast expects most of that to last; the range holds that it does, and that it does not."
      );
    case "closing":
      return `Nearly nothing of any product is expected ${days(note, date)}, as in past years: a closing.`;
    case "source-gap":
      return (
        `The source has no order line of any product ${days(note, date)} (${weeks(note.weeks)}): ` +
        "these weeks count as missing, not as weeks without demand."
      );
    default:
      return undefined;
  }
}

function wanted(unconstrained: number | undefined, units: NoteFormat["units"]): string {
  return unconstrained === undefined
    ? "more is wanted than the forecast says"
    : `${units(unconstrained)} units would be expected in all if it had not been`;
}

function weeks(count: number): string {
  return count === 1 ? "1 week" : `${count} weeks`;
}

function days({ from, until }: { from: string; until: string }, date: NoteFormat["date"]): string {
  return from === until ? `of ${date(from)}` : `from ${date(from)} to ${date(until)}`;
}

/** A factor as words have it: "3 times", "1/12 of". */
function times(factor: number): string {
  return factor >= 1 ? `${short(factor)} times` : `1/${short(1 / factor)} of`;
}

function short(number: number): string {
  return `${Math.round(10 * number) / 10}`;
}

function nameOf({ id, name }: { id: string; name?: string }): string {
  return name === undefined ? id : `${name} (${id})`;
}
