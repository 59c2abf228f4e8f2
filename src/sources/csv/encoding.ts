import { isAscii } from "node:buffer";

/** Where a text without a mark is no UTF-16, so many bytes tell that. */
const TELLING_BYTES = 1000;
const MOST_BYTES_OF_A_CHARACTER = 4;
/** Bytes that stand for nothing in Windows-1252; TextDecoder makes these of them. */
const NOT_IN_WINDOWS_1252 = /[\u0081\u008d\u008f\u0090\u009d]/;
const IN_WORDS: Readonly<Record<string, string>> = { "utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16" };

/** A text that is not in the encoding that it is read in, with the setting that decides it. */
export class EncodingError extends Error {
  override readonly name = "EncodingError";
}

/**
 * Reads bytes as text, chunk by chunk, in the encoding that their mark or their first bytes tell. A text without a mark is
 * UTF-8 where its first letters beyond ASCII are, else Windows-1252.
 */
export class TextReader {
  #decoder: TextDecoder | undefined;
  /** The beginning of a letter that the next chunk ends. */
  #rest: Buffer = Buffer.alloc(0);
  #isFirst = true;
  readonly #isChosen: boolean;

  /** @param encoding where the user has chosen one. */
  constructor(encoding: string | undefined) {
    this.#isChosen = encoding !== undefined;
    if (encoding !== undefined) this.#decoder = decoderOf(encoding);
  }

  /** Of what was read so far, in words. */
  get encoding(): string {
    const { encoding = "utf-8" } = this.#decoder ?? {};
    return IN_WORDS[encoding] ?? encoding.replace(/^[a-z]/, (letter) => letter.toUpperCase());
  }

  /** @throws EncodingError */
  read(chunk: Buffer): string {
    if (this.#isFirst && !this.#decoder) this.#decoder = decoderByMark(chunk);
    this.#isFirst = false;
    return this.#decoder
      ? this.#decode(this.#decoder, chunk)
      : this.#undecided(Buffer.concat([this.#rest, chunk]), false);
  }

  /** @returns what is left. @throws EncodingError */
  end(): string {
    const left = this.#decoder ? "" : this.#undecided(this.#rest, true);
    return left + this.#decode(this.#decoder ?? new TextDecoder(), undefined);
  }

  /** ASCII is the same in UTF-8 and in Windows-1252; what comes after it decides. */
  #undecided(bytes: Buffer, isEnd: boolean): string {
    this.#rest = Buffer.alloc(0);
    if (isAscii(bytes)) return bytes.toString("latin1");
    const beyond = bytes.findIndex((byte) => byte >= 0x80);
    if (!isEnd && bytes.length - beyond < MOST_BYTES_OF_A_CHARACTER) {
      this.#rest = bytes.subarray(beyond);
      return bytes.toString("latin1", 0, beyond);
    }
    try {
      const decoder = decoderOf("utf-8");
      const text = decoder.decode(bytes, { stream: true });
      this.#decoder = decoder;
      return text;
    } catch {
      this.#decoder = new TextDecoder("windows-1252");
      return this.#decode(this.#decoder, bytes);
    }
  }

  #decode(decoder: TextDecoder, chunk: Buffer | undefined): string {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new EncodingError(`not all of it is ${this.encoding} (--csv-encoding names another encoding)`, { cause });
    }
    if (!this.#isChosen && decoder.encoding === "windows-1252" && NOT_IN_WINDOWS_1252.test(text)) {
      throw new EncodingError("it is neither UTF-8 nor Windows-1252 (--csv-encoding names its encoding)");
    }
    return text;
  }
}

/** @param encoding any that the Encoding Standard names. @throws RangeError for another one. */
export function decoderOf(encoding: string): TextDecoder {
  return new TextDecoder(encoding as ConstructorParameters<typeof TextDecoder>[0], { fatal: true });
}

/** By its mark, or by the zeros between letters, which no other text has. */
function decoderByMark(bytes: Buffer): TextDecoder | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoderOf("utf-8");
  if (first === 0xff && second === 0xfe) return decoderOf("utf-16le");
  if (first === 0xfe && second === 0xff) return decoderOf("utf-16be");
  const zeros = [0, 0];
  for (const [at, byte] of bytes.subarray(0, TELLING_BYTES).entries()) if (byte === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  const most = Math.min(bytes.length, TELLING_BYTES) / 2;
  if (odd > most / 2 && even < odd / 4) return decoderOf("utf-16le");
  if (even > most / 2 && odd < even / 4) return decoderOf("utf-16be");
  return undefined;
}
