import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { metricsText } from "../../src/observe/metrics.ts";
import { ROOT } from "../parts/root.ts";

const MEASURES = {
  ...{
    exitCode: 0,
    version: "1.0.0",
    finishedAt: 1,
    durationSeconds: 1,
    workers: 1,
    peakMemoryBytes: 1,
    cacheIsUp: true,
  },
  ...{ sourceRefused: { empty: 0 }, quietDays: 0 },
  products: { successful: 1, no_forecast: 0, failed: 0, not_reached: 0 },
  ...{ stageSeconds: { forecast: 1 }, queueSeconds: 0, metadataAt: 1, forecastAccuracy: 1, intervalCoverage: 0.88 },
  ...{ learningFailed: false, lostDocuments: 0 },
};

function metricsIn(text: string): Set<string> {
  return new Set(text.match(/forecast_worker_[a-z_]+/g));
}

test.each(["alerts.yml", "alerts.test.yml", "dashboard.json"])(
  "build/%s speaks of metrics that there are",
  async (file) => {
    const written = metricsIn(await metricsText(MEASURES, ""));
    const used = metricsIn(readFileSync(join(ROOT, "build", file), "utf8"));
    expect([...used].filter((name) => !written.has(name))).toEqual([]);
    expect(used.size).toBeGreaterThan(4);
  },
);

test("the dashboard shows every metric but the number of worker threads", async () => {
  const shown = metricsIn(readFileSync(join(ROOT, "build/dashboard.json"), "utf8"));
  const written = metricsIn(await metricsText(MEASURES, ""));
  expect([...written].filter((name) => !shown.has(name))).toEqual(["forecast_worker_workers"]);
});

test("the dashboard is whole: panels with their own number, a place and a source", () => {
  const { panels } = JSON.parse(readFileSync(join(ROOT, "build/dashboard.json"), "utf8"));
  expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(panels.length);
  for (const { title, gridPos, datasource, targets } of panels) {
    expect(title).not.toBe("");
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    expect(datasource.uid).toBe(`\${datasource}`);
    expect(targets.length).toBeGreaterThan(0);
  }
});

test("every query of the dashboard asks for the machines and tenants that are chosen", () => {
  const { panels } = JSON.parse(readFileSync(join(ROOT, "build/dashboard.json"), "utf8"));
  const queries = panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr));
  for (const query of queries) expect(query).toContain('{instance=~"$instance",tenant=~"$tenant"}');
});
