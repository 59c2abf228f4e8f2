import { readFileSync } from "node:fs";

/** All of a small file, such as those by which the kernel tells of itself; nothing where it cannot be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
