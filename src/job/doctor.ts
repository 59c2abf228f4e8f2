import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ATTEMPT_KEY, type Cache, INDEX_KEY, LEASE_KEY, METADATA_KEY } from "../caches/cache.ts";
import { CACHES, type CacheSettings, openCache } from "../caches/registry.ts";
import type { RunSettings } from "../settings/run.ts";
import { type TimeZone, todayIn } from "../settings/time-zone.ts";
import type { SourceCheck } from "../sources/check.ts";
import type { Remarks } from "../sources/memory/order-book.ts";
import { descriptionOf, openSource, prepareSource, type SourceSettings } from "../sources/registry.ts";
import { SourceError } from "../sources/source.ts";
import type { AdapterDescription } from "../values/adapter.ts";
import { withoutSecrets } from "../values/secrets.ts";
import { lastProductsIn } from "./attempt.ts";
import { cacheRoom } from "./cache-room.ts";
import { duplicatesState, ordersState } from "./doctor-orders.ts";
import type { Finding, State } from "./finding.ts";
import { acquireLock, LockHeldError } from "./lock.ts";
import { readMetadata } from "./metadata.ts";
import { checkOrders, type OrderCheck } from "./order-check.ts";

export type DoctorSettings = Pick<
  RunSettings,
  | "source"
  | "cache"
  | "historyStart"
  | "origin"
  | "minCustomers"
  | "minOrders"
  | "lockFile"
  | "mostDrop"
  | "mostAgeDays"
> & {
  /** Whose date is today. */
  readonly timeZone: TimeZone;
  readonly metricsFile: string | undefined;
  /** Where a queue is used: passes a batch through it, and says so. */
  readonly tryQueue: (() => Promise<string>) | undefined;
};

const PROBE_KEY = `${METADATA_KEY}:doctor`;
const PROBE_SECONDS = 60;
/** As much as a batch of documents: a network may let small packets pass and no others. */
const PROBES = 50;
const PROBE_LENGTH = 5000;
const MOST_SECONDS_APART = 60;

/** Looks at everything that a run needs, and leaves nothing but keys that expire within a minute. */
export async function examine(settings: DoctorSettings): Promise<Finding[]> {
  const { source, cache, lockFile, metricsFile, tryQueue } = settings;
  const findings: Finding[] = [];
  const add = (what: Finding["what"], state: Finding["state"], text: string, ...advice: string[]) => {
    findings.push({ what, state, text, advice });
  };

  let check: SourceCheck | undefined;
  let orders: OrderCheck | Error | undefined;
  try {
    const checked = await checkSource(settings);
    ({ check, orders } = checked);
    const { said, warnings } = checked.remarks;
    const [first, ...more] = check.problems;
    if (first === undefined) {
      const text = [`${source.kind}: answers, and all that is needed can be read`, ...said].join("; ");
      add("source", warnings.length > 0 ? "warning" : "ok", text, ...warnings);
    } else add("source", "problem", `${first}${more.map((problem) => `; ${problem}`).join("")}`, rightsFor(source));
  } catch (error) {
    const details = error instanceof SourceError ? error.details : [];
    add("source", "problem", messageOf(error), ...details, adviceOn("SOURCE", descriptionOf(source)));
  }
  const eligible = orders && "eligible" in orders ? orders.eligible : undefined;
  const cached = cache && (await examineCache(cache, eligible));
  const { lastRun, lastProducts } = cached ?? {};
  if (check && check.problems.length === 0) {
    const { missingIndexes } = check;
    if (missingIndexes.length === 0) add("indexes", "ok", "each table can be searched as the queries do");
    else add("indexes", "problem", "without these each batch reads a whole table:", ...missingIndexes);
    add("orders", ...ordersState(check, orders, { ...settings, lastProducts }));
    if (orders) add("duplicates", ...duplicatesState(orders));
  }
  if (cached) findings.push(...cached.findings);
  const isCacheAway = findings.some(({ what, state }) => what === "cache" && state === "problem");
  if (tryQueue && !isCacheAway) {
    try {
      add("queue", "ok", await tryQueue());
    } catch (error) {
      add("queue", "problem", messageOf(error), "let this user do what README says of the queue");
    }
  }
  add("clock", ...clockState(check?.clock, lastRun, settings.timeZone));

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
  readonly remarks: Remarks;
}

