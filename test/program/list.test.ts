import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parse } from "csv-parse/sync";
import { gunzipSync, strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { INDEX_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";
import { type RedisServer, startRedis } from "../parts/redis.ts";

let folder: Folder;
let redis: RedisServer;
let sqlite: string[];
let env: Record<string, string>;
let database: string;
beforeAll(async () => {
  folder = temporaryFolder();
  redis = await startRedis();
  env = { REDIS_PORT: `${redis.port}` };
  sqlite = ["--cache", `sqlite:${folder.path("cache.sqlite")}`];
  database = folder.database(simulatedBook(60));
  for (const cache of [sqlite, []]) expect((await run(...cache)).exitCode).toBe(0);
});
afterAll(async () => {
  await redis.stop();
  folder.remove();
});

function run(...args: string[]) {
  const flags = ["--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  return forecast(["run", ...flags, ...args], { env });
}

const list = (...args: string[]) => forecast(["list", ...args], { env });
const json = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const documentOf = (id: unknown) => JSON.parse(redis.cli("GET", `forecast:${id}`));

test("a table of all products, from Redis and from SQLite", async () => {
  const { exitCode, stdout, stderr } = await list();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const count = json((await list("--json")).stdout).length;
  expect(stdout).toMatch(new RegExp(`^${count} products: units expected in the 12 weeks from 2025-11-11`));
  expect(stdout.trimEnd().split("\n")).toHaveLength(4 + count);
  expect((await list(...sqlite)).stdout).toBe(stdout);
});

test("each object of --json has the numbers of its document", async () => {
  const products = json((await list("--json", "--sort", "at-stake", "--limit", "7")).stdout);
  expect(products).toHaveLength(7);
  for (const { product_id, change, at_stake, last_weeks_quantity, year_ago_quantity, notes, ...same } of products) {
    const { summary, model_metadata, product_name, history, notes: noted } = documentOf(product_id);
    expect({ ...summary, ...model_metadata, product_name }).toMatchObject(same);
    const sum = (weeks: number[]) => weeks.reduce((total, quantity) => total + quantity, 0);
    expect(last_weeks_quantity).toBeCloseTo(sum(history.slice(-12)), 5);
    if (history.length < 52) expect(year_ago_quantity).toBeNull();
    else expect(year_ago_quantity).toBeCloseTo(sum(history.slice(0, 12)), 5);
    expect(at_stake).toBeCloseTo(same.total_confidence_upper - same.total_confidence_lower, 5);
    expect(change).toBeCloseTo(same.total_predicted_quantity / last_weeks_quantity - 1, 2);
    expect(notes).toEqual([...new Set(noted.map(({ kind }: { kind: string }) => kind))]);
  }
});

describe("files", () => {
  test("products that a run of some has made anew as of another date are told, and which they are", async () => {
    const [{ product_id: id }] = json((await list(...sqlite, "--json", "--limit", "1")).stdout);
    const mixed = folder.path("mixed.sqlite");
    const database = new DatabaseSync(folder.path("cache.sqlite"));
    database.exec(`VACUUM INTO '${mixed}'`);
    database.exec(`ATTACH '${mixed}' AS mixed`);
    database
      .prepare("UPDATE mixed.cache SET value = json_set(value, '$.as_of_date', '2025-11-10') WHERE key = ?")
      .run(`forecast:${id}`);
    database.close();
    const { stdout, stderr } = await list("--cache", `sqlite:${mixed}`, "--csv", "-", "--weeks");
    expect(stderr).toMatch(
      /^warning: 1 product was forecast by a run of some products as of another date than 2025-11-11/,
    );
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    for (const { product_id, as_of_date } of rows)
      expect(as_of_date).toBe(product_id === `${id}` ? "2025-11-10" : "2025-11-11");
    expect(rows.filter(({ product_id }) => product_id === `${id}`)).toHaveLength(12);
  });

  test("--csv --weeks has each week of each document", async () => {
    const { stdout, stderr } = await list("--csv", "-", "--weeks");
    expect(stderr).toBe("");
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    const ids = [...new Set(rows.map(({ product_id }) => product_id))];
    expect(rows).toHaveLength(12 * ids.length);
    for (const id of ids.slice(0, 5)) {
      const weeks = rows.filter(({ product_id }) => product_id === id);
      expect(weeks.map(({ predicted_quantity }) => Number(predicted_quantity))).toEqual(
        documentOf(id).predictions.map((week: { predicted_quantity: number }) => week.predicted_quantity),
      );
    }
  });

  test("are the same on every runtime, and said on standard error", async () => {
    const written = await Promise.all(
      [binary(), ON_BUN, ON_DENO].map(async (program, i) => {
        const [csv, xlsx] = [folder.path(`${i}.csv`), folder.path(`${i}.xlsx`)];
        const args = ["list", "--csv", csv, "--xlsx", xlsx, "--locale", "de-DE"];
        const { exitCode, stdout, stderr } = await forecast(args, { program, env });
        expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
        expect(stderr).toMatch(/^\S+\.csv: \d+ products\n\S+\.xlsx: \d+ products\n$/);
        return [readFileSync(csv, "utf8"), strFromU8(unzipSync(readFileSync(xlsx))["xl/worksheets/sheet1.xml"]!)];
      }),
    );
    expect(written[0]![0]).toMatch(/^\ufeffProduct;Name;Unit;Expected;/);
    expect(written[1]).toEqual(written[0]);
    expect(written[2]).toEqual(written[0]);
  });

  test("that cannot be written are one line", async () => {
    const { exitCode, stderr } = await list("--csv", "/dev/full");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: \/dev\/full cannot be written: ENOSPC.*\n$/);
    const full = await list("--xlsx", folder.path("missing/a.xlsx"));
    expect(full.exitCode).toBe(2);
    expect(full.stderr).toMatch(/^error: --xlsx: \S+ cannot be written: ENOENT/);
  });
});

test("--html writes the same page on every runtime, with each product of the list", async () => {
  const pages = await Promise.all(
    [binary(), ON_BUN, ON_DENO].map(async (program, i) => {
      const file = folder.path(`${i}.html`);
      const { exitCode, stdout, stderr } = await forecast(["list", "--html", file, "--limit", "30"], { program, env });
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
      expect(stderr).toMatch(/^\S+\.html: 30 products\n$/);
      // Runtimes compress the same in other ways.
      return readFileSync(file, "utf8").replaceAll(/(?<=<script type="text\/plain"[^>]*>)[^<]*/g, (packed) =>
        strFromU8(gunzipSync(Buffer.from(packed, "base64"))),
      );
    }),
  );
  expect(pages[1]).toBe(pages[0]);
  expect(pages[2]).toBe(pages[0]);
  const products = json((await list("--json", "--limit", "30")).stdout);
  for (const { product_id, total_predicted_quantity } of products) {
    expect(pages[0]).toContain(`{"id":"${product_id}","name":`);
    expect(pages[0]).toContain(`"total":${total_predicted_quantity},`);
  }
});

test("what has expired is counted, and the rest is written", async () => {
  const [first] = json((await list("--json", "--limit", "1")).stdout);
  const document = redis.cli("GET", `forecast:${first.product_id}`);
  redis.cli("DEL", `forecast:${first.product_id}`);
  const { exitCode, stdout, stderr } = await list("--json", "--weeks", "--limit", "3");
  redis.cli("SET", `forecast:${first.product_id}`, document);
  expect(exitCode).toBe(0);
  expect(json(stdout)).toHaveLength(24);
  expect(stderr).toBe("warning: 1 of 3 products are listed, but their forecast is not in the cache any more\n");
});

test("a cache without a list says what makes one, and an older list that it is one", async () => {
  const index = redis.cli("GET", INDEX_KEY);
  redis.cli("DEL", INDEX_KEY);
  const { exitCode, stdout, stderr } = await list();
  redis.cli("SET", INDEX_KEY, index);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toBe(
    "error: the cache holds no list of products (forecast:index): the last run was of an earlier version, or did not do its work; forecast run makes it\n",
  );
  const orders = new DatabaseSync(database);
  orders.exec(
    "UPDATE OrderItem SET Qty = 'many' WHERE ProductID IN (SELECT ProductID FROM OrderItem GROUP BY 1 LIMIT 9)",
  );
  orders.close();
  expect((await run()).exitCode).toBe(1);
  const older = await list();
  expect(older.exitCode).toBe(0);
  const { last_run } = JSON.parse(redis.cli("GET", METADATA_KEY));
  expect(older.stderr).toMatch(
    new RegExp(`^warning: this is the list of the run of [\\dT:Z-]+; a later one, of ${last_run}, did not do its work`),
  );
});

test("a cache that is away is one line", async () => {
  const { exitCode, stderr } = await forecast(["list"], { env: { REDIS_PORT: "1" } });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: Redis 127\.0\.0\.1:1: .*ECONNREFUSED.*\n$/);
});
