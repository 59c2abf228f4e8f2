import { COLLATION, int32, shortText, uint16 } from "./tokens.ts";

/** Values as SQLite gives them: integers as number or bigint, others as number, text as string. */
export type Value = bigint | number | string | null;

type Kind = "int" | "bigint" | "decimal" | "float" | "char" | "nvarchar";

const DECIMAL_PRECISION = 18;
const DECIMAL_SCALE = 6;
const LARGEST_DECIMAL = 1e9;
const INT_MAX = 2 ** 31 - 1;
const NVARCHAR_BYTES = 8000;
/** With the byte that says how many follow. */
const NUMBER_BYTES = { int: 5, bigint: 9, decimal: 10, float: 9 } as const;

/** COLMETADATA, and how to encode rows of these columns. */
export interface Encoder {
  readonly columns: Buffer;
  rows(rows: readonly (readonly Value[])[]): Buffer;
}

/**
 * Chooses each column's type from its values, as the tables of a real server would have it.
 *
 * @param dateColumns names of columns that are a date as CHAR(10).
 */
export function encoderFor(
  names: readonly string[],
  rows: readonly (readonly Value[])[],
  dateColumns: Set<string>,
): Encoder {
  const kinds = names.map((name, column) => (dateColumns.has(name) ? "char" : kindOf(rows, column)));
  const columns = names.map((name, i) => Buffer.concat([int32(0), uint16(0x09), typeOf(kinds[i]!), shortText(name)]));
  return {
    columns: Buffer.concat([Buffer.from([0x81]), uint16(names.length), ...columns]),
    rows: (rows) => encodeRows(kinds, rows),
  };
}

function kindOf(rows: readonly (readonly Value[])[], column: number): Kind {
  let kind: Kind = "int";
  for (const row of rows) {
    const value = row[column]!;
    if (value === null) continue;
    if (typeof value === "string") return "nvarchar";
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      kind = kind === "float" || Math.abs(value) > LARGEST_DECIMAL ? "float" : "decimal";
    } else if (kind === "int" && (value > INT_MAX || value < -INT_MAX)) kind = "bigint";
  }
  return kind;
}

function typeOf(kind: Kind): Buffer {
  switch (kind) {
    case "int":
      return Buffer.from([0x26, 4]);
    case "bigint":
      return Buffer.from([0x26, 8]);
    case "decimal":
      return Buffer.from([0x6a, 9, DECIMAL_PRECISION, DECIMAL_SCALE]);
    case "float":
      return Buffer.from([0x6d, 8]);
    case "char":
      return Buffer.concat([Buffer.from([0xaf]), uint16(10), COLLATION]);
    case "nvarchar":
      return Buffer.concat([Buffer.from([0xe7]), uint16(NVARCHAR_BYTES), COLLATION]);
  }
}

function encodeRows(kinds: readonly Kind[], rows: readonly (readonly Value[])[]): Buffer {
  let size = rows.length;
  for (const [i, kind] of kinds.entries()) for (const row of rows) size += sizeOf(kind, row[i]!);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const row of rows) {
    at = bytes.writeUInt8(0xd1, at);
    for (let i = 0; i < kinds.length; i++) at = writeValue(bytes, at, kinds[i]!, row[i]!);
  }
  return bytes;
}

function sizeOf(kind: Kind, value: Value): number {
  if (kind === "nvarchar") return 2 + (value === null ? 0 : 2 * String(value).length);
  if (kind === "char") return 2 + (value === null ? 0 : 10);
  return value === null ? 1 : NUMBER_BYTES[kind];
}

function writeValue(bytes: Buffer, at: number, kind: Kind, value: Value): number {
  if (kind === "nvarchar" || kind === "char") {
    if (value === null) return bytes.writeUInt16LE(0xffff, at);
    const encoding = kind === "char" ? "latin1" : "utf16le";
    const length = bytes.write(String(value), at + 2, encoding);
    bytes.writeUInt16LE(length, at);
    return at + 2 + length;
  }
  if (value === null) return bytes.writeUInt8(0, at);
  switch (kind) {
    case "int":
      return bytes.writeInt32LE(Number(value), bytes.writeUInt8(4, at));
    case "bigint":
      return bytes.writeBigInt64LE(BigInt(value), bytes.writeUInt8(8, at));
    case "float":
      return bytes.writeDoubleLE(Number(value), bytes.writeUInt8(8, at));
    case "decimal": {
      const scaled = Math.round(Number(value) * 10 ** DECIMAL_SCALE);
      bytes.writeUInt8(9, at);
      bytes.writeUInt8(scaled < 0 ? 0 : 1, at + 1);
      bytes.writeUInt32LE(Math.abs(scaled) % 2 ** 32, at + 2);
      return bytes.writeUInt32LE(Math.floor(Math.abs(scaled) / 2 ** 32), at + 6);
    }
  }
}
