// The same run by the threads of one process, by four workers through the queue, and by four of which one at random is killed
// every two seconds. `bun build/bench/queue.ts 10000` measures this alone, of so many products.
import { createHash } from "node:crypto";
import { cpus } from "node:os";
import { Redis } from "ioredis";
import { type RedisServer, startRedis } from "../../test/parts/redis.ts";
import { withoutStamp } from "../../test/parts/stamp.ts";
import { BINARY, upToDate } from "../up-to-date.ts";
import { startTdsServer } from "./measure.ts";
import { AS_OF, ordersDatabase } from "./orders.ts";

const WORKERS = 4;
const KILL_EVERY_MS = 2000;

export interface QueueMeasurement {
  readonly products: number;
  readonly failed: number;
  readonly seconds: number;
  /** User and system time of the run and of its workers. */
  readonly cpuSeconds: number;
  readonly workersKilled: number;
  /** Most that Redis held of the queue alone, and what it took and gave in all. */
  readonly queueBytes: number;
  readonly redisReadBytes: number;
  readonly redisWrittenBytes: number;
  readonly redisCpuSeconds: number;
  readonly sourceBytes: number;
  /** Hash of all documents, but for the time at which they were made. */
  readonly documents: string;
}

export async function measureQueue(program: string, products: number, redis: RedisServer) {
  const database = ordersDatabase(products);
  const measured: Record<string, QueueMeasurement> = {};
  for (const [name, workers, killed] of [
    ["threads of one process", 0, false],
    [`queue, ${WORKERS} workers`, WORKERS, false],
    [`queue, ${WORKERS} workers, one killed every 2 s`, WORKERS, true],
  ] as const) {
    process.stderr.write(`${name}\n`);
    measured[name] = await measureOne(program, database, redis, workers, killed);
  }
  return measured;
}

