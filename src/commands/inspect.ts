import { type ArgsDef, defineCommand } from "citty";
import { CACHE, cacheSettings } from "../job/connection-settings.ts";
import { flagsOf, JSON_FLAG, LOG_FLAGS } from "./arguments.ts";
import { givenTo, logFor } from "./given.ts";
import { HTML, LOCALE, pageSettings } from "./page-settings.ts";
import { print } from "./print.ts";
import { terminalOptions } from "./terminal.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "inspect", description: "Show the cached forecast of one product" },
  args: {
    id: { type: "positional", description: "the product's id" },
    ...flagsOf("Options", [CACHE, HTML, LOCALE]),
    ...JSON_FLAG,
    ...LOG_FLAGS,
  },
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const settings = cacheSettings(given);
    const page = await pageSettings(given);
    const [{ openCache }, { forecastKey }, { parseDocument }, { showDocument }] = await Promise.all([
      import("../caches/open.ts"),
      import("../caches/cache.ts"),
      import("../forecast/document.ts"),
      import("../show/inspect.ts"),
    ]);
    const id = String(args.id);
    const cache = openCache(settings);
    const text = await cache.read(forecastKey(id)).finally(() => cache.close());
    if (text === undefined) {
      logFor(given).error(
        `no forecast of product ${id} in the cache: it has expired, or the product is unknown or not eligible; ` +
          `forecast run --product ${id} tells which`,
      );
      return 1;
    }
    if (page.file !== undefined) {
      const [{ inspectPage }, { writeLines }] = await Promise.all([
        import("../show/page/inspect.ts"),
        import("./output-file.ts"),
      ]);
      await writeLines(page.file, [inspectPage(parseDocument(text), page.locale)]);
    }
    if (args.json) {
      await print(`${text}\n`);
      return 0;
    }
    await print(showDocument(parseDocument(text), terminalOptions()));
    return 0;
  },
});
