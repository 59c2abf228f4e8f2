/**
 * Numbers of rows in the order of the first column, then the second, and so on: a counting sort a column, the last
 * column first (Knuth, The Art of Computer Programming, volume 3, 5.2.5, "radix sorting from the right").
 *
 * @param columns integers in a range of a few million, all of one length.
 */
export function rowsInOrder(columns: readonly Int32Array[]): Int32Array {
  let rows = new Int32Array(columns[0]?.length ?? 0);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  for (const column of columns.toReversed()) rows = sortedBy(column, rows);
  return rows;
}

function sortedBy(column: Int32Array, rows: Int32Array): Int32Array<ArrayBuffer> {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < column.length; i++) {
    const key = column[i]!;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const next = new Int32Array(column.length === 0 ? 0 : most - least + 2);
  for (let i = 0; i < column.length; i++) next[column[i]! - least + 1]! += 1;
  for (let key = 1; key < next.length; key++) next[key]! += next[key - 1]!;
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[next[column[rows[i]!]! - least]!++] = rows[i]!;
  return sorted;
}
