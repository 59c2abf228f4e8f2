/** What clients ask, [MS-TDS] 2.2.6. */

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The size of packets that the client wishes for. */
  readonly packetBytes: number;
  /** Whether the client only reads, so that a replica may answer. */
  readonly readsOnly: boolean;
}

export interface Request {
  readonly sql: string;
  /** By name, without the @. */
  readonly parameters: Readonly<Record<string, string | number | bigint | null>>;
}

export function parseLogin(data: Buffer): Login {
  const textAt = (position: number) => {
    const offset = data.readUInt16LE(position);
    return data.subarray(offset, offset + 2 * data.readUInt16LE(position + 2));
  };
  // Each byte is sent with its halves swapped and some bits turned.
  const password = Uint8Array.from(textAt(44), (byte) => (((byte ^ 0xa5) & 0x0f) << 4) | ((byte ^ 0xa5) >> 4));
  return {
    user: textAt(40).toString("utf16le"),
    password: Buffer.from(password).toString("utf16le"),
    database: textAt(68).toString("utf16le"),
    packetBytes: data.readUInt32LE(8),
    readsOnly: (data.readUInt8(26) & 0x20) !== 0,
  };
}

export function parseBatch(data: Buffer): Request {
  return { sql: data.subarray(data.readUInt32LE(0)).toString("utf16le"), parameters: {} };
}

/** sp_executesql: the statement, the declaration of its parameters, and their values. */
export function parseRpc(data: Buffer): Request {
  const reader = new Reader(data, data.readUInt32LE(0));
  const nameLength = reader.uint16();
  const procedure = nameLength === 0xffff ? reader.uint16() : reader.text(nameLength);
  if (procedure !== 10 && procedure !== "sp_executesql") throw new Error(`procedure ${procedure} is not known here`);
  reader.uint16();
  const values: [name: string, value: string | number | bigint | null][] = [];
  while (!reader.atEnd) {
    const name = reader.text(reader.uint8());
    reader.uint8();
    values.push([name.replace("@", ""), reader.typedValue()]);
  }
  const [[, sql] = ["", ""], , ...parameters] = values;
  return { sql: String(sql), parameters: Object.fromEntries(parameters) };
}

class Reader {
  readonly #data: Buffer;
  #at: number;

  constructor(data: Buffer, at: number) {
    this.#data = data;
    this.#at = at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#data.length;
  }

  uint8(): number {
    return this.bytes(1).readUInt8(0);
  }

  uint16(): number {
    return this.bytes(2).readUInt16LE(0);
  }

  text(characters: number): string {
    return this.bytes(2 * characters).toString("utf16le");
  }

  bytes(length: number): Buffer {
    this.#at += length;
    return this.#data.subarray(this.#at - length, this.#at);
  }

  typedValue(): string | number | bigint | null {
    const type = this.uint8();
    switch (type) {
      case 0x26:
      case 0x68: {
        this.uint8();
        return this.#integer(this.uint8());
      }
      case 0x6d: {
        this.uint8();
        const length = this.uint8();
        if (length === 0) return null;
        return length === 4 ? this.bytes(4).readFloatLE(0) : this.bytes(8).readDoubleLE(0);
      }
      case 0x6a:
      case 0x6c: {
        this.bytes(2);
        return this.#decimal(this.uint8());
      }
      case 0x28:
        return this.uint8() === 0 ? null : this.#date();
      case 0xe7:
      case 0xef:
        return this.#text("utf16le");
      case 0xa7:
      case 0xaf:
        return this.#text("latin1");
      default:
        throw new Error(`a parameter of type 0x${type.toString(16)} is not known here`);
    }
  }

  #integer(length: number): number | bigint | null {
    if (length === 0) return null;
    const bytes = this.bytes(length);
    return length === 8 ? bytes.readBigInt64LE(0) : length === 1 ? bytes.readUInt8(0) : bytes.readIntLE(0, length);
  }

  #decimal(scale: number): number | null {
    const length = this.uint8();
    if (length === 0) return null;
    const sign = this.uint8() === 0 ? -1 : 1;
    const digits = this.bytes(length - 1).reduceRight((sum, byte) => sum * 256 + byte, 0);
    return (sign * digits) / 10 ** scale;
  }

  /** Days since the first of January of year 1, as YYYY-MM-DD. */
  #date(): string {
    return Temporal.PlainDate.from("0001-01-01")
      .add({ days: this.bytes(3).readUIntLE(0, 3) })
      .toString();
  }

  #text(encoding: "utf16le" | "latin1"): string | null {
    const declared = this.uint16();
    this.bytes(5);
    if (declared !== 0xffff) {
      const length = this.uint16();
      return length === 0xffff ? null : this.bytes(length).toString(encoding);
    }
    // A value of up to 2 GB comes in chunks: its length or a mark for null or unknown, then chunks until an empty one.
    if (this.bytes(8).readBigUInt64LE(0) === 2n ** 64n - 1n) return null;
    const chunks: Buffer[] = [];
    for (let length = this.bytes(4).readUInt32LE(0); length > 0; length = this.bytes(4).readUInt32LE(0)) {
      chunks.push(this.bytes(length));
    }
    return Buffer.concat(chunks).toString(encoding);
  }
}
