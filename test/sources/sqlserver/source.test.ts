import { afterAll, beforeAll, expect, test } from "vitest";
import { parseDay } from "../../../src/history/calendar.ts";
import { SqlServerSource } from "../../../src/sources/sqlserver/source.ts";
import { type Folder, type Line, orderBook, steadyOrders, temporaryFolder } from "../../parts/orders.ts";
import { settingsFor } from "../../parts/sql-server.ts";
import { startTdsServer, type TdsServer } from "../../tds/server.ts";

/** The first customer of an order database has two agreements. */
const OF_ONE_CUSTOMER = ["01", "02", "03"].map((day): Line => [`o${day}`, "3", "7", `2025-10-${day}`, 1]);
const PERIOD = { start: parseDay("2019-01-01"), origin: parseDay("2025-11-11") };

let folder: Folder;
let server: TdsServer;
beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(orderBook([...OF_ONE_CUSTOMER, ...steadyOrders(["1", "2"], "2025-11-11", 60)]));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

test("an answer that takes longer than the query timeout, but never stalls so long, arrives whole", async () => {
  const source = new SqlServerSource({ ...settingsFor(server.port), queryTimeoutSeconds: 3 });
  server.setFaults({ pauseAfterRows: { rows: 20, ms: 700 } });
  const lines = await source.orderLines(["1", "2"], PERIOD).finally(() => source.close());
  expect(lines.day).toHaveLength(120);
  expect(server.statements.filter((statement) => statement.includes("OPENJSON"))).toHaveLength(1);
});

test("a customer with several agreements is one customer", async () => {
  const source = new SqlServerSource(settingsFor(server.port));
  server.setFaults({});
  const eligible = (minCustomers: number) => source.eligibleProducts({ ...PERIOD, minCustomers, minOrders: 3 });
  const ids = [await eligible(1), await eligible(2)].map((products) => products.map(({ id }) => id));
  await source.close();
  expect(ids).toEqual([
    ["1", "2", "3"],
    ["1", "2"],
  ]);
});

test("names are asked for with their ids, and whether a table has names once", async () => {
  const source = new SqlServerSource(settingsFor(server.port));
  server.setFaults({});
  const before = server.statements.length;
  for (const id of ["1", "2"]) await source.names([id], ["7"]);
  await source.close();
  const asked = server.statements.slice(before);
  expect(asked.filter((statement) => statement.includes("COL_LENGTH"))).toHaveLength(2);
  expect(asked.filter((statement) => statement.includes("OPENJSON(@ids)"))).toHaveLength(4);
  // And once what kind of database it is.
  expect(asked.filter((statement) => statement.includes("compatibility_level"))).toHaveLength(1);
  expect(asked).toHaveLength(7);
});
