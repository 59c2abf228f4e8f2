import sql from "mssql";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { startTdsServer, type TdsServer } from "./server.ts";

let folder: Folder;
let encrypted: TdsServer;
let plain: TdsServer;
const pools: sql.ConnectionPool[] = [];
const [start, end] = [parseDay("2019-01-01"), parseDay("2025-11-11")];
const book = simulateOrders({ seed: 3, products: 500, customers: 300, start, end });

beforeAll(async () => {
  folder = temporaryFolder();
  const options = { database: folder.database(book), user: "planner", password: "pä$s=wörd" };
  encrypted = await startTdsServer(options);
  plain = await startTdsServer({ ...options, encrypt: false });
});
afterAll(async () => {
  await encrypted.close();
  await plain.close();
  folder.remove();
});
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
  encrypted.setFaults({});
});

async function connected(server = encrypted, password = "pä$s=wörd"): Promise<sql.ConnectionPool> {
  const pool = await new sql.ConnectionPool({
    ...{ server: "localhost", port: server.port, user: "planner", password, database: "orders" },
    requestTimeout: 2000,
    options: { encrypt: server === encrypted, trustServerCertificate: true },
  }).connect();
  pools.push(pool);
  return pool;
}

test.each([["encrypted"], ["plain"]])("the driver logs in and gets every type of column, %s", async (kind) => {
  const pool = await connected(kind === "plain" ? plain : encrypted);
  const { recordset } = await pool.query(
    "SELECT 1 AS int, -2147483649 AS bigint, 9007199254740993 AS exact, 2.5 AS decimal, 1e300 AS float, 'ä漢' AS text, NULL AS none",
  );
  expect({ ...recordset[0] }).toEqual({
    int: 1,
    bigint: "-2147483649",
    exact: "9007199254740993",
    decimal: 2.5,
    float: 1e300,
    text: "ä漢",
    none: null,
  });
});

test("every type of parameter arrives", async () => {
  const request = (await connected())
    .request()
    .input("text", sql.NVarChar(50), "ä漢")
    .input("long", sql.NVarChar(sql.MAX), "x".repeat(100_000))
    .input("ascii", sql.VarChar(50), "abc")
    .input("int", sql.Int, -5)
    .input("tiny", sql.TinyInt, 200)
    .input("big", sql.BigInt, "9007199254740993")
    .input("bit", sql.Bit, true)
    .input("float", sql.Float, 0.1)
    .input("decimal", sql.Decimal(18, 3), -2.5)
    .input("date", sql.Date, "2024-02-29")
    .input("none", sql.NVarChar(50), null);
  const { recordset } = await request.query(
    "SELECT @text AS text, length(@long) AS long, @ascii AS ascii, @int AS int, @tiny AS tiny, @big AS big, " +
      "@bit AS bit, @float AS float, @decimal AS decimal, @date AS date, @none AS none",
  );
  expect({ ...recordset[0] }).toEqual({
    ...{ text: "ä漢", long: 100_000, ascii: "abc", int: -5, tiny: 200, big: "9007199254740993", bit: 1 },
    ...{ float: 0.1, decimal: -2.5, date: "2024-02-29", none: null },
  });
});

test("a wrong password is refused as SQL Server does", async () => {
  await expect(connected(encrypted, "wrong")).rejects.toMatchObject({
    code: "ELOGIN",
    message: "Login failed for user 'planner'.",
  });
});

test("all rows of a long answer stream, also when they are paused", async () => {
  const request = (await connected()).request();
  request.stream = true;
  let rows = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  request.on("row", () => {
    rows++;
    if (rows % 20_000 !== 0) return;
    request.pause();
    setTimeout(() => request.resume(), 5);
  });
  request.on("error", reject).on("done", () => resolve());
  request.query("SELECT ID, OrderID, ProductID, Qty FROM dbo.OrderItem");
  await promise;
  expect(rows).toBe(book.lines.day.length);
});

test("a missing table and a missing column have SQL Server's error numbers", async () => {
  const pool = await connected();
  await expect(pool.query("SELECT * FROM dbo.Missing")).rejects.toMatchObject({
    number: 208,
    message: "Invalid object name 'dbo.Missing'.",
  });
  await expect(pool.query("SELECT Missing FROM dbo.Product")).rejects.toMatchObject({ number: 207 });
  expect((await pool.query("SELECT 1 AS still")).recordset[0].still).toBe(1);
});

