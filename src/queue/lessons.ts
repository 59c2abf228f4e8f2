import { gunzipSync, gzipSync } from "node:zlib";
import type { Lessons } from "../learning/learn.ts";

const COLUMNS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Int16Array, Uint8Array, Int8Array };
type ColumnName = keyof typeof COLUMNS;

/** What JSON has no words for; columns in the byte order of every processor that the runtimes know. */
type Encoded =
  | { readonly $number: "NaN" | "Infinity" | "-Infinity" | "-0" }
  | { readonly $map: readonly (readonly [unknown, unknown])[] }
  | { readonly $column: ColumnName; readonly base64: string };

/** What a run has learned as bytes that any runtime reads. @throws TypeError for a kind of column that is not known here. */
export function encodeLessons(lessons: Lessons): Buffer {
  return gzipSync(JSON.stringify(lessons, (_key, value: unknown) => encodedOf(value) ?? value));
}

/** The same lessons, their columns in shared memory, so that handing them to threads costs nothing. */
export function decodeLessons(bytes: Uint8Array): Lessons {
  return JSON.parse(gunzipSync(bytes).toString(), (_key, value) => (isObject(value) ? decoded(value) : value));
}

function encodedOf(value: unknown): Encoded | undefined {
  if (Object.is(value, -0)) return { $number: "-0" };
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: `${value}` as "NaN" };
  if (value instanceof Map) return { $map: [...value] };
  if (!ArrayBuffer.isView(value)) return undefined;
  const { name } = value.constructor;
  if (!Object.hasOwn(COLUMNS, name)) throw new TypeError(`lessons hold a ${name}`);
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  return { $column: name as ColumnName, base64 };
}

function decoded(value: object): unknown {
  const { $number, $map, $column, base64 } = value as Record<string, never>;
  if ($number !== undefined) return Number($number);
  if ($map !== undefined) return new Map($map);
  if ($column === undefined) return value;
  const bytes = Buffer.from(base64!, "base64");
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return new COLUMNS[$column as ColumnName](shared as unknown as ArrayBuffer);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
