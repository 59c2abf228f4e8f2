/** Whether an id is an integer as a database prints it. */
export function isIntegerId(id: string): boolean {
  return /^(?:0|-?[1-9]\d*)$/.test(id);
}

/** Orders ids as a reader does: integers first and by value, the others by code unit. */
export function compareIds(a: string, b: string): number {
  const aIsInteger = isIntegerId(a);
  if (aIsInteger !== isIntegerId(b)) return aIsInteger ? -1 : 1;
  if (a === b) return 0;
  return (aIsInteger ? isSmaller(a, b) : a < b) ? -1 : 1;
}

/** Of integers without leading zeros the one with more digits is the larger, so that no number has to be made. */
function isSmaller(a: string, b: string): boolean {
  const aIsNegative = a.startsWith("-");
  if (aIsNegative !== b.startsWith("-")) return aIsNegative;
  const isNearerZero = a.length === b.length ? a < b : a.length < b.length;
  return isNearerZero !== aIsNegative;
}
