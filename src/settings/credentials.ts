import { readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { Given } from "../values/given.ts";
import { UsageError } from "../values/setting.ts";

/** More is no password. */
const MOST_BYTES = 65_536;

/**
 * Reads passwords that systemd hands over as files (LoadCredential=), each named as its environment variable. One line
 * break at the end does not count.
 *
 * @param directory the value of CREDENTIALS_DIRECTORY.
 * @returns what gives a credential by its name, or nothing where there is no such file. It throws UsageError for a file
 *   that is not one line of text, or cannot be read.
 */
export function credentialsIn(directory: string | undefined): (name: string) => string | undefined {
  return (name) => {
    if (!directory) return undefined;
    const file = join(directory, name);
    const refusal = (what: string) => new UsageError(`${name}: the credential ${file} ${what}`);
    let content: Buffer;
    try {
      // A pipe or a device might never end.
      const { size } = regularFile(file);
      if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, and a password ${MOST_BYTES} at most`);
      content = readFileSync(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw refusal(`cannot be read: ${(error as Error).message}`);
    }
    const password = textOf(content)?.replace(/\r?\n$/, "");
    if (password === undefined) throw refusal("is not UTF-8; it takes the password as text");
    if (/[\r\n\0]/.test(password)) throw refusal("has more than one line; it takes the password alone");
    if (password === "") throw refusal("is empty; it takes the password");
    return password;
  };
}

/** @throws Error where it is none. */
function regularFile(file: string): Stats {
  const stats = statSync(file);
  if (!stats.isFile()) throw new Error("it is not a regular file");
  return stats;
}

/** @returns nothing where it is not UTF-8. A mark of the byte order is left out. */
function textOf(content: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** What the user gave to a command. */
export function givenTo(args: Readonly<Record<string, unknown>>): Given {
  return new Given(args, process.env, credentialsIn(process.env.CREDENTIALS_DIRECTORY));
}
