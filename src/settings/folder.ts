import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../values/setting.ts";

/** @throws UsageError naming the flag where no file can be made in the folder. */
export async function checkFolder(flag: string, file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((error: Error) => {
    throw new UsageError(`--${flag}: ${file} cannot be written: ${error.message}`);
  });
}
