/** Names in memory that all threads share, by the place of their owners in a list of ids. */
export interface SharedNames {
  /** All names one after the other, in UTF-8. */
  readonly text: Uint8Array;
  /** Where the name of each id begins in the text; −1 where it has none. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export function shareNames(ids: readonly string[], names: ReadonlyMap<string, string>): SharedNames {
  const encoder = new TextEncoder();
  const encoded = ids.map((id) => {
    const name = names.get(id);
    return name === undefined ? undefined : encoder.encode(name);
  });
  const text = new Uint8Array(new SharedArrayBuffer(encoded.reduce((sum, name) => sum + (name?.length ?? 0), 0)));
  const [starts, ends] = [sharedInt32(ids.length), sharedInt32(ids.length)];
  let end = 0;
  for (const [i, name] of encoded.entries()) {
    starts[i] = name ? end : -1;
    text.set(name ?? [], end);
    end += name?.length ?? 0;
    ends[i] = end;
  }
  return { text, starts, ends };
}

/** @returns nothing where the id at this place has no name. */
export function nameAt({ text, starts, ends }: SharedNames, index: number): string | undefined {
  const start = starts[index] ?? -1;
  // A copy, because a decoder takes no shared memory.
  return start < 0 ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(text.slice(start, ends[index]));
}

export function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}
