import { parseHTML } from "linkedom";

/** Cells of a table on the terminal by rows, the header first; `first` is what its header begins with. */
export function tableOnTerminal(text: string, first: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${first}  `));
  const rows = lines.slice(start).map((line) => line.split(/ {2,}/));
  const end = rows.findIndex(({ length }) => length === 1);
  return rows.slice(0, end);
}

/** Cells of a table of a page by rows, the header first, the total last. */
export function tableOnPage(page: string, caption: string): string[][] {
  const { document } = parseHTML(page);
  const rows = [...document.querySelectorAll(`table[aria-label="${caption}"] tr`)];
  return rows.map((row) => [...row.children].map((cell) => wordsOf(cell.textContent)));
}

/** Names and values of the lists of a page. */
export function factsOnPage(page: string): Record<string, string> {
  const { document } = parseHTML(page);
  const entries = [...document.querySelectorAll("dl > div")];
  return Object.fromEntries(
    entries.map((entry) => [...entry.children].map((part) => wordsOf(part.textContent)) as [string, string]),
  );
}

function wordsOf(text: string | null): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}
