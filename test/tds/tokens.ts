/** Parts of an answer, [MS-TDS] 2.2.7. */

const DONE = { final: 0x00, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;
export const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
const TDS_7_4 = 0x74000004;
const PROGRAM = "Microsoft SQL Server";
const ENCRYPT_ON = 1;
const ENCRYPT_NOT_SUPPORTED = 2;

export interface ErrorToken {
  readonly number: number;
  readonly message: string;
  readonly state?: number;
  /** The class, in the words of the protocol. */
  readonly severity?: number;
}

/** @param more tokens before its end. */
export function loginAccepted(database: string, packetBytes = 4096, ...more: Buffer[]): Buffer {
  const acknowledgement = Buffer.concat([
    Buffer.from([1]),
    uint32BE(TDS_7_4),
    shortText(PROGRAM),
    Buffer.from([13, 0, 0, 0]),
  ]);
  return Buffer.concat([
    environmentChange(1, shortText(database), shortText("master")),
    environmentChange(7, Buffer.concat([Buffer.from([5]), COLLATION]), Buffer.from([0])),
    Buffer.from([0xad]),
    uint16(acknowledgement.length),
    acknowledgement,
    environmentChange(4, shortText(`${packetBytes}`), shortText("4096")),
    ...more,
    done("batch", {}),
  ]);
}

export function error({ number, message, state = 1, severity = 16 }: ErrorToken): Buffer {
  const text = Buffer.from(message, "utf16le");
  const body = Buffer.concat([
    int32(number),
    Buffer.from([state, severity]),
    uint16(text.length / 2),
    text,
    shortText("test"),
    shortText(""),
    int32(1),
  ]);
  return Buffer.concat([Buffer.from([0xaa]), uint16(body.length), body]);
}

/** Sends a client that was let in to another server. */
export function routed({ host, port }: { readonly host: string; readonly port: number }): Buffer {
  const name = Buffer.from(host, "utf16le");
  const place = Buffer.concat([Buffer.from([0]), uint16(port), uint16(name.length / 2), name]);
  return environmentChange(20, Buffer.concat([uint16(place.length), place]), uint16(0));
}

/** The end of an answer to a batch, or to a procedure with its return status. */
export function done(
  to: "batch" | "procedure",
  outcome: { rows?: number; failed?: boolean; attention?: boolean },
): Buffer {
  const { rows, failed, attention } = outcome;
  const status =
    (rows === undefined ? 0 : DONE.count) | (failed ? DONE.error : 0) | (attention ? DONE.attention : DONE.final);
  if (to === "batch") return doneToken(0xfd, status, rows);
  const returnStatus = Buffer.concat([Buffer.from([0x79]), int32(failed ? 1 : 0)]);
  return Buffer.concat([
    doneToken(0xff, status | DONE.more, rows),
    returnStatus,
    doneToken(0xfe, failed ? DONE.error : 0),
  ]);
}

function doneToken(token: number, status: number, rows = 0): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt8(token, 0);
  bytes.writeUInt16LE(status, 1);
  bytes.writeUInt16LE(0xc1, 3);
  bytes.writeBigUInt64LE(BigInt(rows), 5);
  return bytes;
}

function environmentChange(type: number, newValue: Buffer, oldValue: Buffer): Buffer {
  const length = 1 + newValue.length + oldValue.length;
  return Buffer.concat([Buffer.from([0xe3]), uint16(length), Buffer.from([type]), newValue, oldValue]);
}

/** Text with its number of characters in one byte. */
export function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "utf16le")]);
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function uint32BE(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Options of the answer to PRELOGIN, [MS-TDS] 2.2.6.5: version, encryption, instance, thread, no MARS. */
export function preloginAnswer(encrypt: boolean): Buffer {
  const options: [type: number, value: number[]][] = [
    [0, [13, 0, 0, 0, 0, 0]],
    [1, [encrypt ? ENCRYPT_ON : ENCRYPT_NOT_SUPPORTED]],
    [2, [0]],
    [3, []],
    [4, [0]],
  ];
  let offset = options.length * 5 + 1;
  const head: number[] = [];
  for (const [type, { length }] of options) {
    head.push(type, offset >> 8, offset & 0xff, 0, length);
    offset += length;
  }
  return Buffer.from([...head, 0xff, ...options.flatMap(([, value]) => value)]);
}
