import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDay } from "../../../src/history/calendar.ts";
import { MemorySource } from "../../../src/sources/memory/source.ts";
import { readSqlite } from "../../../src/sources/sqlite/reader.ts";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";

const PERIOD = { start: parseDay("2025-01-01"), origin: parseDay("2025-06-01") };
const ELIGIBLE = `
  SELECT MIN(CAST(oi.ProductID AS TEXT)) AS id, COUNT(DISTINCT o.ID) AS orders
  FROM OrderItem oi JOIN "Order" o ON oi.OrderID = o.ID JOIN ClientAgreement ca ON o.ClientAgreementID = ca.ID
  WHERE o.Created >= '2025-01-01' AND o.Created < '2025-06-01' AND oi.ProductID IS NOT NULL
  GROUP BY oi.ProductID HAVING COUNT(DISTINCT ca.ClientID) >= 2 AND COUNT(DISTINCT o.ID) >= 3`;
const LINES = `
  SELECT CAST(oi.Qty AS REAL) AS quantity, substr(o.Created, 1, 10) AS day
  FROM OrderItem oi JOIN "Order" o ON oi.OrderID = o.ID JOIN ClientAgreement ca ON o.ClientAgreementID = ca.ID
  WHERE o.Created >= '2025-01-01' AND o.Created < '2025-06-01' AND oi.Qty IS NOT NULL
    AND (oi.ProductID = ?1 OR oi.ProductID = CAST(?1 AS INTEGER))`;

let folder: Folder;
let files = 0;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

interface Columns {
  readonly orderId?: string;
  readonly lineOrderId?: string;
  readonly productId?: string;
  readonly agreementId?: string;
  readonly orderAgreementId?: string;
  readonly clientId?: string;
  readonly qty?: string;
}

/** A database whose columns are of these types; `more` is run at the end. Ten products in orders of four customers. */
function database(columns: Columns, more = "", id = (text: string) => text): string {
  const file = folder.path(`${++files}.sqlite`);
  const db = new DatabaseSync(file);
  const { orderId = "", lineOrderId = "", productId = "", agreementId = "", clientId = "" } = columns;
  const { orderAgreementId = "", qty = "" } = columns;
  db.exec(`
    CREATE TABLE ClientAgreement (ID ${agreementId}, ClientID ${clientId});
    CREATE TABLE "Order" (ID ${orderId}, Created TEXT, ClientAgreementID ${orderAgreementId});
    CREATE TABLE OrderItem (ID INTEGER PRIMARY KEY, OrderID ${lineOrderId}, ProductID ${productId}, Qty ${qty});`);
  for (let customer = 1; customer <= 4; customer++) {
    db.exec(`INSERT INTO ClientAgreement VALUES (${id(`${customer}`)}, ${id(`${100 + customer}`)})`);
  }
  for (let order = 1; order <= 40; order++) {
    const day = `2025-0${1 + (order % 6)}-1${order % 10} 10:00:00`;
    db.exec(`INSERT INTO "Order" VALUES (${id(`${order}`)}, '${day}', ${id(`${1 + (order % 4)}`)})`);
    for (let line = 0; line < 3; line++) {
      const product = 1 + ((order * (line + 1)) % 10);
      db.exec(
        `INSERT INTO OrderItem (OrderID, ProductID, Qty) VALUES (${id(`${order}`)}, ${id(`${product}`)}, ${order}.5)`,
      );
    }
  }
  db.exec(more);
  db.close();
  return file;
}

/** Says of each eligible product the number of its orders, and its lines. */
async function read(file: string) {
  const source = new MemorySource(await readSqlite(file, PERIOD));
  const eligible = await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 3 });
  const products = eligible.map(async ({ id, orders }) => {
    const { quantity, day } = await source.orderLines([id], PERIOD);
    return [id.toUpperCase(), { orders, lines: Array.from(quantity, (q, i) => `${q} ${day[i]}`).sort() }] as const;
  });
  return Object.fromEntries(await Promise.all(products));
}

