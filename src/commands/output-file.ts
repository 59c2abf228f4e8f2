import { createWriteStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UsageError } from "../job/setting.ts";

/** @throws Error naming the file when it cannot be written. */
export async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(lines), createWriteStream(file));
  } catch (error) {
    throw new Error(`${file} cannot be written: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** @throws UsageError naming the flag where no file can be made in the folder. */
export async function checkFolder(flag: string, file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((error: Error) => {
    throw new UsageError(`--${flag}: ${file} cannot be written: ${error.message}`);
  });
}
