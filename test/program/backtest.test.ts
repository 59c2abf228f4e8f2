import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { USUAL_METHOD_NAMES } from "../../src/backtest/methods.ts";
import { type Folder, type Line, orderBook, simulatedBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { ended, forecast, start } from "../parts/program.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(simulatedBook(60));
});
afterAll(() => folder.remove());

const AS_OF = ["backtest", "--as-of", "2025-11-11"];
const args = (...more: string[]) => [...AS_OF, "--source", `sqlite:${database}`, ...more];

interface Report {
  readonly origins: string[];
  readonly products: number;
  readonly forecasts: number;
  readonly models: Record<string, number | string | null>[];
}

async function reportOf(given: readonly string[]): Promise<Report> {
  const { exitCode, stdout, stderr } = await forecast([...given, "--json"]);
  expect(stderr).not.toMatch(/error|warning/);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

const ORIGINS = ["--origins", "2025-08-19,2025-05-27"];

describe("the demo", () => {
  let report: Report;
  let file: string;
  beforeAll(async () => {
    file = folder.path("forecasts.csv");
    report = await reportOf([...AS_OF, "--source", "demo", ...ORIGINS, "--sample", "60", "--csv", file]);
  });

  test("is measured by every method, as one JSON object", () => {
    expect(report).toMatchObject({ origins: ["2025-08-19", "2025-05-27"], forecasts: 120, failed: 0 });
    expect(report).toMatchObject({ horizon: 12, interval_level: 0.8 });
    expect(report.products).toBeGreaterThan(60);
    expect(report.models.map(({ model }) => model)).toEqual(USUAL_METHOD_NAMES);
    for (const model of report.models) {
      for (const name of ["wape", "mase", "rmsse", "total_wape"]) expect(model[name]).toBeGreaterThan(0);
      for (const name of ["wape", "rmsse", "total_wape"]) expect(model[name]).toBeLessThan(2);
      expect(Math.abs(Number(model.bias))).toBeLessThanOrEqual(1);
    }
    for (const name of ["coverage", "total_coverage", "mean_width", "wql", "interval_score"]) {
      expect(report.models[0]![name]).toBeGreaterThan(0);
    }
    for (const groups of ["by_origin", "by_class", "by_volume_decile", "by_week", "by_history"]) {
      const some = (report as unknown as Record<string, { forecasts: number; models: unknown[] }[]>)[groups]!;
      expect(some.length).toBeGreaterThan(1);
      for (const { models } of some) expect(models).toHaveLength(USUAL_METHOD_NAMES.length);
      const counted = some.reduce((sum, { forecasts }) => sum + forecasts, 0);
      expect(counted).toBe(groups === "by_week" ? 12 * 120 : 120);
    }
  });

  test("is written to CSV: a row a product, origin, week and model, of which the measures are made", () => {
    const [header, ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(header).toBe("product_id,origin,week,model,actual,forecast,lower,upper");
    expect(rows).toHaveLength(120 * 12 * USUAL_METHOD_NAMES.length);
    for (const [m, name] of USUAL_METHOD_NAMES.entries()) {
      if (name !== "auto" && name !== "mean13") continue;
      const cells = rows.map((row) => row.split(",")).filter(([, , , model]) => model === name);
      expect(new Set(cells.map(([product, origin, week]) => `${product} ${origin} ${week}`)).size).toBe(120 * 12);
      const sold = cells.reduce((sum, [, , , , actual]) => sum + Math.abs(Number(actual)), 0);
      const error = cells.reduce(
        (sum, [, , , , actual, expected]) => sum + Math.abs(Number(actual) - Number(expected)),
        0,
      );
      expect(report.models[m]!.wape).toBeCloseTo(error / sold, 9);
      const bounds = cells.filter(([, , , , , , lower, upper]) => lower !== "" || upper !== "");
      expect(bounds).toHaveLength(name === "auto" ? cells.length : 0);
      const inside = bounds.filter(
        ([, , , , y, , lower, upper]) => Number(y) >= Number(lower) && Number(y) <= Number(upper),
      );
      if (name === "auto") expect(report.models[m]!.coverage).toBeCloseTo(inside.length / bounds.length, 9);
    }
  });
});

test("measures are shown in tables of at most 100 columns", async () => {
  const { exitCode, stdout, stderr } = await forecast(args(...ORIGINS));
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^[1-9]\d+ of 105 forecasts \(/m);
  for (const name of USUAL_METHOD_NAMES) expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});

test("origins are counted back from a horizon before --as-of, --every so many weeks", async () => {
  const { origins } = await reportOf(args("--origins", "3", "--every", "2w", "--weeks", "4", "--models", "naive"));
  expect(origins).toEqual(["2025-10-14", "2025-09-30", "2025-09-16"]);
});

test("--products measures the ids of a file, also with CR LF and empty lines", async () => {
  const naive = args("--origins", "1", "--models", "naive", "--csv", folder.path("all.csv"));
  await reportOf(naive);
  const ids = [
    ...new Set(
      readFileSync(folder.path("all.csv"), "utf8")
        .split("\n")
        .slice(1, -1)
        .map((row) => row.split(",")[0]!),
    ),
  ];
  writeFileSync(folder.path("ids.txt"), `${ids[3]}\r\n\r\n${ids[1]}\r\nunknown\r\n`);
  expect(await reportOf([...naive, "--products", folder.path("ids.txt")])).toMatchObject({ products: 2 });
});

describe("a spike after the origin moves no forecast, and the same comes out with any number of workers", () => {
  async function rowsOf(name: string, lines: readonly Line[], ...more: string[]): Promise<string[][]> {
    const other = temporaryFolder();
    const source = `sqlite:${other.database(orderBook(lines))}`;
    const file = folder.path(`${name}.csv`);
    const { exitCode } = await forecast([
      ...AS_OF,
      "--source",
      source,
      "--origins",
      "2025-08-19",
      "--csv",
      file,
      ...more,
    ]);
    other.remove();
    expect(exitCode).toBe(0);
    return readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((row) => row.split(","));
  }
  const known = (rows: string[][]) => rows.map((cells) => cells.toSpliced(4, 1));
  const actual = (rows: string[][]) => rows.map((cells) => cells[4]);
  const spikes = (products: number) =>
    Array.from({ length: products }, (_, i): Line => [`s${i}`, `${i + 1}`, "9", "2025-08-19", 100_000]);

  test("by any method", async () => {
    const steady = steadyOrders(Array.from({ length: 120 }, (_, i) => `${i + 1}`));
    const calm = await rowsOf("calm", steady, "--workers", "1");
    expect(calm).toHaveLength(120 * 12 * USUAL_METHOD_NAMES.length);
    const spiked = await rowsOf("spiked", [...steady, ...spikes(120)], "--workers", "3");
    expect(known(spiked)).toEqual(known(calm));
    expect(actual(spiked)).not.toEqual(actual(calm));
  });

  test("by what 220 products teach", async () => {
    const lines = Array.from({ length: 220 }, (_, p) =>
      steadyOrders([`${p + 1}`]).flatMap(([order, product, customer, date, quantity], week): Line[] =>
        (week * 7 + p) % (1 + 2 * (p % 3)) === 0
          ? [[`${p}:${order}`, product, customer, date, quantity * (1 + (p % 9))]]
          : [],
      ),
    ).flat();
    const models = ["--models", "auto,no-learning"];
    const calm = await rowsOf("learned-calm", lines, ...models, "--workers", "1");
    expect(calm).toHaveLength(220 * 12 * 2);
    const spiked = await rowsOf("learned-spiked", [...lines, ...spikes(220)], ...models, "--workers", "3");
    expect(known(spiked)).toEqual(known(calm));
    expect(actual(spiked)).not.toEqual(actual(calm));
    const forecasts = (model: string) => calm.filter((cells) => cells[3] === model).map((cells) => cells[5]);
    expect(forecasts("auto")).not.toEqual(forecasts("no-learning"));
  });
});

test("nothing is written but what is asked for", async () => {
  const cwd = folder.path("empty");
  await Bun.write(`${cwd}/.keep`, "");
  await forecast(args("--origins", "1", "--models", "naive"), { cwd });
  expect(readdirSync(cwd)).toEqual([".keep"]);
});

describe("wrong use is one line, and exit code 2", () => {
  test.each([
    [["--origins", "0"], '--origins: "0" is not allowed; it takes a whole number from 1 to 100, or dates'],
    [["--origins", "2025-02-30"], '--origins: "2025-02-30" is not allowed'],
    [["--origins", "2025-05-27,"], '--origins: "2025-05-27," is not allowed'],
    [["--origins", "2025-08-20"], "--origins: 2025-08-20 is not allowed; it takes dates after 2019-01-01 of which"],
    [["--origins", "2018-08-19"], "--origins: 2018-08-19 is not allowed"],
    [["--every", "4"], '--every: "4" is not allowed; it takes a number of weeks from 1w to 52w'],
    [["--models", "auto,nave"], '--models: "auto,nave" is not allowed; it takes names with commas between, of auto, '],
    [["--sample", "0"], '--sample: "0" is not allowed; it takes a whole number from 1'],
    [["--seed", "-1"], '--seed: "-1" is not allowed'],
    [["--products", "none.txt"], "--products: none.txt cannot be read: "],
    [["--csv", "nowhere/forecasts.csv"], "--csv: nowhere/forecasts.csv cannot be written: ENOENT"],
    [["--modells", "auto"], 'unknown option "--modells"; did you mean --models?'],
  ])("%j", async (given, message) => {
    const { exitCode, stdout, stderr } = await forecast(args(...given));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toContain(`error: ${message}`);
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
  });
});

test("a source that ends before the weeks that are measured is warned of", async () => {
  const other = temporaryFolder();
  const source = `sqlite:${other.database(orderBook(steadyOrders(["1", "2"], "2025-09-30")))}`;
  const { exitCode, stderr } = await forecast([...AS_OF, "--source", source, "--origins", "2", "--models", "naive"]);
  other.remove();
  expect(exitCode).toBe(0);
  expect(stderr.split("\n").filter((line) => line.startsWith("warning:"))).toEqual([
    "warning: nothing that was measured sold in the last 6 weeks after 2025-08-19: if the source ends there, " +
      "--as-of 2025-09-30 keeps to what is known",
    "warning: nothing that was measured sold in the last 2 weeks after 2025-07-22: if the source ends there, " +
      "--as-of 2025-09-30 keeps to what is known",
  ]);
});

test("a source that ended long before is warned of, without a date that would be as wrong", async () => {
  const other = temporaryFolder();
  const source = `sqlite:${other.database(orderBook(steadyOrders(["1", "2"], "2025-03-04")))}`;
  const { exitCode, stderr } = await forecast([...AS_OF, "--source", source, "--origins", "1", "--models", "naive"]);
  other.remove();
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    "warning: nothing that was measured sold in the 12 weeks after 2025-08-19: if the source ends before, " +
      "an earlier --as-of keeps to what is known\n",
  );
});

test("a source that goes away is told in a few lines, and what could not be measured is counted", async () => {
  const server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  server.setFaults({ errorNumber: { number: 208, message: "Invalid object name", statementMatches: /OPENJSON/ } });
  const env = environmentOf(settingsFor(server.port));
  const { exitCode, stdout, stderr } = await forecast([...AS_OF, "--origins", "2", "--models", "mean13"], { env });
  await server.close();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  const lines = stderr
    .trimEnd()
    .split("\n")
    .filter((line) => line.startsWith("error:"));
  expect(lines).toHaveLength(22);
  expect(lines[0]).toMatch(/^error: product \S+ at 2025-08-19: .*Invalid object name/);
  expect(lines[20]).toMatch(/^error: and \d+ more failed forecasts$/);
});

test("no product to measure is one line, and exit code 1", async () => {
  writeFileSync(folder.path("none.txt"), "unknown\n");
  const { exitCode, stdout, stderr } = await forecast(args("--origins", "1", "--products", folder.path("none.txt")));
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toBe("error: no product could be measured at 2025-08-19\n");
});

describe("a signal ends it at once, without a report", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s: exit code %i", async (signal, expected) => {
    const server = await startTdsServer({ database, user: "planner", password: "s3cret" });
    try {
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      server.setFaults({ delay: { ms: 600_000, statementMatches: /OPENJSON/, begun: resolve } });
      const file = folder.path(`${signal}.csv`);
      const env = environmentOf(settingsFor(server.port));
      const child = start([...AS_OF, "--origins", "1", "--csv", file], { env });
      await begun;
      child.kill(signal);
      const { exitCode, stdout, stderr } = await ended(child);
      expect({ exitCode, stdout }).toEqual({ exitCode: expected, stdout: "" });
      expect(stderr).toContain(`warning: interrupted: nothing is reported, and ${file} is incomplete`);
    } finally {
      await server.close();
    }
  });
});
