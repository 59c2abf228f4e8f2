import { type ArgsDef, defineCommand } from "citty";
import { SETTINGS_OF_CACHES } from "../caches/registry.ts";
import { CACHE, cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { checkDistinct } from "../settings/distinct-files.ts";
import { JSON_OUTPUT, logFor, OUTPUT_SETTINGS } from "../settings/output.ts";
import { HTML, LOCALE, pageSettings } from "../settings/page.ts";
import { brief, quoted, safeJson } from "../values/printable.ts";
import { flagsOf } from "./arguments.ts";
import { sayDefaultCache } from "./default-cache.ts";
import { print } from "./print.ts";
import { terminalOptions } from "./terminal.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "inspect", description: "Show the cached forecast of one product" },
  args: {
    id: { type: "positional", description: "the product's id, or words of its name" },
    ...flagsOf({ Options: [CACHE, ...SETTINGS_OF_CACHES, HTML, LOCALE], Output: OUTPUT_SETTINGS }),
  },
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const settings = cacheSettings(given);
    const page = await pageSettings(given);
    checkDistinct(given, [
      [CACHE, given.value(CACHE)!.argument || undefined],
      [HTML, page.file],
    ]);
    const [{ openCache }, { findForecast }, { whyMissing, whyOld }] = await Promise.all([
      import("../caches/registry.ts"),
      import("../job/find-forecast.ts"),
      import("../job/missing-forecast.ts"),
    ]);
    const [{ parseDocument }, { showDocument }] = await Promise.all([
      import("../forecast/document.ts"),
      import("../show/terminal/inspect.ts"),
    ]);
    const asked = String(args.id);
    const log = logFor(given);
    sayDefaultCache(given, log);
    const cache = await openCache(settings);
    const { text, byName, meant, lastRuns } = await findForecast(asked, cache).finally(() => cache.close());
    if (text === undefined) {
      log.error(`no forecast of product ${brief(asked)} in the cache: ${whyMissing(asked, lastRuns, meant)}`);
      return 1;
    }
    if (byName) log.info(`${quoted(asked)} is in one product's name only, that of ${brief(byName.id)}`);
    if (page.file !== undefined) {
      const [{ inspectPage }, { writeLines }] = await Promise.all([
        import("../show/page/inspect.ts"),
        import("./output-file.ts"),
      ]);
      await writeLines(page.file, [inspectPage(parseDocument(text), page.locale)]);
    }
    if (given.value(JSON_OUTPUT)) {
      await print(`${safeJson(text)}\n`);
      return 0;
    }
    const document = parseDocument(text);
    const warning = whyOld(document, lastRuns);
    if (warning !== undefined) log.warn(warning);
    await print(showDocument(document, terminalOptions()));
    return 0;
  },
});
