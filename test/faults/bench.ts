import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { acquireLock } from "../../src/job/lock.ts";
import { ended, forecast, start } from "../parts/program.ts";
import type { Place } from "./places.ts";
import { brokenPromises, KILLED, missingIn, mostSeconds } from "./promises.ts";
import { ORIGIN, type World } from "./world.ts";

/** Something that goes wrong, and what becomes of the run. */
export interface Case {
  readonly what: string;
  /** The exit codes that are right. */
  readonly exitCodes: readonly number[];
  /** What is told, on standard error. */
  readonly says?: RegExp;
  /** What `forecast doctor` tells beforehand of a cause that lasts, or in words why it cannot. */
  readonly doctor?: RegExp | string;
  /** The longest that the run may wait by the limits that README states. */
  readonly limitSeconds?: number;
  /** Documents that may be lost after they were counted. */
  readonly evicted?: number;
  /** Whether the lease may have to expire, for all but this machine. */
  readonly leaseMayStay?: boolean;
  /** Whether the run is told to leave without a word. */
  readonly leavesAtOnce?: boolean;
  /** How many products there are: nothing where it does not matter. */
  readonly products?: keyof Worlds;
  arrange(stage: Stage): Arranged | Promise<Arranged>;
}

/** The first, the second, … until the fault does not strike any more. */
export interface Loop extends Omit<Case, "arrange"> {
  arrange(
    stage: Stage,
    step: number,
  ): (Arranged & { hasStruck(): boolean }) | Promise<Arranged & { hasStruck(): boolean }>;
}

export interface Worlds {
  /** One of them that fails is less than 5 %. */
  readonly many: World;
  /** So few that each reply and each row can fail. */
  readonly least: World;
}

export interface Stage {
  readonly world: World;
  path(name: string): string;
  /** Waits for something, and no longer than the case lasts. */
  until(isSo: () => boolean): Promise<void>;
  /** Is done at the end, the last first. */
  afterwards(stop: () => unknown): void;
}

export interface Arranged {
  readonly place: Place;
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  /** Those of the arguments that say something of what doctor looks at. */
  readonly doctorArgs?: readonly string[];
  readonly program?: readonly string[];
  /** While the run is under way. */
  during?(child: ReturnType<typeof start>): unknown;
  /** Is done after the run, before anybody looks at the cache. */
  settle?(): unknown;
  /** Ends the fault. */
  mend?(): unknown;
  /** Settings without the fault, where it lies in these. */
  readonly mendedEnv?: Record<string, string>;
}

/** Tries a case, or all steps of a loop. @returns how many that were. */
export async function tryOut(given: Case | Loop, worlds: Worlds): Promise<number> {
  for (let step = 0; ; step++) {
    const stops: (() => unknown)[] = [];
    const folder = mkdtempSync(join(tmpdir(), "forecast-fault-"));
    let isOver = false;
    try {
      const stage: Stage = {
        world: worlds[given.products ?? "many"],
        path: (name: string) => join(folder, name),
        afterwards: (stop) => stops.push(stop),
        until: async (isSo) => {
          while (!isOver && !isSo()) await Bun.sleep(5);
        },
      };
      const arranged = await given.arrange(stage, step);
      await tryOnce(given, arranged, stage, `${given.what}, step ${step}`);
      if (!("hasStruck" in arranged) || !(arranged as { hasStruck(): boolean }).hasStruck()) return step + 1;
    } finally {
      isOver = true;
      for (const stop of stops.reverse()) await stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function tryOnce(given: Case | Loop, arranged: Arranged, { world, path }: Stage, name: string): Promise<void> {
  const { place, mend, mendedEnv = {}, args = [] } = arranged;
  const isStep = "hasStruck" in arranged;
  const metricsFile = path("forecast.prom");
  writeFileSync(metricsFile, world.lastMetrics);
  mkdirSync(path("state"), { recursive: true });
  const env = {
    ...{ FORECAST_SOURCE: `sqlite:${world.orders}`, XDG_STATE_HOME: path("state"), XDG_RUNTIME_DIR: path("state") },
    ...{ FORECAST_METRICS_FILE: metricsFile, FORECAST_WORKERS: "1" },
    ...place.env,
    ...arranged.env,
  };
  const program = arranged.program ? { program: arranged.program } : {};
  const toTell = given.doctor instanceof RegExp ? given.doctor : undefined;
  const ofDoctor = ["doctor", "--as-of", ORIGIN, ...(arranged.doctorArgs ?? [])];
  const doctor = toTell && (await forecast(ofDoctor, { env, ...program }));
  const began = performance.now();
  const child = start(["run", "--as-of", ORIGIN, ...args], { env, ...program });
  const end = ended(child);
  const limitSeconds = given.limitSeconds ?? 0;
  const hung = setTimeout(() => child.kill("SIGKILL"), 1000 * mostSeconds(limitSeconds));
  await Promise.race([arranged.during?.(child), end]);
  const result = await end;
  clearTimeout(hung);
  const seconds = (performance.now() - began) / 1000;
  const metrics = textOf(metricsFile) ?? world.lastMetrics;
  await arranged.settle?.();
  const seenByUs = place.look();
  await mend?.();
  const after = seenByUs ?? place.look();
  const state = stateIn(path("state/forecast"));
  const mended = { ...env, ...mendedEnv };
  // Where all is there, that the lock can be taken is as much as another run could tell.
  const isWhole = result.exitCode === 0 && missingIn(world, after).length === 0;
  // Whoever asks where the run looked for its cache is told, too, what became of it.
  const status = isStep && isWhole ? undefined : await forecast(["status"], { env });
  const rerun = isWhole ? undefined : await forecast(["run", "--as-of", ORIGIN], { env: mended });
  if (isWhole) acquireLock(path("state/forecast/forecast.lock"), ORIGIN).release();
  const repaired = isWhole ? after : place.look();
  const texts = [result, status, rerun, doctor].flatMap((told) => (told ? [told.stdout, told.stderr] : []));
  const broken = brokenPromises({
    ...{
      world,
      ended: result,
      seconds,
      limitSeconds,
      exitCodes: given.exitCodes,
      after,
      metrics,
      status,
      rerun,
      repaired,
    },
    ...{
      evicted: given.evicted ?? 0,
      leaseMayStay: given.leaseMayStay ?? given.leavesAtOnce ?? false,
      couldRecord: result.exitCode !== KILLED && !given.leavesAtOnce,
      state: state && JSON.parse(state),
    },
    texts: [...texts, metrics, state ?? "", ...Array.from(after ?? [], ([, { value }]) => value)],
  });
  const told = `${result.stdout}${result.stderr}`;
  expect({ name, broken, told: broken.length > 0 ? told : "" }).toEqual({ name, broken: [], told: "" });
  if (given.says) expect(result.stderr, name).toMatch(given.says);
  if (toTell) expect(`${doctor!.stdout}${doctor!.stderr}`, name).toMatch(toTell);
}

function stateIn(folder: string): string | undefined {
  const file = namesIn(folder).find((name) => name.startsWith("last-attempt-"));
  return file === undefined ? undefined : textOf(join(folder, file));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
