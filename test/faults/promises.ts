import { ATTEMPT_KEY, INDEX_KEY, LEASE_KEY, METADATA_KEY, PARTIAL_METADATA_KEY } from "../../src/caches/cache.ts";
import { parseIndex } from "../../src/forecast/product-index.ts";
import type { Attempt } from "../../src/job/attempt.ts";
import { exitCodeFor } from "../../src/job/exit-code.ts";
import type { RunMetadata } from "../../src/job/metadata.ts";
import type { Ended } from "../parts/program.ts";
import { withoutStamp } from "../parts/stamp.ts";
import { type Entries, SECRETS } from "./places.ts";
import type { World } from "./world.ts";

/** What there is to see after a case. */
export interface Observed {
  readonly world: World;
  readonly ended: Ended;
  /** How long the run took, and the longest that it may have waited by the limits that README states. */
  readonly seconds: number;
  readonly limitSeconds: number;
  readonly exitCodes: readonly number[];
  /** The cache after the run; nothing where it cannot be looked at. */
  readonly after: Entries | undefined;
  /** Documents that the cache may have evicted after they were counted. */
  readonly evicted: number;
  readonly leaseMayStay: boolean;
  /** Whether the run could leave its record somewhere: not where it was killed. */
  readonly couldRecord: boolean;
  /** Of the metrics file, as it was before where the run wrote none. */
  readonly metrics: string;
  /** The attempt in the user's state folder. */
  readonly state: Attempt | undefined;
  /** `forecast status`, once the fault was over; nothing of a step whose attempt and metadata tell all. */
  readonly status: Ended | undefined;
  /** The same run without the fault, where there is something to repair, and the cache after it. */
  readonly rerun: Ended | undefined;
  readonly repaired: Entries | undefined;
  /** All that the program gave: streams, files, what it left in the cache. */
  readonly texts: readonly string[];
}

const TTL_SECONDS = 604_800;
/** A machine under load may take this long for work that takes a second. */
const SLOWNESS_SECONDS = 120;
const LEAST_PART_OF_A_SECRET = 8;
const LOCK_HELD = 75;
export const KILLED = 137;

/** The longest that a run may take that waits as long as it may. */
export function mostSeconds(limitSeconds: number): number {
  return 2 * limitSeconds + SLOWNESS_SECONDS;
}

/** Keys of documents of this run that are not there. */
export function missingIn({ thisRun }: World, entries: Entries | undefined): string[] {
  return [...thisRun]
    .filter(([key, text]) => withoutStamp(entries?.get(key)?.value ?? "") !== text)
    .map(([key]) => key);
}

/** The eight promises. @returns those that do not hold, each with what was found. */
export function brokenPromises(seen: Observed): string[] {
  return [
    wholeDocuments(seen),
    asManyAsClaimed(seen),
    rightExitCode(seen),
    countsAddUp(seen),
    successOnlyWhereItIsOne(seen),
    rerunRepairs(seen),
    noHang(seen),
    noSecret(seen),
  ].flatMap((found, i) => found.map((what) => `${i + 1}: ${what}`));
}

/** What is kept beside documents; doctor's probe for a minute. */
const OURS = [METADATA_KEY, PARTIAL_METADATA_KEY, ATTEMPT_KEY, LEASE_KEY, INDEX_KEY, `${METADATA_KEY}:doctor`];

/** 1. Each document and the list of them are whole, each is of this run or of the last one, and has a time to live. */
function wholeDocuments({ world, after }: Observed): string[] {
  return [...(after ?? [])].flatMap(([key, { value, secondsLeft }]) => {
    if (key === INDEX_KEY) parseIndex(value);
    const isOurs = OURS.includes(key);
    const isWhole = world.thisRun.get(key) === withoutStamp(value) || world.lastRun.get(key)?.value === value;
    return [
      ...(isOurs || isWhole ? [] : [`${key} is ${value.slice(0, 200)}`]),
      ...(secondsLeft > 0 ? [] : [`${key} never expires`]),
    ];
  });
}

