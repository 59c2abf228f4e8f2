import { type ArgsDef, defineCommand } from "citty";
import type { Cache } from "../caches/cache.ts";
import type { ProductIndex } from "../forecast/product-index.ts";
import type { Log } from "../observe/log.ts";
import { cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { LIST_SETTINGS, type ListSettings, listSettings } from "../settings/list.ts";
import { logFor } from "../settings/output.ts";
import { flagsOf } from "./arguments.ts";
import { sayDefaultCache } from "./default-cache.ts";
import { print } from "./print.ts";
import { terminalOptions } from "./terminal.ts";

/** Rows that a person at a terminal reads before asking for others. */
const MOST_ON_TERMINAL = 40;

export const command = defineCommand<ArgsDef>({
  meta: {
    name: "list",
    description: "List all cached forecasts: a table, a spreadsheet, or a page that opens each product",
  },
  args: flagsOf(LIST_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const settings = cacheSettings(given);
    const asked = await listSettings(given);
    const log = logFor(given);
    sayDefaultCache(given, log);
    const { openCache } = await import("../caches/registry.ts");
    const cache = await openCache(settings);
    try {
      const index = await knownIndex(cache, log);
      if (index === undefined) return 1;
      await show(index, asked, cache, log);
      return 0;
    } finally {
      await cache.close();
    }
  },
});

/** @returns nothing where there is none, which the log has been told. */
async function knownIndex(cache: Cache, log: Log): Promise<ProductIndex | undefined> {
  const [{ INDEX_KEY }, { parseIndex }, { readMetadata }] = await Promise.all([
    import("../caches/cache.ts"),
    import("../forecast/product-index.ts"),
    import("../job/metadata.ts"),
  ]);
  const text = await cache.read(INDEX_KEY);
  const lastRun = await readMetadata(cache).catch(() => undefined);
  if (text === undefined) {
    const why = lastRun
      ? "the last run was of an earlier version, or did not do its work"
      : "no run of all products left one";
    log.error(`the cache holds no list of products (${cache.fullKey(INDEX_KEY)}): ${why}; forecast run makes it`);
    return undefined;
  }
  const index = parseIndex(text);
  if (lastRun && lastRun.last_run > index.last_run) {
    log.warn(
      `this is the list of the run of ${index.last_run}; a later one, of ${lastRun.last_run}, did not do its work: ` +
        "forecast status tells more",
    );
  }
  return index;
}

async function show(index: ProductIndex, asked: ListSettings, cache: Cache, log: Log): Promise<void> {
  const { selected } = await import("../show/product-list.ts");
  const chosen = selected(index.products, asked);
  const files = [asked.csv, asked.xlsx, asked.html].filter((file) => file !== undefined);
  const isShort = !asked.json && files.length === 0 && process.stdout.isTTY;
  const first = chosen.slice(0, asked.limit ?? (isShort ? MOST_ON_TERMINAL : undefined));
  const { products, leadTime } = asked.leadTime
    ? await (await import("./lead-times.ts")).withLeadTimes(first, index, asked.leadTime, cache, log)
    : { products: first };
  if (asked.json || files.length > 0) {
    const { writeList } = await import("./list-files.ts");
    await writeList(index, products, asked, leadTime, cache, log);
    return;
  }
  const { showProducts } = await import("../show/terminal/product-list.ts");
  await print(showProducts(products, chosen.length, index, terminalOptions(), leadTime));
  if (products.length < chosen.length && asked.limit === undefined) {
    log.info(
      `the first ${products.length}: --limit shows more, --search and --note choose, --html makes a page of all`,
    );
  }
}
