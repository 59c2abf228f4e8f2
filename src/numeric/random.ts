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

/** A 32-bit number of a text (FNV-1a; Fowler, Noll & Vo, 1991), mixed so that all its bits are of use. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** A 32-bit number that looks drawn at random, and is the same for the same one (the finaliser of MurmurHash3; Appleby, 2011). */
export function mixed(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
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
