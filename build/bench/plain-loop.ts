// What the program replaces, by the same code: one product after the other in one thread, each read with a query of its
// own, forecast and written before the next is. Takes the ports of a SQL Server and of a Redis; prints a measurement of
// every tenth product, what is done once before the first product left out.
import { openCache } from "../../src/caches/registry.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { forecastBatch } from "../../src/job/batch.ts";
import { prepareRun } from "../../src/job/prepare.ts";
import { StageClock } from "../../src/job/stages.ts";
import { noLessons } from "../../src/learning/learn.ts";
import { openSource } from "../../src/sources/registry.ts";
import { redisSettings } from "../../test/parts/redis.ts";
import { settingsFor } from "../../test/parts/sql-server.ts";
import type { ProgramReport } from "./measure.ts";
import { AS_OF } from "./orders.ts";

const EVERY = 10;

const [sqlPort, redisPort] = process.argv.slice(2);
const settings = {
  source: { kind: "mssql", ...settingsFor(Number(sqlPort)), queryTimeoutSeconds: 120 },
  cache: redisSettings(Number(redisPort)),
  ...{ origin: parseDay(AS_OF), historyStart: parseDay("2019-01-01"), horizon: 12, level: 0.8 },
  ...{
    minCustomers: 2,
    minOrders: 3,
    mostDrop: 1,
    mostAgeDays: 21,
    limit: undefined,
    products: undefined,
    ttlSeconds: 604_800,
  },
  ...{ ids: "number" as const, weekStart: undefined },
  ...{ workers: 1, lockFile: "" },
} as const;
const clock = new StageClock();
const { setup, products } = await prepareRun(settings, { generatedAt: "2025-11-11T06:00:00Z", runId: "" }, clock);
const [source, cache] = await Promise.all([openSource(setup.source), openCache(settings.cache)]);
await cache.ping();
clock.take();

const lessons = await noLessons({ ...settings, withCustomers: true });
const sample = products.filter((_, i) => i % EVERY === 0);
const stages: Record<string, number> = {};
const [started, cpu] = [performance.now(), process.cpuUsage()];
for (const { id } of sample) {
  const batch = await forecastBatch(
    { kind: "forecast", productIds: [id], lessons },
    { ...setup, source, cache, clock },
  );
  for (const [stage, seconds] of Object.entries(batch.stages)) stages[stage] = (stages[stage] ?? 0) + seconds;
}
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
const report: ProgramReport = { products: sample.length, seconds, cpuSeconds: (user + system) / 1e6, stages };
console.log(JSON.stringify(report));
process.exit(0);