/** 2. There are as many documents of this run as it claims, or more: what was not confirmed may be there. */
function asManyAsClaimed(seen: Observed): string[] {
  const { world, after, evicted, ended } = seen;
  const claimed = Number(summaryOf(seen)?.successful ?? 0);
  const fresh = [...(after ?? [])].filter(
    ([key, { value, secondsLeft }]) =>
      world.thisRun.get(key) === withoutStamp(value) && secondsLeft > TTL_SECONDS - seen.seconds - SLOWNESS_SECONDS,
  ).length;
  const all = ended.exitCode === 0 ? world.productIds.length : 0;
  return fresh + evicted >= Math.max(claimed, all) ? [] : [`${fresh} documents are there, ${claimed} are claimed`];
}

/** 3. The exit code is the one that is right for the case, and the one that the counts and the errors give. */
function rightExitCode(seen: Observed): string[] {
  const { ended, exitCodes } = seen;
  const { exitCode, stderr } = ended;
  const problems = exitCodes.includes(exitCode) ? [] : [`exit code ${exitCode}, not ${exitCodes.join(" or ")}`];
  const summary = summaryOf(seen);
  if (exitCode >= LOCK_HELD) return problems;
  const errors = stderr.match(/^error: (?!product |and \d+ more)/gm)?.length ?? 0;
  // Whose log is closed tells by its exit code alone.
  if (stderr === "") return problems;
  const counted = summary && errors === 0 ? exitCodeFor(countsOf(summary)) : exitCode === 2 ? 2 : 1;
  if (exitCode !== counted) problems.push(`exit code ${exitCode} where counts and errors give ${counted}`);
  if (exitCode !== 0 && !/^error: /m.test(stderr)) problems.push(`exit code ${exitCode} without an error`);
  return problems;
}

/** 4. Counts add up, and are the same wherever they stand. */
function countsAddUp(seen: Observed): string[] {
  const summary = summaryOf(seen);
  const metadata = metadataOf(seen);
  const metrics = metricsOf(seen.metrics);
  const told = [
    ...(summary ? [countsOf(summary)] : []),
    ...(metadata ? [countsOf({ ...metadata })] : []),
    ...(summary && seen.metrics !== seen.world.lastMetrics ? [metrics] : []),
  ];
  const [first] = told;
  return told.flatMap((counts) => {
    const { total_products: total, successful, failed, no_forecast, not_reached } = counts;
    const adds = successful + failed + no_forecast + not_reached === total && not_reached >= 0;
    const isSame = JSON.stringify(counts) === JSON.stringify(first);
    return adds && isSame ? [] : [`counts ${JSON.stringify(told)}`];
  });
}

/** 5. Success is recorded where there was one, and nowhere else. */
function successOnlyWhereItIsOne(seen: Observed): string[] {
  const { world, ended, after, state, status, couldRecord } = seen;
  const { exitCode } = ended;
  const isSuccess = exitCode === 0 || exitCode === 3;
  const before = attemptIn(world.lastRun);
  const problems: string[] = [];
  if (exitCode === LOCK_HELD) return problems;
  for (const attempt of [after && attemptIn(after), state]) {
    if (attempt === undefined || attempt.started_at === before?.started_at) continue;
    const isNew = attempt.last_success === attempt.started_at;
    if (isNew !== isSuccess) problems.push(`exit code ${exitCode}, and the attempt is ${JSON.stringify(attempt)}`);
    if (attempt.finished_at !== null && attempt.exit_code !== exitCode)
      problems.push(`exit code ${exitCode}, and ${attempt.exit_code} in the attempt`);
  }
  const successes = [world.lastMetrics, seen.metrics].map(
    (text) => /^forecast_worker_last_success\S* (\S+)$/m.exec(text)?.[1],
  );
  if (!isSuccess && successes[0] !== successes[1]) problems.push("the metrics tell of a success");
  if (
    seen.metrics !== world.lastMetrics &&
    exitCode !== Number(/^forecast_worker_exit_code (\S+)$/m.exec(seen.metrics)?.[1])
  )
    problems.push(`exit code ${exitCode}, and another one in the metrics`);
  if (!status) return problems;
  const isHealthy = status.exitCode === 0;
  if (isHealthy !== (exitCode === 0) && couldRecord && exitCode !== 3)
    problems.push(`exit code ${exitCode}, and status says: ${status.stdout}${status.stderr}`);
  return problems;
}

