import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metricsText, type RunMeasures, writeMetrics } from "../../src/observe/metrics.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_DENO } from "../parts/program.ts";

const MEASURES: RunMeasures = {
  ...{ exitCode: 0, version: "1.0.0", finishedAt: 1_762_840_810, durationSeconds: 10, workers: 4, cacheIsUp: true },
  products: { successful: 90, no_forecast: 6, failed: 4, not_reached: 0 },
  ...{ sourceRefused: { empty: 0, shrunk: 0, old: 0 }, quietDays: 1 },
  stageSeconds: { eligibility: 1.5, forecast: 8 },
  ...{
    queueSeconds: 3.5,
    peakMemoryBytes: 300_000_000,
    metadataAt: 1_762_840_800,
    forecastAccuracy: 0.8,
    intervalCoverage: 0.88,
    learningFailed: false,
    lostDocuments: 0,
  },
};
const FAILED: RunMeasures = {
  ...MEASURES,
  ...{
    exitCode: 1,
    finishedAt: 1_762_927_210,
    cacheIsUp: false,
    metadataAt: undefined,
    forecastAccuracy: undefined,
    intervalCoverage: undefined,
    learningFailed: true,
    lostDocuments: 884,
  },
};

/** Samples of the text format by name and labels; throws for a line that the format does not know. */
function samples(text: string): Record<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !/^# (HELP|TYPE) forecast_worker_\w+ \S/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^(forecast_worker_[a-z_]+(?:\{[a-z]+="[^"\\]+"\})?) (-?[\d.e+]+)$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`no sample: ${line}`);
      return [name, Number(value)];
    }),
  );
}

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

describe("the metrics", () => {
  test("have the tenant as a label where there is one, and a run that fails keeps its times of success", async () => {
    const acme = { ...MEASURES, tenant: "acme" };
    const before = await metricsText(acme, "");
    expect(before).toContain('forecast_worker_last_success_timestamp_seconds{tenant="acme"} 1762840810\n');
    expect(before).toContain('forecast_worker_products{status="failed",tenant="acme"} 4\n');
    const after = await metricsText({ ...FAILED, tenant: "acme" }, before);
    expect(after).toContain('forecast_worker_last_success_timestamp_seconds{tenant="acme"} 1762840810\n');
    expect(after).toContain('forecast_worker_metadata_timestamp_seconds{tenant="acme"} 1762840800\n');
  });

  test("are those that the alerts and the dashboard count on", async () => {
    expect(samples(await metricsText(MEASURES, ""))).toEqual({
      forecast_worker_exit_code: 0,
      forecast_worker_last_run_timestamp_seconds: 1_762_840_810,
      forecast_worker_last_success_timestamp_seconds: 1_762_840_810,
      forecast_worker_metadata_timestamp_seconds: 1_762_840_800,
      forecast_worker_duration_seconds: 10,
      'forecast_worker_stage_seconds{stage="eligibility"}': 1.5,
      'forecast_worker_stage_seconds{stage="forecast"}': 8,
      forecast_worker_queue_seconds: 3.5,
      'forecast_worker_products{status="successful"}': 90,
      'forecast_worker_products{status="no_forecast"}': 6,
      'forecast_worker_products{status="failed"}': 4,
      'forecast_worker_products{status="not_reached"}': 0,
      'forecast_worker_source_refused{reason="empty"}': 0,
      'forecast_worker_source_refused{reason="shrunk"}': 0,
      'forecast_worker_source_refused{reason="old"}': 0,
      forecast_worker_quiet_seconds: 86_400,
      forecast_worker_products_per_second: 10,
      forecast_worker_workers: 4,
      forecast_worker_peak_memory_bytes: 300_000_000,
      forecast_worker_cache_up: 1,
      forecast_worker_forecast_accuracy: 0.8,
      forecast_worker_interval_coverage: 0.88,
      forecast_worker_learning_failed: 0,
      forecast_worker_lost_documents: 0,
      'forecast_worker_info{version="1.0.0"}': 1,
    });
  });

  test("of a failed run keep the last success and the last metadata", async () => {
    const file = folder.path("kept.prom");
    await writeMetrics(file, MEASURES);
    await writeMetrics(file, FAILED);
    await writeMetrics(file, FAILED);
    expect(samples(readFileSync(file, "utf8"))).toMatchObject({
      forecast_worker_exit_code: 1,
      forecast_worker_last_run_timestamp_seconds: 1_762_927_210,
      forecast_worker_last_success_timestamp_seconds: 1_762_840_810,
      forecast_worker_metadata_timestamp_seconds: 1_762_840_800,
      forecast_worker_cache_up: 0,
      forecast_worker_learning_failed: 1,
      forecast_worker_lost_documents: 884,
    });
  });

  test("of a first run that failed name no success", async () => {
    const text = await metricsText(FAILED, "forecast_worker_last_success_timestamp_seconds Nan\nother 1\n");
    expect(Object.keys(samples(text)).filter((name) => /last_success|metadata|accuracy/.test(name))).toEqual([]);
  });
});