/** The same by SQL alone. */
function bySql(file: string) {
  const db = new DatabaseSync(file, { readOnly: true });
  const linesOf = db.prepare(LINES);
  const products = db
    .prepare(ELIGIBLE)
    .all()
    .map(({ id, orders }) => {
      const lines = linesOf.all(id!).map(({ quantity, day }) => `${quantity} ${parseDay(String(day))}`);
      return [String(id).toUpperCase(), { orders, lines: lines.sort() }] as const;
    });
  db.close();
  return Object.fromEntries(products);
}

const asText = (text: string) => `'${text}'`;
const ALL_TEXT: Columns = {
  ...{ orderId: "TEXT", lineOrderId: "TEXT", productId: "TEXT", agreementId: "TEXT" },
  ...{ orderAgreementId: "TEXT", clientId: "TEXT", qty: "TEXT" },
};
const INTEGERS: Columns = {
  ...{ orderId: "INTEGER PRIMARY KEY", lineOrderId: "INTEGER", productId: "INTEGER", agreementId: "INTEGER" },
  ...{ orderAgreementId: "INTEGER", clientId: "INTEGER", qty: "NUMERIC" },
};
const IGNORING_CASE = Object.fromEntries(Object.keys(ALL_TEXT).map((column) => [column, "TEXT COLLATE NOCASE"]));
const LARGE = (text: string) => `${9007199254740993n + BigInt(text)}`;

describe("ids are compared as SQL does", () => {
  test.each<[string, () => string]>([
    ["all are integers", () => database(INTEGERS)],
    ["all are integers that no double holds", () => database(INTEGERS, "", LARGE)],
    ["all columns are text, quantities too", () => database(ALL_TEXT, "", asText)],
    ["an order's id is text in its lines", () => database({ ...INTEGERS, lineOrderId: "TEXT" })],
    ["a large order's id is text in its lines", () => database({ ...INTEGERS, lineOrderId: "TEXT" }, "", LARGE)],
    ["an agreement's id is text in its orders", () => database({ ...INTEGERS, orderAgreementId: "TEXT" })],
    ["numbers are not stored as integers", () => database({ ...INTEGERS, orderId: "REAL", lineOrderId: "INTEGER" })],
    [
      "case does not count",
      () =>
        database(
          IGNORING_CASE,
          "UPDATE OrderItem SET OrderID = lower(OrderID), ProductID = iif(ID % 2, lower(ProductID), ProductID); UPDATE ClientAgreement SET ClientID = lower(ClientID) WHERE ID LIKE '%1'",
          (text) => `'X${text}'`,
        ),
    ],
    [
      "case counts",
      () =>
        database(ALL_TEXT, "UPDATE OrderItem SET ProductID = lower(ProductID) WHERE ID % 2", (text) => `'X${text}'`),
    ],
    [
      "an order is there twice",
      () =>
        database(
          { ...INTEGERS, orderId: "INTEGER" },
          `INSERT INTO "Order" SELECT ID, Created, 1 + ClientAgreementID % 4 FROM "Order" WHERE ID < 9`,
        ),
    ],
    ["an agreement is there twice", () => database(INTEGERS, "INSERT INTO ClientAgreement VALUES (1, 105)")],
    ["columns have no type", () => database({})],
    [
      "products and customers are texts, orders numbers",
      () => database({ ...INTEGERS, productId: "TEXT", clientId: "TEXT" }),
    ],
    [
      "the case of products does not count, and orders are numbers",
      () =>
        database(
          { ...INTEGERS, productId: "TEXT COLLATE NOCASE", clientId: "TEXT" },
          "UPDATE OrderItem SET ProductID = iif(ID % 2, 'x', 'X') || ProductID",
        ),
    ],
    [
      "the case of customers does not count, and orders are numbers",
      () =>
        database(
          { ...INTEGERS, clientId: "TEXT COLLATE NOCASE" },
          `UPDATE ClientAgreement SET ClientID = 'x' || ClientID;
           INSERT INTO ClientAgreement VALUES (5, 'X101');
           UPDATE "Order" SET ClientAgreementID = 5 WHERE ID % 8 = 4`,
        ),
    ],
    [
      "an order has no id, a line no order",
      () =>
        database(
          { ...INTEGERS, orderId: "INTEGER" },
          `INSERT INTO "Order" VALUES (NULL, '2025-02-02', 1); INSERT INTO OrderItem (OrderID, ProductID, Qty) VALUES (NULL, 1, 1)`,
        ),
    ],
  ])("where %s", async (_name, make) => {
    const file = make();
    const expected = bySql(file);
    expect(Object.keys(expected).length).toBeGreaterThan(5);
    expect(await read(file)).toEqual(expected);
  });

  test("or the reading ends, where a number and a text would share a document", async () => {
    const file = database({}, "UPDATE OrderItem SET ProductID = '5' WHERE ProductID = 5 AND ID % 2");
    await expect(read(file)).rejects.toThrow(
      /OrderItem\.ProductID has 5 as a number and as a text: these are two ids$/,
    );
  });

  test("or it ends, where an id is neither a number nor a text", async () => {
    const file = database({}, "UPDATE OrderItem SET ProductID = x'00ff' WHERE ID = 7");
    await expect(read(file)).rejects.toThrow(/OrderItem\.ProductID has an id that is neither a number nor a text$/);
  });
});

