import stringWidth from "fast-string-width";

const WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = {
  "–": "-",
  "—": "-",
  "−": "-",
  "·": "-",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "×": "x",
  "⁄": "/",
  ß: "ss",
  æ: "ae",
  ø: "o",
  ł: "l",
  Æ: "AE",
  Ø: "O",
  Ł: "L",
};

const CHARACTERS = new Intl.Segmenter();

/** The text in ASCII: letters without their accents, `?` for what has no likeness. */
export function toAscii(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll(/\P{ASCII}/gu, (character) => WITHOUT_DECOMPOSITION[character] ?? "?");
}

/** The beginning of the text, with an ellipsis where it is longer than `width` columns of the terminal. */
export function cut(text: string, width: number, ellipsis = "…"): string {
  if (stringWidth(text) <= width) return text;
  return beginning(text, width - stringWidth(ellipsis)) + ellipsis;
}

/** The text filled with spaces up to `width` columns of the terminal. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const spaces = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "left" ? text + spaces : spaces + text;
}

/**
 * The text in lines of at most `width` columns, broken between words, and within a word that is longer than a line. A
 * percent sign stays with its number.
 *
 * @param indent spaces before each line but the first; they count.
 */
export function wrap(text: string, width: number, indent = 0): string[] {
  return flow(text.split(/ (?!%)/), " ", width, indent);
}

/** Parts that stay together side by side in lines of at most `width` columns; as `wrap`, of which the parts are words. */
export function flow(parts: readonly string[], separator: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    const longer = line === undefined ? part : line + separator + part;
    if (line === undefined || stringWidth(longer) > width) {
      const start = line === undefined ? "" : " ".repeat(indent);
      lines.push(...pieces(part, width - start.length).map((piece) => start + piece));
    } else {
      lines[lines.length - 1] = longer;
    }
  }
  return lines;
}

/** Whether every line is at most `width` columns wide. */
export function fits(text: string, width: number): boolean {
  return text.split("\n").every((line) => stringWidth(line) <= width);
}

function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  let rest = word;
  while (stringWidth(rest) > width) {
    const piece = beginning(rest, width);
    if (piece === "") break;
    found.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...found, rest];
}

/** The beginning of the text: as many characters, as a reader sees them, as `width` columns hold. */
function beginning(text: string, width: number): string {
  let kept = "";
  let columns = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    columns += stringWidth(segment);
    if (columns > width) break;
    kept += segment;
  }
  return kept;
}