describe("the metrics file", () => {
  test("that is a pipe, or a link to one, is refused and not waited for", async () => {
    Bun.spawnSync(["mkfifo", folder.path("pipe.prom")]);
    symlinkSync(folder.path("pipe.prom"), folder.path("link.prom"));
    for (const name of ["pipe.prom", "link.prom"]) {
      await expect(writeMetrics(folder.path(name), MEASURES)).rejects.toThrow("no regular file");
    }
    expect(lstatSync(folder.path("pipe.prom")).isFIFO()).toBe(true);
  });

  test("never has a name that can be foreseen before it is whole", async () => {
    mkdirSync(folder.path("planted"));
    const names = new Set<string>();
    const watcher = watch(folder.path("planted"), (_, name) => names.add(name!));
    for (let i = 0; i < 2; i++) await writeMetrics(folder.path("planted/a.prom"), MEASURES);
    while (!names.has("a.prom")) await Bun.sleep(10);
    watcher.close();
    expect([...names].filter((name) => /^a\.prom\.[0-9a-f-]{36}\.unfinished$/.test(name))).toHaveLength(2);
    expect(names.size).toBe(3);
  });
});

describe("a run", () => {
  const run = (metrics: string, { program = binary(), more = [] as string[], env = {} } = {}) => {
    const database = folder.database(orderBook(steadyOrders(["1", "2"])));
    const paths = ["--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
    const args = ["run", "--as-of", "2025-11-11", ...paths, ...more];
    return forecast(args, { program, env: { FORECAST_METRICS_FILE: metrics, ...env } });
  };
  const toFile = () => ["--cache", `sqlite:${folder.path("cache.sqlite")}`];

  test.each([
    ["the binary", binary()],
    ["Deno", ON_DENO],
  ])("of %s writes its metrics", async (_, program) => {
    const file = folder.path("run.prom");
    const before = Date.now() / 1000;
    expect((await run(file, { program, more: toFile() })).exitCode).toBe(0);
    const found = samples(readFileSync(file, "utf8"));
    expect(found).toMatchObject({ forecast_worker_exit_code: 0, 'forecast_worker_products{status="successful"}': 2 });
    expect(found['forecast_worker_stage_seconds{stage="forecast"}']).toBeGreaterThan(0);
    expect(found.forecast_worker_peak_memory_bytes).toBeGreaterThan(20_000_000);
    expect(found.forecast_worker_last_success_timestamp_seconds).toBeGreaterThan(before - 1);
  });

  test("leaves metrics that everyone can read, whatever the umask, and nothing beside them", async () => {
    mkdirSync(folder.path("mode"));
    const program = ["sh", "-c", 'umask 077; exec "$@"', "sh", ...binary()];
    expect((await run(folder.path("mode/forecast.prom"), { program, more: toFile() })).exitCode).toBe(0);
    expect(statSync(folder.path("mode/forecast.prom")).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder.path("mode"))).toEqual(["forecast.prom"]);
  });

  test("without its cache, or with wrong settings, says so and keeps the last success", async () => {
    const file = folder.path("failing.prom");
    await run(file, { more: toFile() });
    const { forecast_worker_last_success_timestamp_seconds: success } = samples(readFileSync(file, "utf8"));
    expect((await run(file, { env: { REDIS_PORT: "1", REDIS_PATIENCE: "0" } })).exitCode).toBe(1);
    expect(samples(readFileSync(file, "utf8"))).toMatchObject({
      ...{ forecast_worker_exit_code: 1, forecast_worker_cache_up: 0 },
      forecast_worker_last_success_timestamp_seconds: success,
    });
    expect((await run(file, { env: { FORECAST_WEEKS: "many" } })).exitCode).toBe(2);
    expect(samples(readFileSync(file, "utf8"))).toMatchObject({
      ...{ forecast_worker_exit_code: 2, forecast_worker_last_success_timestamp_seconds: success },
    });
  });

  test("that is a dry run leaves the metrics alone", async () => {
    await run(folder.path("dry.prom"), { more: ["--dry-run"] });
    expect(readdirSync(folder.path("."))).not.toContain("dry.prom");
  });

  test("that cannot write them warns and is no worse for it", async () => {
    writeFileSync(folder.path("file"), "");
    chmodSync(folder.path("file"), 0o400);
    const { exitCode, stderr } = await run(folder.path("file/forecast.prom"), { more: toFile() });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: the metrics file .*forecast\.prom was not written: ENOTDIR/m);
    expect(stderr).toMatch(/^run finished: exit_code=0 /m);
  });
});
