import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Given } from "../values/given.ts";
import { UsageError } from "../values/setting.ts";

/**
 * Reads passwords that systemd hands over as files (LoadCredential=), each named as its environment variable. One line
 * break at the end does not count.
 *
 * @param directory the value of CREDENTIALS_DIRECTORY.
 * @returns what gives a credential by its name, or nothing where there is no such file. It throws UsageError for a file
 *   that is empty or cannot be read.
 */
export function credentialsIn(directory: string | undefined): (name: string) => string | undefined {
  return (name) => {
    if (!directory) return undefined;
    const file = join(directory, name);
    let content: string;
    try {
      content = readFileSync(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw new UsageError(`${name}: the credential ${file} cannot be read: ${(error as Error).message}`);
    }
    const password = content.replace(/\r?\n$/, "");
    if (password === "") throw new UsageError(`${name}: the credential ${file} is empty; it takes the password`);
    return password;
  };
}

/** What the user gave to a command. */
export function givenTo(args: Readonly<Record<string, unknown>>): Given {
  return new Given(args, process.env, credentialsIn(process.env.CREDENTIALS_DIRECTORY));
}
