const LINE_END = "\r\n";

/**
 * Takes RESP2 apart (https://redis.io/docs/latest/develop/reference/protocol-spec/): commands of clients, and replies that
 * are no lists.
 */
export class RespReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** @returns the values that are complete now, as they were sent. */
  push(chunk: Buffer): Buffer[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const values: Buffer[] = [];
    for (let end = endOf(this.#bytes, 0); end !== undefined; end = endOf(this.#bytes, 0)) {
      values.push(this.#bytes.subarray(0, end));
      this.#bytes = this.#bytes.subarray(end);
    }
    return values;
  }
}

/** The words of a command: its name in small letters, then what it is given. */
export function wordsOf(command: Buffer): string[] {
  const lines = command.toString().split(LINE_END);
  const [name = "", ...given] = lines.filter((_, i) => i > 0 && i % 2 === 0);
  return [name.toLowerCase(), ...given];
}

/** Where the value that begins at `start` ends; nothing where the rest of it has not come yet. */
function endOf(bytes: Buffer, start: number): number | undefined {
  const line = bytes.indexOf(LINE_END, start);
  if (line < 0) return undefined;
  const next = line + LINE_END.length;
  const length = Number(bytes.toString("latin1", start + 1, line));
  switch (String.fromCharCode(bytes[start]!)) {
    case "$": {
      const end = length < 0 ? next : next + length + LINE_END.length;
      return end <= bytes.length ? end : undefined;
    }
    case "*": {
      let end: number | undefined = next;
      for (let i = 0; i < length && end !== undefined; i++) end = endOf(bytes, end);
      return end;
    }
    default:
      return next;
  }
}
