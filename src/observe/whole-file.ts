import { randomUUID } from "node:crypto";
import { chmod, rename, rm, writeFile } from "node:fs/promises";

/**
 * Writes a file in one piece: readers see what was there before, or all of the text.
 *
 * @param mode who may do what with it, whatever the process's mask says.
 * @throws Error when it cannot be written; what was there before is left.
 */
export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  // The same folder, so that it can be renamed; not to be guessed, so that nobody leaves a link in its place; another name
  // than *.prom, so that nobody collects it half written.
  const unfinished = `${file}.${randomUUID()}.unfinished`;
  try {
    await writeFile(unfinished, text, { flag: "wx", mode: 0o600 });
    await chmod(unfinished, mode);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}
