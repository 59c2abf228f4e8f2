/** The weeks with demand, oldest first. */
export function demands(quantities: Float64Array): Float64Array {
  return quantities.filter((quantity) => quantity > 0);
}

/** Weeks from one week with demand to the next, the first counted from the beginning; those after the last not at all. */
export function intervals(quantities: Float64Array): Float64Array {
  const found: number[] = [];
  let previous = -1;
  for (const [week, quantity] of quantities.entries()) {
    if (quantity === 0) continue;
    found.push(week - previous);
    previous = week;
  }
  return Float64Array.from(found);
}

/** The mean interval between weeks with demand, as a whole number of weeks; halves go to the even one. */
export function meanIntervalWeeks(quantities: Float64Array): number {
  const found = intervals(quantities);
  const mean = found.reduce((sum, interval) => sum + interval, 0) / found.length;
  const below = Math.floor(mean);
  if (mean - below !== 0.5) return Math.round(mean);
  return below % 2 === 0 ? below : below + 1;
}