/** 6. The lock and the lease are free, and the next run without the fault repairs all. */
function rerunRepairs({ world, ended, after, leaseMayStay, rerun, repaired }: Observed): string[] {
  const wasKilled = ended.exitCode === KILLED;
  const left = after?.get(LEASE_KEY);
  const problems =
    left && !leaseMayStay && !wasKilled && ended.exitCode !== LOCK_HELD
      ? [`the lease is still there: ${left.value}`]
      : [];
  if (rerun && rerun.exitCode !== 0)
    return [...problems, `the run after it ends with ${rerun.exitCode}: ${rerun.stderr}`];
  const unrepaired = missingIn(world, repaired);
  if (unrepaired.length > 0) problems.push(`the run after it did not repair ${unrepaired.join()}`);
  return problems;
}

/** 7. No wait is longer than the limits that are stated. */
function noHang({ seconds, limitSeconds }: Observed): string[] {
  return seconds < mostSeconds(limitSeconds) ? [] : [`took ${seconds.toFixed(1)} s, and may wait ${limitSeconds} s`];
}

/** 8. No part of a secret stands in anything that the program gives. */
function noSecret({ texts }: Observed): string[] {
  const parts = Object.values(SECRETS).flatMap((secret) =>
    Array.from({ length: secret.length - LEAST_PART_OF_A_SECRET }, (_, i) =>
      secret.slice(i, i + LEAST_PART_OF_A_SECRET),
    ),
  );
  const told = texts.find((text) => parts.some((part) => text.toLowerCase().includes(part.toLowerCase())));
  return told === undefined ? [] : [`a secret stands in: ${told.slice(0, 500)}`];
}

/** The last line of a run that came to its end. */
function summaryOf({ ended }: Observed): Record<string, number> | undefined {
  const line = /^(?:<\d>)?run finished: (.*)$/m.exec(ended.stderr)?.[1];
  return line === undefined
    ? undefined
    : Object.fromEntries(line.split(" ").map((pair) => [pair.split("=")[0]!, Number(pair.split("=")[1])]));
}

/** What the cache has of this run; nothing where it is of another one. */
function metadataOf({ world, after }: Observed): RunMetadata | undefined {
  const [last, now] = [world.lastRun, after].map((entries) => entries?.get(METADATA_KEY)?.value);
  if (now === undefined || now === last) return undefined;
  return JSON.parse(now);
}

function attemptIn(entries: Entries): Attempt | undefined {
  const text = entries.get(ATTEMPT_KEY)?.value;
  return text === undefined ? undefined : JSON.parse(text);
}

interface Counts {
  readonly total_products: number;
  readonly successful: number;
  readonly failed: number;
  readonly no_forecast: number;
  readonly not_reached: number;
}

function countsOf(told: Readonly<Record<string, unknown>>): Counts {
  const [total_products, successful, failed, no_forecast] = [
    ...["total_products", "successful", "failed", "no_forecast"],
  ].map((name) => Number(told[name])) as [number, number, number, number];
  return {
    total_products,
    successful,
    failed,
    no_forecast,
    not_reached: total_products - successful - failed - no_forecast,
  };
}

function metricsOf(text: string): Counts {
  const value = (status: string) =>
    Number(new RegExp(`^forecast_worker_products\\{status="${status}"\\} (\\S+)$`, "m").exec(text)?.[1] ?? 0);
  const [successful, failed, no_forecast, not_reached] = ["successful", "failed", "no_forecast", "not_reached"].map(
    value,
  ) as [number, number, number, number];
  return {
    total_products: successful + failed + no_forecast + not_reached,
    successful,
    failed,
    no_forecast,
    not_reached,
  };
}
