import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import type { SourceCheck } from "../../src/sources/check.ts";
import { openSource, prepareSource, type SourceSettings } from "../../src/sources/registry.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

let folder: Folder;
let database: string;
beforeEach(() => {
  folder = temporaryFolder();
  database = folder.database(orderBook(steadyOrders(["1", "2"])));
});
afterEach(() => folder.remove());

function change(sql: string): void {
  const orders = new DatabaseSync(database);
  orders.exec(sql);
  orders.close();
}

async function checked(settings: SourceSettings): Promise<SourceCheck> {
  const period = { start: parseDay("2019-01-01"), origin: parseDay("2025-11-11") };
  const source = await openSource((await prepareSource(settings, period)).handle);
  return source.check().finally(() => source.close());
}

/** Through the driver, from an endpoint that answers from the SQLite file. */
async function checkedOnServer(): Promise<SourceCheck> {
  const server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  return checked({ kind: "mssql", ...settingsFor(server.port) }).finally(() => server.close());
}

test.each([
  ["SQLite", () => checked({ kind: "sqlite", file: database })],
  ["SQL Server", checkedOnServer],
])("%s with all that the queries need has no problem", async (kind, check) => {
  const before = Date.now();
  const { clock, ...rest } = await check();
  expect(rest).toEqual({ problems: [], missingIndexes: [], newestOrder: "2025-11-04" });
  if (kind === "SQL Server") {
    // A second of rounding.
    expect(clock!).toBeGreaterThan(before - 1000);
    expect(clock!).toBeLessThan(Date.now() + 1000);
  } else expect(clock).toBeUndefined();
});

describe("SQL Server", () => {
  test("names the index that is missing, and the statement that makes it", async () => {
    change("DROP INDEX OrderItemByProduct");
    const { problems, missingIndexes } = await checkedOnServer();
    expect(problems).toEqual([]);
    expect(missingIndexes).toEqual([
      "CREATE INDEX IX_OrderItem_ProductID ON dbo.[OrderItem] (ProductID) INCLUDE (OrderID, Qty);",
    ]);
  });

  test("names each table and column that cannot be read", async () => {
    change("DROP TABLE ClientAgreement; ALTER TABLE OrderItem RENAME COLUMN Qty TO Quantity");
    const { problems, newestOrder } = await checkedOnServer();
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^OrderItem\(OrderID, ProductID, Qty\): .*Invalid column name '.*Qty'/);
    expect(problems[1]).toMatch(/^ClientAgreement\(ID, ClientID\): .*Invalid object name/);
    expect(newestOrder).toBeUndefined();
  });
});

describe("SQLite", () => {
  test("needs no index", async () => {
    change("DROP INDEX OrderItemByProduct; DROP INDEX OrderItemByOrder; DROP INDEX OrderByCreated");
    const { problems, missingIndexes } = await checked({ kind: "sqlite", file: database });
    expect([problems, missingIndexes]).toEqual([[], []]);
  });

  test("names each table and column that cannot be read", async () => {
    change("DROP TABLE ClientAgreement; ALTER TABLE OrderItem RENAME COLUMN Qty TO Quantity");
    await expect(checked({ kind: "sqlite", file: database })).rejects.toThrow(
      /orders\.sqlite: OrderItem\(OrderID, ProductID, Qty\): no such column: .*Qty; ClientAgreement\(ID, ClientID\): no such table/,
    );
  });
});

test("what is read into memory needs no index", async () => {
  const { newestOrder, ...rest } = await checked({ kind: "demo" });
  expect(rest).toEqual({ problems: [], missingIndexes: [], clock: undefined });
  expect(newestOrder).toMatch(/^2025-1[01]-\d\d$/);
});
