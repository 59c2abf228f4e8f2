import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Given } from "../values/given.ts";
import { nameOf, type Setting, UsageError } from "../values/setting.ts";

/** @throws UsageError naming two settings that name the same file, of which one would overwrite the other's. */
export function checkDistinct(
  given: Given,
  files: readonly (readonly [setting: Setting<unknown>, file: string | undefined])[],
): void {
  const known = new Map<string, Setting<unknown>>();
  for (const [setting, file] of files) {
    if (file === undefined) continue;
    const earlier = known.get(identityOf(file));
    if (earlier) {
      const names = [earlier, setting].map((one) => given.raw(one)?.name ?? nameOf(one)).join(" and ");
      throw new UsageError(`${names} name the same file, ${file}; each takes one of its own`);
    }
    known.set(identityOf(file), setting);
  }
}

/** The same for all names of a file, links too. */
function identityOf(file: string): string {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return resolve(file);
  }
}
