// `npm run bench`: how fast the program is, from order database to cache. Prints Markdown, or with --json the
// measurements. --quick tries 1,000 products once; --rounds N repeats all but the largest case; --against OLD measures
// another build of the program, a file or a git revision, beside this one in each case, and the ratios of both.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { startRedis } from "../../test/parts/redis.ts";
import { BINARY, upToDate } from "../up-to-date.ts";
import { type Case, type Measurement, measure } from "./measure.ts";
import { programOf } from "./old-build.ts";
import { orderLinesIn, ordersDatabase } from "./orders.ts";
import { measureQueue } from "./queue.ts";
import { type BenchResult, nameBeside, report } from "./report.ts";
import { measureStartUp } from "./start-up.ts";

const PROGRAM = upToDate(BINARY, "build");

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    against: { type: "string" },
  },
});

const size = flags.quick ? 1000 : 10_000;
const rounds = flags.quick ? 1 : Number(flags.rounds);
const fromSqlite = { products: size, source: "SQLite", cache: "Redis", program: PROGRAM } as const;
const cases: Case[] = [
  { ...fromSqlite, name: "SQLite → SQLite", cache: "SQLite" },
  { ...fromSqlite, name: "SQLite → Redis" },
  { ...fromSqlite, name: "SQL Server → Redis", source: "SQL Server" },
  ...[1, 2, 4, 10].map((workers) => ({ ...fromSqlite, name: `SQLite → Redis, workers: ${workers}`, workers })),
  { ...fromSqlite, name: "plain loop, SQL Server → Redis", source: "SQL Server", program: undefined },
];
const growth: Case[] = [1000, 100_000].map((products) => {
  return { ...fromSqlite, products, name: `SQLite → Redis, ${products.toLocaleString("en-US")} products` };
});

const old = flags.against === undefined ? undefined : { name: flags.against, program: await programOf(flags.against) };
const withOld = (item: Case): Case[] => {
  if (!old || item.program === undefined) return [item];
  return [item, { ...item, name: nameBeside(item.name, old.name), program: old.program }];
};

const log = (line: string) => process.stderr.write(`${line}\n`);
const redis = await startRedis();
process.on("SIGINT", () => redis.stop().then(() => process.exit(130)));
process.on("SIGTERM", () => redis.stop().then(() => process.exit(143)));
try {
  const runs = new Map<string, Measurement[]>();
  for (let round = 1; round <= rounds; round++) {
    const larger = growth.filter(({ products }) => !flags.quick && (products < size || round === 1));
    for (const item of [...cases, ...larger].flatMap(withOld)) {
      log(`round ${round} of ${rounds}: ${item.name}`);
      runs.set(item.name, [...(runs.get(item.name) ?? []), await measure(item, redis)]);
    }
  }
  log("start-up");
  const result: BenchResult = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Bun ${Bun.version}`,
    products: size,
    orderLines: orderLinesIn(ordersDatabase(size)),
    runs: Object.fromEntries(runs),
    against: flags.against,
    startUp: await measureStartUp(PROGRAM, redis),
    queue: await measureQueue(PROGRAM, size, redis),
  };
  console.log(flags.json ? JSON.stringify(result) : report(result));
} finally {
  await redis.stop();
}
