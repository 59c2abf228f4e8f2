import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type Cache, METADATA_KEY } from "../caches/cache.ts";
import { CACHES, openCache } from "../caches/registry.ts";
import { type Day, formatDay, parseDay } from "../history/calendar.ts";
import type { RunSettings } from "../settings/run.ts";
import type { SourceCheck } from "../sources/check.ts";
import { descriptionOf, openSource, prepareSource, type SourceSettings } from "../sources/registry.ts";
import type { AdapterDescription } from "../values/adapter.ts";
import { withoutSecrets } from "../values/secrets.ts";
import { cacheRoom } from "./cache-room.ts";
import { quietDays, seemsLate } from "./freshness.ts";
import { acquireLock, LockHeldError } from "./lock.ts";
import { type RunMetadata, readMetadata } from "./metadata.ts";
import { checkOrders, type EarlyLines, type OrderCheck } from "./order-check.ts";

export interface Finding {
  readonly what: "source" | "indexes" | "orders" | "duplicates" | "cache" | "memory" | "clock" | "lock" | "metrics";
  /** A problem keeps a run from its work or makes it slow; a warning is something to know. */
  readonly state: "ok" | "warning" | "problem";
  readonly text: string;
  /** What to do, a line each. */
  readonly advice: readonly string[];
}

export type DoctorSettings = Pick<
  RunSettings,
  "source" | "cache" | "historyStart" | "origin" | "minCustomers" | "minOrders" | "lockFile"
> & {
  readonly metricsFile: string | undefined;
};

const PROBE_KEY = `${METADATA_KEY}:doctor`;
const PROBE_SECONDS = 60;
const MOST_SECONDS_APART = 60;
const MOST_DAYS_NAMED = 5;
const COUNT = new Intl.NumberFormat("en-US");

/** Looks at everything that a run needs, and changes nothing but a key that expires within a minute. */
export async function examine(settings: DoctorSettings): Promise<Finding[]> {
  const { source, cache, lockFile, metricsFile, origin } = settings;
  const findings: Finding[] = [];
  const add = (what: Finding["what"], state: Finding["state"], text: string, ...advice: string[]) => {
    findings.push({ what, state, text, advice });
  };

  let check: SourceCheck | undefined;
  let orders: OrderCheck | Error | undefined;
  try {
    ({ check, orders } = await checkSource(settings));
    const [first, ...more] = check.problems;
    if (first === undefined) add("source", "ok", `${source.kind}: answers, and all that is needed can be read`);
    else add("source", "problem", `${first}${more.map((problem) => `; ${problem}`).join("")}`, rightsFor(source));
  } catch (error) {
    add("source", "problem", messageOf(error), adviceOn("SOURCE", descriptionOf(source)));
  }
  if (check && check.problems.length === 0) {
    const { missingIndexes, newestOrder } = check;
    if (missingIndexes.length === 0) add("indexes", "ok", "each table can be searched as the queries do");
    else add("indexes", "problem", "without these each batch reads a whole table:", ...missingIndexes);
    const newest = freshness(newestOrder === undefined ? undefined : parseDay(newestOrder), origin, newestOrder);
    add("orders", ...(orders && "early" in orders && orders.early ? withEarlyLines(newest, orders.early) : newest));
    if (orders) add("duplicates", ...duplicatesState(orders));
  }

  let lastRun: RunMetadata | undefined;
  if (cache) {
    const opened = await openCache(cache);
    try {
      lastRun = await probe(opened);
      const last = lastRun ? `; the last run was ${lastRun.last_run}` : "";
      add("cache", "ok", `${cache.kind}: takes and gives documents${last}`);
      const eligible = orders && "eligible" in orders ? orders.eligible : undefined;
      const room = await cacheRoom(opened, eligible, lastRun?.successful ?? 0);
      if (room) add("memory", ...room);
    } catch (error) {
      add("cache", "problem", messageOf(error), adviceOn("CACHE", CACHES[cache.kind]));
    } finally {
      await opened.close();
    }
  }
  add("clock", ...clockState(check?.clock, lastRun?.last_run));

  try {
    acquireLock(lockFile, "by forecast doctor").release();
    add("lock", "ok", `${lockFile} can be taken`);
  } catch (error) {
    if (error instanceof LockHeldError)
      add("lock", "warning", messageOf(error), "a run is under way: wait for its end");
    else add("lock", "problem", messageOf(error));
  }

  if (metricsFile !== undefined) {
    const folder = dirname(metricsFile);
    const isWritable = await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!isWritable)
      add("metrics", "problem", `${folder} cannot be written`, "make the folder, or let this user write");
    else if (
      await stat(metricsFile).then(
        (found) => !found.isFile(),
        () => false,
      )
    )
      add("metrics", "problem", `${metricsFile} is there, and no regular file`);
    else if (metricsFile.endsWith(".prom")) add("metrics", "ok", `${metricsFile} can be written`);
    else add("metrics", "problem", `${metricsFile}: node_exporter reads files whose names end in .prom only`);
  }
  return findings;
}

