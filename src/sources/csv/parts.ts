import { createReadStream, existsSync } from "node:fs";
import { access, glob } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

const STANDARD_INPUT = "-";
const BYTES_AT_ONCE = 1 << 20;
/** Bytes that tell what a file is, those of a name within an archive among them. */
const TELLING_BYTES = 100;
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from("PK\x03\x04");
/** Files of Excel before 2007, and those with a password (MS-CFB 2.2). */
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** Where the name of the first file in an archive begins (APPNOTE.TXT 4.3.7). */
const FIRST_NAME = 30;
const IN_A_WORKBOOK = /^(?:\[Content_Types\]\.xml|_rels\/|xl\/|docProps\/)/;

/** Text to read, or an Excel workbook, with its name. */
export type Part =
  | { readonly name: string; readonly text: AsyncIterable<Buffer> }
  | { readonly name: string; readonly workbook: Buffer };

/** The files that a name stands for: itself, or all that it matches with `*` and `?`, in the order of their names. */
export async function filesNamed(name: string): Promise<string[]> {
  if (!/[*?]/.test(name) || existsSync(name)) return [name];
  const files = await Array.fromAsync(glob(name));
  if (files.length === 0) throw new Error("no file is named so");
  return files.sort();
}

/**
 * What a file holds: itself, or the files in it where it is an archive. Its first bytes tell, whatever its name. Each part is to
 * be read before the next one is asked for.
 *
 * @throws Error with what is wrong with the file.
 */
export async function* partsOf(file: string): AsyncGenerator<Part> {
  if (file !== STANDARD_INPUT) {
    await access(file).catch((cause) => {
      throw new Error("there is no such file, or it cannot be read", { cause });
    });
  }
  const name = file === STANDARD_INPUT ? "standard input" : file;
  const bytes = file === STANDARD_INPUT ? process.stdin : createReadStream(file, { highWaterMark: BYTES_AT_ONCE });
  yield* partsIn(name, bytes);
}

async function* partsIn(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  const { start, whole } = await beginning(bytes);
  if (start.subarray(0, GZIP.length).equals(GZIP)) {
    const text = createGunzip();
    // Whoever reads is told of an error.
    pipeline(whole, text, () => {});
    yield { name, text };
  } else if (start.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) {
    throw new Error(
      'it is an Excel file of the old kind (.xls), or has a password; save it as .xlsx or as "CSV UTF-8"',
    );
  } else if (!start.subarray(0, ZIP.length).equals(ZIP)) yield { name, text: whole };
  else {
    const firstName = start.toString("latin1", FIRST_NAME);
    if (firstName.startsWith("mimetype")) throw new Error("it is an OpenDocument file; save it as .xlsx or as CSV");
    if (IN_A_WORKBOOK.test(firstName)) yield { name, workbook: Buffer.concat(await Array.fromAsync(whole)) };
    else yield* membersIn(name, whole);
  }
}

async function* membersIn(name: string, archive: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  const { membersOf } = await import("./zip.ts");
  for await (const member of membersOf(archive)) yield* partsIn(`${name}, ${member.name}`, member.bytes);
}

/** The first bytes, and all of them. */
async function beginning(bytes: AsyncIterable<Buffer>): Promise<{ start: Buffer; whole: AsyncIterable<Buffer> }> {
  const rest = bytes[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  let isEnd = false;
  while (!isEnd && start.length < TELLING_BYTES) {
    const { done, value } = await rest.next();
    if (done) isEnd = true;
    else start = start.length === 0 ? value : Buffer.concat([start, value]);
  }
  const whole = async function* () {
    if (start.length > 0) yield start;
    if (!isEnd) yield* { [Symbol.asyncIterator]: () => rest };
  };
  return { start, whole: whole() };
}