async function measureOne(
  program: string,
  database: string,
  redis: RedisServer,
  workerCount: number,
  isKilling: boolean,
): Promise<QueueMeasurement> {
  redis.cli("FLUSHALL");
  const server = await startTdsServer(database);
  const before = redisNumbers(redis);
  const env = { ...process.env, REDIS_PORT: `${redis.port}`, ...server.env };
  const startWorker = () =>
    Bun.spawn([program, "work", "--workers", "1"], { env, stdio: ["ignore", "ignore", "ignore"] });
  const workers = Array.from({ length: workerCount }, startWorker);
  const gone: typeof workers = [];
  const args = ["--json", "--as-of", AS_OF, "--workers", `${WORKERS}`, "--lock-file", "dist/bench/lock"];
  const queue = workerCount > 0 ? ["--queue"] : [];
  const run = Bun.spawn([program, "run", ...queue, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
  let isOver = false;
  let queueBytes = 0;
  const watch = async () => {
    for (let killedAt = Date.now(); !isOver; await Bun.sleep(200)) {
      if (workerCount > 0) queueBytes = Math.max(queueBytes, bytesOfQueue(redis));
      // As long as nobody works, none is to be killed.
      if (redis.cli("EXISTS", "{forecast:}queue:batches:active") === "0") killedAt = Date.now();
      if (!isKilling || Date.now() - killedAt < KILL_EVERY_MS) continue;
      killedAt = Date.now();
      const victim = workers.splice(Math.floor(Math.random() * workers.length), 1)[0]!;
      victim.kill("SIGKILL");
      gone.push(victim);
      workers.push(startWorker());
    }
  };
  const watching = watch();
  const report = JSON.parse(await new Response(run.stdout).text());
  await run.exited;
  isOver = true;
  await watching;
  for (const worker of workers) worker.kill("SIGTERM");
  await Promise.all([...workers, ...gone].map(({ exited }) => exited));
  const after = redisNumbers(redis);
  const cpu = [run, ...workers, ...gone].map((child) => Number(child.resourceUsage()!.cpuTime.total) / 1e6);
  return {
    products: report.total_products,
    failed: report.total_products - report.successful - report.no_forecast,
    seconds: report.elapsed_seconds,
    cpuSeconds: cpu.reduce((sum, seconds) => sum + seconds, 0),
    workersKilled: gone.length,
    queueBytes,
    redisReadBytes: after.input - before.input,
    redisWrittenBytes: after.output - before.output,
    redisCpuSeconds: after.cpu - before.cpu,
    sourceBytes: await server.stop(),
    documents: await hashOfDocuments(redis),
  };
}

function redisNumbers(redis: RedisServer) {
  const info = redis.cli("INFO");
  const number = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(info)?.[1]);
  return {
    input: number("total_net_input_bytes"),
    output: number("total_net_output_bytes"),
    cpu: number("used_cpu_sys") + number("used_cpu_user"),
  };
}

/** Of all keys together: those of a batch are about as large as each other, so that one stands for all. */
function bytesOfQueue(redis: RedisServer): number {
  const bytes = (key: string) => Number(redis.cli("MEMORY", "USAGE", key) || 0);
  const [runs = ""] = redis.cli("ZRANGE", "{forecast:}queue:runs:waiting-children", "0", "0").split("\n");
  const all = ["runs:events", "batches:events", "batches:wait", `lessons:${runs}`, `outcomes:${runs}`];
  const others = [...all, `runs:${runs}:dependencies`, `runs:${runs}:processed`];
  const waiting = Number(redis.cli("LLEN", "{forecast:}queue:batches:wait"));
  const [batch = ""] = redis.cli("LRANGE", "{forecast:}queue:batches:wait", "0", "0").split("\n");
  const ofOthers = others.reduce((sum, key) => sum + bytes(`{forecast:}queue:${key}`), 0);
  return ofOthers + waiting * bytes(`{forecast:}queue:batches:${batch}`);
}

async function hashOfDocuments({ port }: RedisServer): Promise<string> {
  const client = new Redis({ port });
  const keys: string[] = [];
  for await (const found of client.scanStream({ match: "forecast:[0-9]*", count: 1000 })) keys.push(...found);
  const unique = [...new Set(keys)].sort();
  const hash = createHash("sha256");
  for (let first = 0; first < unique.length; first += 1000) {
    const some = unique.slice(first, first + 1000);
    const texts = await client.mget(some);
    for (const [i, key] of some.entries()) {
      hash.update(key).update(withoutStamp(texts[i]!));
    }
  }
  client.disconnect();
  return `${unique.length} documents, ${hash.digest("hex").slice(0, 12)}`;
}

/** What came out, as Markdown. */
export function queueReport(measured: Readonly<Record<string, QueueMeasurement>>): string {
  const [local] = Object.values(measured);
  const rows = Object.entries(measured).map(([name, one]) => {
    const { products, failed, seconds, cpuSeconds, workersKilled, sourceBytes, documents } = one;
    const redis = [one.queueBytes, one.redisReadBytes, one.redisWrittenBytes].map((bytes) => (bytes / 1e6).toFixed(1));
    return [
      ...[name, products, failed, workersKilled, seconds.toFixed(1), (seconds / local!.seconds).toFixed(2)],
      ...[cpuSeconds.toFixed(1), (cpuSeconds / local!.cpuSeconds).toFixed(2), (sourceBytes / 1e6).toFixed(1)],
      ...[...redis, one.redisCpuSeconds.toFixed(1), documents],
    ];
  });
  const head = ["", "products", "failed", "killed", "seconds", "× local", "CPU s", "× local", "read MB"];
  const ofRedis = ["queue MB", "to Redis MB", "from Redis MB", "Redis CPU s", "documents"];
  const line = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  const all = [...head, ...ofRedis];
  return [line(all), `|${"---|".repeat(all.length)}`, ...rows.map(line)].join("\n");
}

if (import.meta.main) {
  const redis = await startRedis();
  try {
    const products = Number(process.argv[2] ?? 10_000);
    console.log(`${cpus().length} × ${cpus()[0]?.model}, load ${(await Bun.$`cat /proc/loadavg`.text()).trim()}`);
    console.log(queueReport(await measureQueue(upToDate(BINARY, "build"), products, redis)));
  } finally {
    await redis.stop();
  }
}
