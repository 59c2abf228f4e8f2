import { readFileSync } from "node:fs";
import { type ArgsDef, defineCommand } from "citty";
import { print } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "licenses", description: "Print the licences of all that the program is made of" },
  args: {},
  async run(): Promise<number> {
    await print(builtIn());
    return 0;
  },
});

/** What the build puts beside the program in the binary. @throws Error where there is no build. */
function builtIn(): string {
  try {
    return readFileSync(new URL("./licenses.txt", import.meta.url), "utf8");
  } catch (cause) {
    throw new Error("the licences are part of the binary; the source has them in node_modules", { cause });
  }
}
