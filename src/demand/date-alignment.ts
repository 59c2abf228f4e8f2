/**
 * Weeks of past years that stand at this year's dates: of each a share is moved to the next one, or where negative to the one before.
 *
 * @returns where nothing is to be moved, as of a young product, the very same.
 */
export function atSameDates(weeks: Float64Array, shares: Float64Array): Float64Array {
  if (shares.every((share) => share === 0)) return weeks;
  const result = weeks.slice();
  for (const [t, share] of shares.entries()) {
    const other = t + Math.sign(share);
    const moved = Math.abs(share) * weeks[t]!;
    if (moved === 0 || result[other] === undefined) continue;
    result[t]! -= moved;
    result[other]! += moved;
  }
  return result;
}
