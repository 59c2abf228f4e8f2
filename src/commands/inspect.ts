import { type ArgsDef, defineCommand } from "citty";
import { SETTINGS_OF_CACHES } from "../caches/registry.ts";
import { CACHE, cacheByDefault, cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { checkDistinct } from "../settings/distinct-files.ts";
import { JSON_OUTPUT, logFor, OUTPUT_SETTINGS } from "../settings/output.ts";
import { HTML, LOCALE, pageSettings } from "../settings/page.ts";
import { brief, safeJson } from "../values/printable.ts";
import { flagsOf } from "./arguments.ts";
import { print } from "./print.ts";
import { terminalOptions } from "./terminal.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "inspect", description: "Show the cached forecast of one product" },
  args: {
    id: { type: "positional", description: "the product's id" },
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
    const [{ openCache }, { forecastKey, PARTIAL_METADATA_KEY }, { readMetadata }, { whyMissing, whyOld }] =
      await Promise.all([
        import("../caches/registry.ts"),
        import("../caches/cache.ts"),
        import("../job/metadata.ts"),
        import("../job/missing-forecast.ts"),
      ]);
    const [{ parseDocument }, { showDocument }] = await Promise.all([
      import("../forecast/document.ts"),
      import("../show/terminal/inspect.ts"),
    ]);
    const id = String(args.id);
    const log = logFor(given);
    const file = cacheByDefault(given);
    if (file !== undefined) log.info(`the cache is ${file} in this folder (--cache names another one)`);
    const cache = await openCache(settings);
    const [text, lastRun, lastPartialRun] = await Promise.all([
      cache.read(forecastKey(id)),
      readMetadata(cache).catch(() => undefined),
      readMetadata(cache, PARTIAL_METADATA_KEY).catch(() => undefined),
    ]).finally(() => cache.close());
    if (text === undefined) {
      log.error(`no forecast of product ${brief(id)} in the cache: ${whyMissing(id, [lastRun, lastPartialRun])}`);
      return 1;
    }
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
    const warning = whyOld(document, [lastRun, lastPartialRun]);
    if (warning !== undefined) log.warn(warning);
    await print(showDocument(document, terminalOptions()));
    return 0;
  },
});