interface CheckedSource {
  readonly check: SourceCheck;
  /** What order lines say, or why they cannot be read; nothing where there are none, or reading would take minutes. */
  readonly orders: OrderCheck | Error | undefined;
}

async function checkSource(settings: DoctorSettings): Promise<CheckedSource> {
  const { source: sourceSettings, historyStart: start, origin, minCustomers, minOrders } = settings;
  const { handle } = await prepareSource(sourceSettings, { start, origin });
  const source = await openSource(handle);
  try {
    const check = await source.check();
    const { problems, missingIndexes, newestOrder } = check;
    const isQuick = problems.length === 0 && missingIndexes.length === 0;
    if (!isQuick || newestOrder === undefined) return { check, orders: undefined };
    const orders = await checkOrders(source, { start, origin, minCustomers, minOrders }).catch((error: Error) => error);
    return { check, orders };
  } finally {
    await source.close();
  }
}

function adviceOn(what: "SOURCE" | "CACHE", { adviceOnFailure }: AdapterDescription<unknown>): string {
  return `check FORECAST_${what}${adviceOnFailure === undefined ? "" : ` and ${adviceOnFailure}`}`;
}

function rightsFor(source: SourceSettings): string {
  return descriptionOf(source).grants?.(source) ?? "the queries need the tables and columns that README names";
}

type State = [state: Finding["state"], text: string, ...advice: string[]];

function freshness(newest: Day | undefined, origin: Day, text: string | undefined): State {
  if (newest === undefined) return ["problem", "there is no order", "is this the right database?"];
  if (newest > origin) return ["warning", `the newest order is of ${text}, after the origin`, "it does not count"];
  const days = quietDays(newest, origin);
  if (!seemsLate(days)) return ["ok", `the newest order is of ${text}`];
  return [
    "warning",
    `the newest order is of ${text}: nothing was ordered on the ${days} days before the origin`,
    "are orders still copied there?",
  ];
}

function withEarlyLines([state, text, ...advice]: State, { lines, products, first, since }: EarlyLines): State {
  const [begin, oldest] = [formatDay(since), formatDay(first)];
  const early =
    `far older than the rest, which begins on ${begin}: ` +
    `${counted(lines, "order line")} of ${counted(products, "product")}, the oldest of ${oldest}`;
  return [
    state === "ok" ? "warning" : state,
    `${text}; ${early}`,
    ...advice,
    `leave them out: FORECAST_HISTORY_START=${begin}`,
  ];
}

function duplicatesState(orders: OrderCheck | Error): State {
  if (orders instanceof Error) return ["warning", `the order lines cannot be looked at: ${orders.message}`];
  const { eligible, products, lines, duplicates } = orders;
  if (products === 0) return ["ok", "no product can be forecast, so that no order line was looked at"];
  const looked =
    `${COUNT.format(duplicates.count)} of ${counted(lines, "order line")} are there twice ` +
    `(${COUNT.format(products)} of ${counted(eligible, "product")} looked at)`;
  const advice = "what was imported twice counts twice in each forecast: delete it";
  if (duplicates.everywhere) return ["warning", `${looked}: was everything imported twice?`, advice];
  if (duplicates.days.length === 0) return ["ok", looked];
  return ["warning", `${looked}, most of the orders of ${named(duplicates.days)}: imported twice?`, advice];
}

function counted(count: number, what: string): string {
  return `${COUNT.format(count)} ${what}${count === 1 ? "" : "s"}`;
}

function named(days: readonly Day[]): string {
  const more = days.length - MOST_DAYS_NAMED;
  const first = days.slice(0, MOST_DAYS_NAMED).map(formatDay).join(", ");
  return more > 0 ? `${first} and ${counted(more, "more day")}` : first;
}

/** @returns what is known of the last run. */
async function probe(cache: Cache): Promise<RunMetadata | undefined> {
  await cache.ping();
  const value = `${Date.now()}`;
  const [refusal] = await cache.write([{ key: PROBE_KEY, value }], PROBE_SECONDS);
  if (refusal !== undefined) throw new Error(`the cache refuses to write: ${refusal}`);
  if ((await cache.read(PROBE_KEY)) !== value) throw new Error("the cache does not give back what it was given");
  const gone = await cache.missing([PROBE_KEY], 1);
  if (gone.length > 0) throw new Error("the cache does not know what it was given when keys are counted");
  return readMetadata(cache);
}

function clockState(database: number | undefined, lastRun: string | undefined): State {
  const now = Date.now();
  const time = `${new Date(now).toISOString().slice(0, 19)}Z, local date ${Temporal.Now.plainDateISO()}`;
  const advice = "set this machine's clock: timedatectl set-ntp true";
  if (database !== undefined && Math.abs(now - database) > MOST_SECONDS_APART * 1000) {
    const apart = Math.round(Math.abs(now - database) / 1000);
    return ["problem", `${time}: ${apart} s apart from the database's`, advice];
  }
  if (lastRun !== undefined && Date.parse(lastRun) > now) {
    return ["problem", `${time}: before the last run, ${lastRun}`, advice];
  }
  return ["ok", time];
}

function messageOf(error: unknown): string {
  return withoutSecrets(error instanceof Error ? error.message : String(error));
}
