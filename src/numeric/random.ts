/** Uniform numbers from 0 to 1 (mulberry32: a 32-bit counter, mixed). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts as many items as asked for, drawn at random, at the front (Fisher and Yates's shuffle, as far as it is needed). */
export function drawToFront(
  items: { [index: number]: unknown; readonly length: number },
  count: number,
  random: () => number,
): void {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (items.length - i));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
