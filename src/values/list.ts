/**
 * Reads a list with commas between: what has a comma itself stands in double quotes, and a double quote within them is
 * written twice (RFC 4180).
 *
 * @returns nothing for a list with an empty entry or an open quote.
 */
export function listed(text: string): string[] | undefined {
  const entries: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const [whole, quoted, bare] = /^(?:"((?:[^"]|"")+)"|([^",][^,]*))(?=,|$)/s.exec(text.slice(at)) ?? [];
    if (whole === undefined) return undefined;
    entries.push(bare ?? quoted!.replaceAll('""', '"'));
    at += whole.length + 1;
  }
  return entries;
}

/** An entry as it stands in such a list. */
export function entry(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
