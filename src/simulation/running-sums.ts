/** Entry i is the sum of the numbers up to and including number i. */
export function runningSums(numbers: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(numbers, (number) => {
    sum += number;
    return sum;
  });
}

/** Index of the first entry that is at least `target`; the number of entries where there is none. */
export function firstReaching(ascending: Float64Array, target: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
