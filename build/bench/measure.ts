import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RedisServer } from "../../test/parts/redis.ts";
import { environmentOf, settingsFor } from "../../test/parts/sql-server.ts";
import { AS_OF, ordersDatabase } from "./orders.ts";

/** One way through the program. */
export interface Case {
  readonly name: string;
  /** Products of the order database; some are not eligible. */
  readonly products: number;
  readonly source: "SQLite" | "SQL Server";
  readonly cache: "SQLite" | "Redis";
  /** The program's own choice where none is given. */
  readonly workers?: number;
  /** The binary to run; nothing for the plain loop over the same code. */
  readonly program: string | undefined;
}

/** What the program itself says of a run. */
export interface ProgramReport {
  /** Products that were processed. */
  readonly products: number;
  readonly seconds: number;
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  /** Seconds, those of the worker threads added up. */
  readonly stages: Readonly<Record<string, number>>;
}

export interface Measurement extends ProgramReport {
  /** Most resident memory of the process. */
  readonly peakBytes: number;
  /** Read from the source, and written to the cache. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

const CACHE_FILE = "dist/bench/cache.sqlite";
const POLL_MS = 10;

/** Runs a case in a process of its own, with an empty cache. @throws Error when the program fails. */
export async function measure(item: Case, redis: RedisServer): Promise<Measurement> {
  for (const leftover of ["", "-wal", "-shm"]) rmSync(CACHE_FILE + leftover, { force: true });
  redis.cli("FLUSHALL");
  const database = ordersDatabase(item.products);
  const server = item.source === "SQL Server" ? await startTdsServer(database) : undefined;
  const writtenBefore = redisInputBytes(redis);

  const env = { ...process.env, REDIS_PORT: `${redis.port}`, ...server?.env };
  const command =
    item.program === undefined
      ? ["bun", join(import.meta.dirname, "plain-loop.ts"), `${server?.port}`, `${redis.port}`]
      : commandOf(item, item.program, database);
  const child = Bun.spawn(command, { env, stdio: ["ignore", "pipe", "ignore"] });
  const [bytes, stdout, exitCode] = await Promise.all([
    bytesOf(child.pid),
    new Response(child.stdout).text(),
    child.exited,
  ]);
  if (exitCode !== 0) throw new Error(`${item.name} ended with ${exitCode}: ${stdout}`);
  const usage = child.resourceUsage()!;
  const cpuSeconds = Number(usage.cpuTime.total) / 1e6;
  return {
    ...(item.program === undefined ? JSON.parse(stdout) : reportOf(JSON.parse(stdout), cpuSeconds)),
    peakBytes: bytes.peak,
    readBytes: server ? await server.stop() : bytes.read,
    writtenBytes: item.cache === "Redis" ? redisInputBytes(redis) - writtenBefore : bytes.written,
  };
}

function commandOf({ source, cache, workers }: Case, program: string, database: string): string[] {
  return [
    ...[program, "run", "--json", "--as-of", AS_OF, "--lock-file", "dist/bench/lock"],
    ...["--source", source === "SQLite" ? `sqlite:${database}` : "mssql"],
    ...["--cache", cache === "SQLite" ? `sqlite:${CACHE_FILE}` : "redis"],
    ...(workers === undefined ? [] : ["--workers", `${workers}`]),
  ];
}

function reportOf(
  metadata: { successful: number; no_forecast: number; elapsed_seconds: number; stages?: Record<string, number> },
  cpuSeconds: number,
): ProgramReport {
  const { successful, no_forecast, elapsed_seconds: seconds, stages = {} } = metadata;
  return { products: successful + no_forecast, seconds, cpuSeconds, stages };
}

/**
 * What a process has read from files and written to them, and the most memory it had, asked until it ends: a process that has ended
 * tells of the larger one that began it as well.
 */
async function bytesOf(pid: number): Promise<{ read: number; written: number; peak: number }> {
  let bytes = { read: 0, written: 0, peak: 0 };
  while (true) {
    try {
      const [, read, written] = /^rchar: (\d+)\nwchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, "utf8"))!;
      const [, peak] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
      bytes = { read: Number(read), written: Number(written), peak: 1024 * Number(peak) };
    } catch {
      return bytes;
    }
    await Bun.sleep(POLL_MS);
  }
}

function redisInputBytes(redis: RedisServer): number {
  return Number(/total_net_input_bytes:(\d+)/.exec(redis.cli("INFO", "stats"))?.[1]);
}

export async function startTdsServer(database: string) {
  const script = join(import.meta.dirname, "tds-server.ts");
  const child = Bun.spawn(["bun", script, database], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const line = async () => Number((await lines.next()).value);
  const port = await line();
  const env = environmentOf({ ...settingsFor(port), queryTimeoutSeconds: 120 });
  const stop = async (): Promise<number> => {
    child.stdin.end();
    const sent = await line();
    await child.exited;
    return sent;
  };
  return { port, env, stop };
}