async function checkSource(settings: DoctorSettings): Promise<CheckedSource> {
  const { source: sourceSettings, historyStart: start, origin, minCustomers, minOrders } = settings;
  const { handle, remarks } = await prepareSource(sourceSettings, { start, origin });
  const source = await openSource(handle);
  try {
    const check = await source.check();
    const { problems, missingIndexes, newestOrder } = check;
    const isQuick = problems.length === 0 && missingIndexes.length === 0;
    if (!isQuick || newestOrder === undefined) return { check, orders: undefined, remarks };
    const orders = await checkOrders(source, { start, origin, minCustomers, minOrders }).catch((error: Error) => error);
    return { check, orders, remarks };
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

interface ExaminedCache {
  readonly findings: readonly Finding[];
  /** When the last run started, if the cache knows. */
  readonly lastRun?: string | undefined;
  /** How many products it had. */
  readonly lastProducts?: number | undefined;
}

/** @param eligible how many products can be forecast; nothing where that is not known. */
async function examineCache(settings: CacheSettings, eligible: number | undefined): Promise<ExaminedCache> {
  const cache = await openCache(settings);
  try {
    await cache.ping();
    const value = `${Date.now()}`.padEnd(PROBE_LENGTH, ".");
    const probes = new Array(PROBES).fill({ key: PROBE_KEY, value });
    const refusal = (await cache.write(probes, PROBE_SECONDS)).find((reason) => reason !== undefined);
    if (refusal !== undefined) throw new Error(`the cache refuses to write: ${refusal}`);
    if ((await cache.read(PROBE_KEY)) !== value) throw new Error("the cache does not give back what it was given");
    const gone = await cache.missing([PROBE_KEY], 1);
    if (gone.length > 0) throw new Error("the cache does not know what it was given when keys are counted");
    const metadata = await readMetadata(cache);
    const lastRun = metadata?.last_run;
    const text = `${settings.kind}: takes and gives documents${lastRun ? `; the last run was ${lastRun}` : ""}`;
    const finding: Finding = { what: "cache", state: "ok", text, advice: [] };
    const room = await cacheRoom(cache, eligible, metadata?.successful ?? 0);
    const [state, words, ...advice] = room ?? [];
    const memory: Finding[] = state && words ? [{ what: "memory", state, text: words, advice }] : [];
    const findings = [finding, ...memory, ...(await leaseFindings(cache, value)), ...rightsFindings(cache)];
    return { findings, lastRun, lastProducts: await lastProductsIn(cache) };
  } catch (error) {
    const advice = [adviceOn("CACHE", CACHES[settings.kind])];
    return { findings: [{ what: "cache", state: "problem", text: messageOf(error), advice }] };
  } finally {
    await cache.close();
  }
}

/** Whether a run can keep others out by a sign in the cache. @param value of the probe, which is there and is removed. */
async function leaseFindings(cache: Cache, value: string): Promise<Finding[]> {
  const advice = ["let this user do what README says of the cache"];
  try {
    await cache.release(PROBE_KEY, value);
    for (let times = 0; times < 2; times++) await cache.claim(PROBE_KEY, value, PROBE_SECONDS);
    await cache.release(PROBE_KEY, value);
    await cache.read(LEASE_KEY);
  } catch (error) {
    const text = `a run on another machine would not be kept out: the cache takes no sign of a run: ${messageOf(error)}`;
    return [{ what: "lease", state: "warning", text, advice }];
  }
  try {
    for (const key of [ATTEMPT_KEY, INDEX_KEY]) await touch(cache, key, value);
    return [];
  } catch (error) {
    return [{ what: "cache", state: "problem", text: `a run could not be recorded: ${messageOf(error)}`, advice }];
  }
}

/** Writes a key as nobody who reads it notices: what is there stays, and what was not is gone again. @throws CacheError */
async function touch(cache: Cache, key: string, value: string): Promise<void> {
  const other = await cache.claim(key, value, PROBE_SECONDS);
  if (other === undefined) await cache.release(key, value);
}

function rightsFindings({ denied }: Cache): Finding[] {
  if (denied.size === 0) return [];
  const text =
    "a run sees at its end that its documents are there, but not that they are its own and none of an earlier run: " +
    `the cache denies ${[...denied].join(", ")}`;
  return [{ what: "rights", state: "warning", text, advice: ["let this user do what README says of the cache"] }];
}

function clockState(database: number | undefined, lastRun: string | undefined, zone: TimeZone): State {
  const now = Date.now();
  const time = `${new Date(now).toISOString().slice(0, 19)}Z, today is ${todayIn(zone)} in ${zone.id} (by ${zone.by})`;
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