test("an error strikes as often as planned", async () => {
  encrypted.setFaults({
    errorNumber: { number: 1205, message: "deadlock", severity: 13, times: 1, statementMatches: /Client/ },
  });
  const pool = await connected();
  await expect(pool.query("SELECT ID FROM dbo.Client")).rejects.toMatchObject({ number: 1205, message: "deadlock" });
  expect((await pool.query("SELECT ID FROM dbo.Client")).recordset.length).toBeGreaterThan(100);
});

test("a connection breaks after as many rows as planned", async () => {
  encrypted.setFaults({ dropAfterRows: { rows: 100, times: 1 } });
  const request = (await connected()).request();
  request.stream = true;
  let rows = 0;
  const error = await new Promise((resolve) => {
    request.on("row", () => rows++).on("error", resolve);
    request.query("SELECT ID FROM dbo.OrderItem");
  });
  expect(error).toMatchObject({ code: expect.stringMatching(/ECONNCLOSED|ESOCKET|ECONNRESET/) });
  expect(rows).toBeLessThanOrEqual(100);
});

test("an answer that falls silent can be cancelled", async () => {
  encrypted.setFaults({ stallAfterRows: { rows: 100, times: 1 } });
  const pool = await connected();
  const request = pool.request();
  request.stream = true;
  const ended = new Promise<unknown>((resolve) => {
    request.on("error", resolve).on("done", () => resolve("done"));
    request.query("SELECT ID FROM dbo.OrderItem");
  });
  setTimeout(() => request.cancel(), 200);
  expect(await ended).toMatchObject({ code: "ECANCEL" });
  expect((await pool.query("SELECT 1 AS still")).recordset[0].still).toBe(1);
});

test("a connection that ends in good order in place of an answer is what the driver makes of it", async () => {
  encrypted.setFaults({ endInstead: { statementMatches: /Client/, times: 1 } });
  const pool = await connected();
  await expect(pool.query("SELECT ID FROM dbo.Client")).rejects.toThrow(
    /unexpected end of message stream|socket hang up/,
  );
  expect((await pool.query("SELECT 1 AS still")).recordset[0].still).toBe(1);
});

test("errors have a state and a class, and one of class 20 ends the connection", async () => {
  const killed = { number: 596, message: "session killed", state: 3, severity: 21 };
  encrypted.setFaults({ errorNumber: { ...killed, statementMatches: /Client/ } });
  const pool = await connected();
  const error = await pool.query("SELECT ID FROM dbo.Client").catch((cause) => cause);
  expect(error).toMatchObject({ number: 596, state: 3, class: 21 });
  await expect.poll(() => encrypted.connections()).toBe(0);
});

test("a login is refused with errors in their order", async () => {
  const errors = [
    { number: 4060, message: "no such database", severity: 11 },
    { number: 18456, message: "login failed", state: 38, severity: 14 },
  ];
  encrypted.setFaults({ refuseLogin: { errors, times: 1 } });
  const said: unknown[] = [];
  const pool = new sql.ConnectionPool({
    ...{ server: "localhost", port: encrypted.port, user: "planner", password: "pä$s=wörd", database: "orders" },
    options: { encrypt: true, trustServerCertificate: true, maxRetriesOnTransientErrors: 0 },
    beforeConnect: (connection) => connection.on("errorMessage", ({ number, state }) => said.push([number, state])),
  });
  await expect(pool.connect()).rejects.toMatchObject({ code: "ELOGIN" });
  expect(said).toEqual([
    [4060, 1],
    [18456, 38],
  ]);
});

test("a server that is shut down takes no connection until it is there again", async () => {
  const up = await encrypted.shutDown();
  await expect(connected()).rejects.toMatchObject({ code: "ESOCKET" });
  await up();
  expect((await (await connected()).query("SELECT 1 AS still")).recordset[0].still).toBe(1);
});

test("an id that is no number fails where ids are numbers", async () => {
  const request = (await connected()).request().input("product_ids", sql.NVarChar(sql.MAX), '["1", "x"]');
  await expect(request.query("SELECT value FROM OPENJSON(@product_ids)")).rejects.toMatchObject({ number: 8114 });
});

test("a server that only accepts lets the driver's own timeout strike", async () => {
  encrypted.setFaults({ acceptOnly: true });
  const pool = new sql.ConnectionPool({
    ...{ server: "localhost", port: encrypted.port, user: "planner", password: "x", database: "orders" },
    connectionTimeout: 500,
    options: { encrypt: true, trustServerCertificate: true },
  });
  await expect(pool.connect()).rejects.toMatchObject({ code: "ETIMEOUT" });
});
