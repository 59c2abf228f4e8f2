import type { ProductHistory } from "./history.ts";
import type { OrderLines } from "./order-lines.ts";
import type { Succession } from "./succession.ts";

/** The products, then those of which they are the successors, one after the other. */
export function withPredecessors(productIds: readonly string[], successions: readonly Succession[]): string[] {
  const predecessors = new Map(successions.map(({ predecessor, successor }) => [successor, predecessor]));
  const ids = new Set(productIds);
  // What is added is looked at in its turn: its own predecessor began earlier, so that there is an end.
  for (const id of ids) {
    const predecessor = predecessors.get(id);
    if (predecessor !== undefined) ids.add(predecessor);
  }
  return [...ids];
}

/**
 * Order lines of the products, those of predecessors being their successors' as well.
 *
 * @param lines of `withPredecessors(productIds, successions)`.
 */
export function joinedLines(
  lines: OrderLines,
  productIds: readonly string[],
  successions: readonly Succession[],
): OrderLines {
  const ids = withPredecessors(productIds, successions);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const successors = new Map(successions.map(({ predecessor, successor }) => [predecessor, successor]));
  const countedFor = ids.map((id) => {
    const counted: number[] = [];
    for (let of: string | undefined = id; of !== undefined; of = successors.get(of)) {
      const number = numbers.get(of);
      if (number !== undefined && number < productIds.length) counted.push(number);
    }
    return counted;
  });
  if (countedFor.every((counted, number) => counted.length === 1 && counted[0] === number)) return lines;
  const rows: number[] = [];
  const products: number[] = [];
  for (const [row, product] of lines.product.entries()) {
    for (const counted of countedFor[product]!) {
      rows.push(row);
      products.push(counted);
    }
  }
  const integers = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
  return {
    product: Int32Array.from(products),
    customer: integers(lines.customer),
    day: integers(lines.day),
    quantity: Float64Array.from(rows, (row) => lines.quantity[row]!),
    order: integers(lines.order),
    customers: lines.customers,
  };
}

/** The products, and those that they succeeded or were succeeded by. */
export function namedIds(productIds: readonly string[], successions: readonly Succession[]): string[] {
  const ids = new Set(productIds);
  const others = successions.flatMap(({ predecessor, successor }) => [
    ...(ids.has(predecessor) ? [successor] : []),
    ...(ids.has(successor) ? [predecessor] : []),
  ]);
  return [...new Set([...productIds, ...others])];
}

/** Histories that know of whom the products are successors, and who is theirs. */
export function withSuccessions(
  histories: readonly ProductHistory[],
  productIds: readonly string[],
  successions: readonly Succession[],
): ProductHistory[] {
  if (successions.length === 0) return [...histories];
  const predecessors = new Map(successions.map((succession) => [succession.successor, succession]));
  const successors = new Map(successions.map((succession) => [succession.predecessor, succession]));
  return histories.map((history, i) => {
    const [succeeds, succeededBy] = [predecessors.get(productIds[i]!), successors.get(productIds[i]!)];
    if (!succeeds && !succeededBy) return history;
    const known = { ...(succeeds && { succeeds }), ...(succeededBy && { succeededBy }) };
    const { onMonday } = history;
    return { ...history, ...known, onMonday: onMonday && { ...onMonday, ...known } };
  });
}
