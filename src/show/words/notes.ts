import type { Note } from "../../forecast/document.ts";

export interface NoteFormat {
  readonly units: (quantity: number) => string;
  /** A day, given as `YYYY-MM-DD`. */
  readonly date: (day: string) => string;
}

/** A note as a planner reads it; nothing for one of a kind that is not known here. */
export function noteInWords(note: Note, { units, date }: NoteFormat): string | undefined {
  switch (note.kind) {
    case "new":
      return `New: first ordered ${weeks(note.weeks)} ago, so that the forecast rests on little.`;
    case "stopped":
      return (
        `No order for ${weeks(note.weeks)}, since ${date(note.from)}` +
        `${note.longest_gap_before > 0 ? `; the longest gap before was ${weeks(note.longest_gap_before)}` : ""}. ` +
        "It may not be sold any more."
      );
    case "possible-stock-out":
      return note.until === null
        ? `No order for ${weeks(note.weeks)}, since ${date(note.from)}, though it was ordered nearly every week before. ` +
            "Out of stock? Then more is wanted than the forecast says. Or is it not sold any more?"
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
    default:
      return undefined;
  }
}

function weeks(count: number): string {
  return count === 1 ? "1 week" : `${count} weeks`;
}

function nameOf({ id, name }: { id: string; name?: string }): string {
  return name === undefined ? id : `${name} (${id})`;
}
