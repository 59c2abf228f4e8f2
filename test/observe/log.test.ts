import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_DENO, start } from "../parts/program.ts";

let folder: Folder;
let args: string[];
beforeAll(() => {
  folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1", "2", "3"])));
  const orders = new DatabaseSync(database);
  orders.exec("UPDATE OrderItem SET Qty = 1e308 WHERE ProductID = 2");
  orders.close();
  const paths = ["--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  args = ["run", "--as-of", "2025-11-11", "--cache", `sqlite:${folder.path("cache.sqlite")}`, ...paths];
});
afterAll(() => folder.remove());

/** Runs the program with a file as standard error that stands for the journal, as systemd would say. */
async function intoJournal(more: readonly string[], program = binary(), isJournal = true): Promise<string[]> {
  const file = openSync(folder.path("journal"), "w");
  const { dev, ino } = fstatSync(file, { bigint: true });
  const JOURNAL_STREAM = isJournal ? `${dev}:${ino}` : `${dev}:${ino + 1n}`;
  const child = start([...args, ...more], { program, env: { JOURNAL_STREAM }, stderr: file });
  await child.exited;
  closeSync(file);
  return readFileSync(folder.path("journal"), "utf8").trimEnd().split("\n");
}

describe.each([
  ["the binary", binary()],
  ["Deno", ON_DENO],
])("for journald, %s", (_, program) => {
  test("begins each line with its priority", async () => {
    const lines = await intoJournal([], program);
    expect(lines[0]).toMatch(/^<6>forecasting 3 products in \d worker threads?$/);
    expect(lines).toContain("<3>error: product 2: a quantity of the forecast is not finite: NaN");
    expect(lines.at(-1)).toMatch(/^<6>run finished: exit_code=1 total_products=3 successful=2 no_forecast=0 failed=1 /);
    expect(lines.every((line) => /^<[3-7]>/.test(line))).toBe(true);
  });
});

describe("for journald", () => {
  test("a warning has its priority, and the level leaves less important lines out", async () => {
    const warning = expect.stringMatching(/^<4>warning: product 77: no forecast: /);
    const named = ["--product", "1,77"];
    expect(await intoJournal(named)).toContainEqual(warning);
    expect(await intoJournal([...named, "--log-level", "warn"])).toEqual([warning]);
  });

  test("the stack of an error is one entry with it", async () => {
    const lines = await intoJournal(["--debug", "--log-level", "error"]);
    const [failure] = lines.filter((line) => line.startsWith("<3>"));
    expect(failure).toMatch(
      /^<3>error: product 2: a quantity of the forecast is not finite: NaN \| .* \| at .* \| at /,
    );
    expect(lines.every((line) => /^<[3-7]>/.test(line))).toBe(true);
  });

  test("a stream that is not the journal's gets no priorities", async () => {
    const lines = await intoJournal([], binary(), false);
    expect(lines[0]).toMatch(/^forecasting 3 products in \d worker threads?$/);
  });
});

describe("--log-format json", () => {
  const parsed = (stderr: string) =>
    stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  test("tells the product and its batch as fields, and the whole run at the end", async () => {
    const entries = parsed((await forecast([...args, "--log-format", "json"])).stderr);
    for (const { time, level, message } of entries) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(level).toMatch(/^(error|info)$/);
      expect(message).not.toBe("");
    }
    const failures = entries.filter(({ level }) => level === "error");
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ product_id: "2", batch: expect.any(Number) });
    expect(failures[0]).not.toHaveProperty("stack");
    expect(entries.at(-1)).toMatchObject({ exit_code: 1, total_products: 3, successful: 2, failed: 1 });
  });

  test("holds a stack within its entry", async () => {
    const entries = parsed((await forecast([...args, "--log-format", "json", "--log-level", "debug"])).stderr);
    expect(entries.find(({ level }) => level === "error").stack).toMatch(/not finite: NaN\n\s+at /);
  });

  test("also tells wrong use and a failed run, with the exit code", async () => {
    const wrong = parsed((await forecast(["run", "--weeks", "1", "--log-format", "json"])).stderr);
    expect(wrong[0]).toMatchObject({ level: "error", exit_code: 2, message: expect.stringContaining("--weeks") });
    const env = { FORECAST_LOG_FORMAT: "json", REDIS_PORT: "1", REDIS_PATIENCE: "0" };
    const [failed] = parsed((await forecast([...args, "--cache", "redis"].toSpliced(3, 2), { env })).stderr);
    expect(failed).toMatchObject({ level: "error", exit_code: 1, message: expect.stringMatching(/^Redis 127/) });
  });
});

test("a format or level that is not known is one clear line", async () => {
  const { exitCode, stderr } = await forecast([...args, "--log-level", "loud"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: --log-level: "loud" is not allowed; it takes error, warn, info or debug\n/);
});

test("a person's terminal or file gets the stack on lines of its own", async () => {
  const { stderr } = await forecast([...args, "--debug"]);
  expect(stderr).toMatch(/^error: product 2: a quantity of the forecast is not finite: NaN\n.*\n {4}at /m);
});
