/** Whether an id is an integer as a database prints it. */
export function isIntegerId(id: string): boolean {
  return /^(?:0|-?[1-9]\d*)$/.test(id);
}

/** Orders ids as a reader does: integers first and by value, the others by code unit. */
export function compareIds(a: string, b: string): number {
  const aIsInteger = isIntegerId(a);
  if (aIsInteger !== isIntegerId(b)) return aIsInteger ? -1 : 1;
  if (a === b) return 0;
  return (aIsInteger ? BigInt(a) < BigInt(b) : a < b) ? -1 : 1;
}
