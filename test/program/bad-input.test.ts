import { existsSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(orderBook(steadyOrders(["1"])));
  writeFileSync(folder.path("text.sqlite"), "no database, but a text that is long enough to be read as one");
  writeFileSync(folder.path("empty.sqlite"), "");
  writeFileSync(folder.path("columns.csv"), "order_id,sku\n1,2\n");
  writeFileSync(
    folder.path("rows.csv"),
    "order_id,product_id,customer_id,created,quantity\n1,A,7,2025-01-02,1\n2,A,7,2025-01-32,1\n",
  );
});
afterAll(() => folder.remove());

const SETTINGS_OK = () => ["--source", `sqlite:${database}`, "--cache", `sqlite:${folder.path("cache.sqlite")}`];

/** One line that says what is wrong and nothing else; for wrong use a second one on where to look it up. */
async function complaint(args: readonly string[], env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await forecast(args, { env: { ...env } });
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/^\s+at /m);
  return { exitCode, lines: stderr.trimEnd().split("\n") };
}

describe("wrong use ends with exit code 2 and one line", () => {
  test.each([
    [
      ["run", "--as-of", "2025-02-30"],
      '--as-of: "2025-02-30" is not allowed; it takes a date of the calendar as YYYY-MM-DD',
    ],
    [
      ["run", "--as-of", "11.11.2025"],
      '--as-of: "11.11.2025" is not allowed; it takes a date of the calendar as YYYY-MM-DD',
    ],
    [["run", "--as-of", "2999-01-01"], "--as-of: 2999-01-01 is in the future"],
    [
      ["run", "--as-of", "2018-01-01"],
      "--as-of: 2018-01-01 is not after the start of the history, 2019-01-01 (FORECAST_HISTORY_START)",
    ],
    [["run", "--weeks", "-5"], '--weeks: "-5" is not allowed; it takes a whole number from 4 to 26'],
    [["run", "--weeks", "27"], '--weeks: "27" is not allowed; it takes a whole number from 4 to 26'],
    [["run", "--workers", "many"], '--workers: "many" is not allowed; it takes a whole number from 1 to 256'],
    [["run", "--ttl", "0"], '--ttl: "0" is not allowed; it takes a whole number from 1 to 315360000'],
    [["run", "--ttl", "1e3"], '--ttl: "1e3" is not allowed; it takes a whole number from 1 to 315360000'],
    [["run", "--limit", "1.5"], '--limit: "1.5" is not allowed; it takes a whole number from 1 to 1000000000'],
    [["run", "--product", "1,,2"], '--product: "1,,2" is not allowed; it takes product ids with commas between'],
    [["run", "--product", "1", "--product", '"2'], '--product: "1,"2" is not allowed; it takes product ids'],
    [["run", "--source", "oracle"], '--source: "oracle" is not allowed; it takes mssql, sqlite:FILE, csv:FILE or demo'],
    [["run", "--cache", "sqlite:"], '--cache: "sqlite:" is not allowed; it takes redis or sqlite:FILE'],
    [["run", "--wekks", "12"], 'unknown option "--wekks"; did you mean --weeks?'],
    [["run", "--weeks"], "--weeks needs a value"],
    [["run", "--weeks", "--json"], "--weeks needs a value"],
    [["run", "--json=yes"], "--json takes no value"],
    [["run", "--weeks", "5", "--weeks", "6"], "--weeks is given twice"],
    [["run", "now"], 'unexpected word "now"'],
    [["rnu"], 'unknown subcommand "rnu"; did you mean run?'],
    [["--verison"], 'unknown option "--verison"; did you mean --version?'],
    [["inspect"], "ID is missing"],
    [["inspect", "1", "2"], 'unexpected word "2"; several words go in quotes: "1 2"'],
    [
      ["status", "--max-age", "8"],
      '--max-age: "8" is not allowed; it takes a number with a unit, such as 90m, 36h or 8d',
    ],
    [["status", "--max-failed", "lots"], '--max-failed: "lots" is not allowed; it takes a share from 0 to 1'],
    [["backtest", "--origins", "0"], '--origins: "0" is not allowed; it takes a whole number from 1 to 100'],
    [["run", "--source", "mssql"], "DB_HOST is not set, and the source mssql needs it"],
    [["run"], "nothing says where order lines come from: --source csv:FILE reads a CSV or Excel file, --source demo"],
  ])("forecast %j", async (args, message) => {
    const { exitCode, lines } = await complaint(args);
    expect(exitCode).toBe(2);
    expect(lines[0]).toContain(`error: ${message}`);
    expect(lines[1]).toMatch(/^forecast.* --help shows how to use it$/);
    expect(lines).toHaveLength(2);
  });

  test.each([
    ["FORECAST_WEEKS", "three", 'FORECAST_WEEKS: "three" is not allowed; it takes a whole number from 4 to 26'],
    [
      "FORECAST_INTERVAL_LEVEL",
      "80",
      'FORECAST_INTERVAL_LEVEL: "80" is not allowed; it takes a share from 0.5 to 0.99',
    ],
    ["AS_OF_DATE", "tomorrow", 'AS_OF_DATE: "tomorrow" is not allowed'],
    ["REDIS_PORT", "66000", 'REDIS_PORT: "66000" is not allowed; it takes a whole number from 1 to 65535'],
    ["REDIS_TLS", "perhaps", 'REDIS_TLS: "perhaps" is not allowed; it takes true or false'],
    ["DB_ENCRYPT", "maybe", 'DB_ENCRYPT: "maybe" is not allowed; it takes true, false or strict'],
  ])("%s=%s", async (name, value, message) => {
    const database = { DB_HOST: "localhost", DB_NAME: "orders", DB_USER: "planner", DB_PASSWORD: "s3cret" };
    const { exitCode, lines } = await complaint(["run"], { ...database, [name]: value });
    expect(exitCode).toBe(2);
    expect(lines[0]).toContain(`error: ${message}`);
    expect(lines.join()).not.toContain("s3cret");
  });

  test("a flag goes before its variable, and an empty variable counts as none", async () => {
    const flag = await complaint(["run", "--weeks", "1"], { FORECAST_WEEKS: "2" });
    expect(flag.lines[0]).toContain('--weeks: "1"');
    const { exitCode } = await forecast(["run", ...SETTINGS_OK(), "--lock-file", folder.path("lock")], {
      env: { FORECAST_WEEKS: "", AS_OF_DATE: "2025-11-11" },
    });
    expect(exitCode).toBe(0);
  });

  test("makes no cache where there was none", async () => {
    const file = folder.path("none.sqlite");
    expect((await forecast(["run", "--weeks", "0", "--cache", `sqlite:${file}`])).exitCode).toBe(2);
    expect(existsSync(file)).toBe(false);
  });

  test("no subcommand shows the usage on standard error", async () => {
    const { exitCode, stdout, stderr } = await forecast([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(
      "USAGE forecast run|work|status|list|inspect|backtest|doctor|config|schema|licenses|completion [OPTIONS]",
    );
  });
});

describe("a source that cannot be used ends with exit code 1 and one line", () => {
  test.each([
    [() => `sqlite:${folder.path("none.sqlite")}`, /^error: no order database at .*none\.sqlite$/],
    [() => `sqlite:${folder.path("text.sqlite")}`, /^error: order database .*text\.sqlite: file is not a database$/],
    [
      () => `sqlite:${folder.path("empty.sqlite")}`,
      /^error: order database .*empty\.sqlite: OrderItem\(.*\): no such table: dbo\.OrderItem;/,
    ],
    [() => `sqlite:${folder.path("")}`, /^error: order database .*: unable to open database/],
    [() => `csv:${folder.path("none.csv")}`, /^error: CSV file .*none\.csv: there is no such file/],
    [
      () => `csv:${folder.path("columns.csv")}`,
      /^error: CSV file .*: no column customer_id, created, quantity; the file has order_id, sku/,
    ],
    [
      () => `csv:${folder.path("rows.csv")}`,
      /^error: CSV file .*rows\.csv: row 3: created "2025-01-32" is not a date .*--skip-bad-rows/,
    ],
  ])("%#", async (source, message) => {
    const { exitCode, lines } = await complaint([
      "run",
      ...["--source", source(), "--cache", `sqlite:${folder.path("cache.sqlite")}`, "--lock-file", folder.path("lock")],
    ]);
    expect(exitCode).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(message);
  });

  test("bad rows are told at once, a line each, and more than --max-bad-rows are not left out", async () => {
    const bad = "2,A,7,2025-01-32,1\n3,,7,2025-01-02,1\n";
    writeFileSync(
      folder.path("bad.csv"),
      `order_id,product_id,customer_id,created,quantity\n1,A,7,2025-01-02,1\n${bad}`,
    );
    const run = (...flags: string[]) =>
      forecast([
        "run",
        "--source",
        `csv:${folder.path("bad.csv")}`,
        "--dry-run",
        "--lock-file",
        folder.path("lock"),
        ...flags,
      ]);
    const rows = /\nerror: row 3: created "2025-01-32" is not a date\nerror: row 4: product_id is empty\n$/;
    for (const flags of [[], ["--skip-bad-rows"]]) {
      const { exitCode, stderr } = await run(...flags);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^error: CSV file .*bad\.csv: 2 of 3 rows cannot be read: /);
      expect(stderr).toMatch(rows);
    }
    // What is left is one order, of one customer.
    const { exitCode, stderr } = await run("--skip-bad-rows", "--max-bad-rows", "2");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^warning: 2 bad rows of the source are left out: .*\nwarning: row 3: .*\nwarning: row 4: .*\nerror: no product is eligible: [^\n]*\n$/m,
    );
  });
});