describe("lines are read as SQL does", () => {
  const OTHER_TABLE = "ALTER TABLE OrderItem RENAME TO Item;";
  test.each([
    [
      "they are more than are read at once",
      "INSERT INTO OrderItem (OrderID, ProductID, Qty) SELECT i.OrderID, i.ProductID, i.Qty + n.ID FROM OrderItem i, OrderItem n, ClientAgreement",
    ],
    ["their row ids are negative and far apart", "UPDATE OrderItem SET ID = (ID - 60) * 1000000"],
    [
      "their row ids are at both ends",
      "UPDATE OrderItem SET ID = CASE WHEN ID % 2 THEN -9223372036854775808 + ID ELSE 9223372036854775687 + ID END",
    ],
    ["they are a view", `${OTHER_TABLE} CREATE VIEW OrderItem AS SELECT * FROM Item`],
    [
      "their table has no row ids",
      `${OTHER_TABLE} CREATE TABLE OrderItem (ID INTEGER PRIMARY KEY, OrderID, ProductID, Qty) WITHOUT ROWID;
       INSERT INTO OrderItem SELECT * FROM Item`,
    ],
    [
      "a column has the name of the row id",
      `${OTHER_TABLE} CREATE TABLE OrderItem (_rowid_ TEXT, OrderID, ProductID, Qty);
       INSERT INTO OrderItem SELECT 'x', OrderID, ProductID, Qty FROM Item`,
    ],
  ])("where %s", async (_name, more) => {
    const file = database(INTEGERS, more);
    expect(await read(file)).toEqual(bySql(file));
  });
});

describe("what is wrong with a line counts against its product", () => {
  const faulty = async (columns: Columns, more: string, id?: (text: string) => string) => {
    const source = new MemorySource(await readSqlite(database(columns, more, id), PERIOD));
    const eligible = await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 3 });
    expect(eligible.map((product) => product.id)).toContain("3");
    await expect(source.orderLines(["4"], PERIOD)).resolves.toBeDefined();
    return source.orderLines(["3"], PERIOD).catch((error: Error) => error.message);
  };

  test.each([
    ["a text in place of a quantity", INTEGERS, "UPDATE OrderItem SET Qty = 'three' WHERE ProductID = 3", undefined],
    ["an empty text in place of a quantity", ALL_TEXT, "UPDATE OrderItem SET Qty = '' WHERE ProductID = '3'", asText],
    ["an infinite quantity", INTEGERS, "UPDATE OrderItem SET Qty = 9e999 WHERE ProductID = 3", undefined],
  ] as const)("%s", async (_name, columns, more, id) => {
    expect(await faulty(columns, more, id)).toMatch(
      /^product 3: quantity ".*" of an order line is not a finite number$/,
    );
  });

  test.each([
    ["01/02/2025", "'01/02/2025'"],
    ["1735689600", "1735689600"],
    ["2025-02-30", "'2025-02-30'"],
  ])("the date %s", async (_name, date) => {
    const more = `UPDATE "Order" SET Created = ${date} WHERE ID IN (SELECT OrderID FROM OrderItem WHERE ProductID = 3) AND ID NOT IN (SELECT OrderID FROM OrderItem WHERE ProductID = 4)`;
    expect(await faulty({ ...INTEGERS }, more)).toMatch(
      /^product 3: date ".*" of an order line is not a date that begins YYYY-MM-DD$/,
    );
  });
});
