import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCache, pinned } from "../../src/caches/registry.ts";
import { SqliteCache } from "../../src/caches/sqlite/cache.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const ENTRY = { key: "forecast:1", value: "{}" };

async function written(name: string): Promise<string> {
  const cache = new SqliteCache(folder.path(name));
  await cache.write([ENTRY], 60);
  await cache.close();
  return folder.path(name);
}

describe("the SQLite cache", () => {
  test("names a missing file when it is read", async () => {
    await expect(new SqliteCache(folder.path("none.sqlite")).read("key")).rejects.toThrow(/no cache at .*none\.sqlite/);
  });

  test("names a file that is no database", async () => {
    await Bun.write(folder.path("text"), "this is no database, but long enough to be looked at as one");
    await expect(new SqliteCache(folder.path("text")).ping()).rejects.toThrow(/text: file is not a database/);
  });

  test("is marked as one", async () => {
    const db = new DatabaseSync(await written("cache.sqlite"), { readOnly: true });
    expect(Number(db.prepare("PRAGMA application_id").get()!.application_id).toString(16)).toBe("46435354");
    db.close();
  });

  test.each([
    ["read", (cache: SqliteCache) => cache.read("forecast:1")],
    ["checked", (cache: SqliteCache) => cache.ping()],
    ["written", (cache: SqliteCache) => cache.write([ENTRY], 60)],
  ])("leaves another database that is %s alone, to the byte", async (_, use) => {
    const orders = folder.database(orderBook(steadyOrders(["1"])));
    const before = readFileSync(orders);
    const cache = new SqliteCache(orders);
    await expect(use(cache)).rejects.toThrow(`${orders} is a SQLite database, but no cache of this program`);
    await cache.close();
    expect(readFileSync(orders).equals(before)).toBe(true);
    expect(readdirSync(folder.path("."))).toEqual(["orders.sqlite"]);
  });

  test("of an earlier version is read as it is, and marked when it is written", async () => {
    const file = await written("old.sqlite");
    const db = new DatabaseSync(file);
    db.exec("PRAGMA application_id = 0");
    const mark = () => db.prepare("PRAGMA application_id").get()!.application_id;
    const cache = new SqliteCache(file);
    expect([await cache.read(ENTRY.key), mark()]).toEqual([ENTRY.value, 0]);
    await cache.write([ENTRY], 60);
    expect(mark()).toBe(0x46435354);
    await cache.close();
    db.exec("PRAGMA application_id = 0; CREATE TABLE more (id)");
    db.close();
    await expect(new SqliteCache(file).write([ENTRY], 60)).rejects.toThrow("no cache of this program");
  });

  test.each([
    ["deleted", () => {}],
    ["replaced", (file: string) => renameSync(file.replace("cache", "other"), file)],
  ])("that was %s is noticed at the next use, and nothing of it is left beside its place", async (_, replace) => {
    await written("other.sqlite");
    const file = await written("cache.sqlite");
    const cache = new SqliteCache(file);
    await cache.write([{ key: "forecast:2", value: "{}" }], 60);
    rmSync(file);
    replace(file);
    const gone = "the file was deleted or replaced; what was written to it is not there";
    await expect(cache.missing(["forecast:2"], 0)).rejects.toThrow(gone);
    await expect(cache.write([ENTRY], 60)).rejects.toThrow(gone);
    await cache.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    const next = new SqliteCache(file);
    await next.write([ENTRY], 60);
    expect(await next.missing([ENTRY.key, "forecast:2"], 0)).toEqual(["forecast:2"]);
    await next.close();
  });

  test("that took the place of the one that was meant is not opened, and gets nothing of its log", async () => {
    const other = await written("other.sqlite");
    const file = folder.path("cache.sqlite");
    const cache = new SqliteCache(file);
    await cache.write([{ key: "forecast:2", value: "{}" }], 60);
    const thread = await openCache(await pinned({ kind: "sqlite", file }));
    expect(await thread.read("forecast:2")).toBe("{}");
    await thread.close();
    const before = readFileSync(other);
    renameSync(other, file);
    const gone = "the file was deleted or replaced";
    await expect(thread.read("forecast:2")).rejects.toThrow(gone);
    await expect(thread.write([ENTRY], 60)).rejects.toThrow(gone);
    await thread.close();
    expect(readFileSync(file).equals(before)).toBe(true);
    await cache.close();
    const next = new SqliteCache(file);
    expect(await next.missing([ENTRY.key, "forecast:2"], 0)).toEqual(["forecast:2"]);
    await next.close();
  });

  test("forgets expired entries when it is checked", async () => {
    let now = 0;
    const cache = new SqliteCache(folder.path("clock.sqlite"), () => now);
    await cache.write([{ key: "old", value: "x" }], 10);
    now = 9_999;
    expect(await cache.read("old")).toBe("x");
    now = 10_000;
    expect(await cache.read("old")).toBeUndefined();
    await cache.ping();
    now = 0;
    expect(await cache.read("old")).toBeUndefined();
    await cache.close();
  });
});
