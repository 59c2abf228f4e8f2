import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { parseDay } from "../../../src/history/calendar.ts";
import { SQL_SERVER } from "../../../src/sources/sqlserver/description.ts";
import { sourceError } from "../../../src/sources/sqlserver/errors.ts";
import { readSqlServerSettings, type SqlServerSettings } from "../../../src/sources/sqlserver/settings.ts";
import { SqlServerSource } from "../../../src/sources/sqlserver/source.ts";
import { Given } from "../../../src/values/given.ts";
import { type Folder, type Line, orderBook, steadyOrders, temporaryFolder } from "../../parts/orders.ts";
import { ROOT } from "../../parts/root.ts";
import { startTdsServer, type TdsServer, type TdsServerOptions } from "../../tds/server.ts";

const PERIOD = { start: parseDay("2019-01-01"), origin: parseDay("2025-11-11") };
const ELIGIBLE = { ...PERIOD, minCustomers: 2, minOrders: 3 };
const LOGIN = { user: "planner", password: "s3cret" };
/** Of this file alone: a SQL Server Browser has a port of its own. */
const ADDRESS = "127.0.0.77";

let folder: Folder;
let orders: string;
beforeAll(() => {
  folder = temporaryFolder();
  orders = folder.database(orderBook(steadyOrders(["1", "2", "3"])));
});
afterAll(() => folder.remove());

async function server(options: Partial<TdsServerOptions> = {}): Promise<TdsServer> {
  const started = await startTdsServer({ database: orders, ...LOGIN, ...options });
  onTestFinished(() => started.close());
  return started;
}

/** A source as its variables set it; the authority is that of the server. */
function sourceOn({ port, certificate }: TdsServer, env: Record<string, string> = {}): SqlServerSource {
  writeFileSync(folder.path(`${port}.pem`), certificate);
  const { DB_PORT = `${port}`, ...more } = env;
  const variables = { DB_HOST: "localhost", DB_NAME: "orders", DB_CA: folder.path(`${port}.pem`), ...more };
  const settings = settingsOf({ ...variables, ...(DB_PORT === "" ? {} : { DB_PORT }) });
  const source = new SqlServerSource({ ...settings, patienceSeconds: 0 });
  onTestFinished(() => source.close());
  return source;
}

function settingsOf(env: Record<string, string>): SqlServerSettings {
  const login = { DB_USER: LOGIN.user, DB_PASSWORD: LOGIN.password, DB_NAME: "orders" };
  return readSqlServerSettings(new Given({}, { ...login, ...env }));
}

async function linesOf(source: SqlServerSource, ids = ["1", "2", "3"]): Promise<number> {
  return (await source.orderLines(ids, PERIOD)).day.length;
}

/** An order database whose ids are texts. @param type of the column that has the ids of products. */
function databaseOfTexts(name: string, type: string, ids: readonly [first: string, ...string[]]): string {
  const file = folder.path(name);
  const db = new DatabaseSync(file);
  db.exec(`CREATE TABLE OrderItem (ID INTEGER PRIMARY KEY, OrderID TEXT, ProductID ${type}, Qty REAL);
    CREATE TABLE "Order" (ID TEXT PRIMARY KEY, Created TEXT, ClientAgreementID TEXT);
    CREATE TABLE ClientAgreement (ID TEXT PRIMARY KEY, ClientID TEXT)`);
  for (const customer of ["A", "B"])
    db.prepare("INSERT INTO ClientAgreement VALUES (?, ?)").run(customer, `${customer}  `);
  for (const [i, [order, , customer, date, quantity]] of steadyOrders(["x"]).entries()) {
    db.prepare('INSERT INTO "Order" VALUES (?, ?, ?)').run(order, date, customer === "1" ? "A" : "B");
    db.prepare("INSERT INTO OrderItem VALUES (?, ?, ?, ?)").run(i, order, ids[i % ids.length]!, quantity);
  }
  db.close();
  return file;
}

test.each([100, 110, 120, 130, 160])(
  "order lines are the same at compatibility level %d",
  async (compatibilityLevel) => {
    const source = sourceOn(await server({ compatibilityLevel }));
    expect((await source.eligibleProducts(ELIGIBLE)).map(({ id }) => id)).toEqual(["1", "2", "3"]);
    const { product, day, quantity } = await source.orderLines(["3", "1"], PERIOD);
    const usual = await sourceOn(await server()).orderLines(["3", "1"], PERIOD);
    expect({ product, day, quantity }).toEqual({ product: usual.product, day: usual.day, quantity: usual.quantity });
    expect(await linesOf(source, [])).toBe(0);
  },
);

test("ids of any characters arrive at compatibility level 100", async () => {
  const ids = ["a'b", 'a"b', "<a&b>", "a\tb\nc", "ä漢😀"];
  const lines = ids.flatMap((id, i) =>
    steadyOrders(["1"], "2025-11-11", 4 + i).map((line): Line => [`${id}${line[0]}`, id, ...rest(line)]),
  );
  const database = folder.database(orderBook(lines));
  const source = sourceOn(await server({ database, compatibilityLevel: 100 }));
  const { product } = await source.orderLines(ids, PERIOD);
  expect(ids.map((_, i) => product.filter((position) => position === i).length)).toEqual([4, 5, 6, 7, 8]);
  folder.database(orderBook(steadyOrders(["1", "2", "3"])));
});

function rest([, , customer, date, quantity]: Line) {
  return [customer, date, quantity] as const;
}

test("columns of different collations are compared, and ids as their column compares itself", async () => {
  const collations = {
    "OrderItem.ProductID": "Latin1_General_CS_AS",
    "OrderItem.OrderID": "SQL_Latin1_General_CP1_CI_AS",
    "Order.ID": "Latin1_General_100_CI_AS",
    "Order.ClientAgreementID": "Latin1_General_100_CI_AS",
    "ClientAgreement.ID": "German_PhoneBook_CI_AS",
  };
  const tds = await server({ database: databaseOfTexts("collations.sqlite", "TEXT", ["x"]), collations });
  const source = sourceOn(tds);
  expect((await source.eligibleProducts(ELIGIBLE)).map(({ id }) => id)).toEqual(["x"]);
  expect(await linesOf(source, ["x"])).toBe(60);
  const [statement] = tds.statements.filter((sql) => sql.includes("OPENJSON"));
  expect(statement).toContain("COLLATE Latin1_General_CS_AS AS ID");
  expect(statement).toContain("oi.OrderID COLLATE Latin1_General_100_CI_AS = o.ID");
  expect(statement).toContain("o.ClientAgreementID COLLATE German_PhoneBook_CI_AS = ca.ID");
});

test("a product that is spelled in several ways is one, under the same id each night, with all its lines", async () => {
  const collations = { "OrderItem.ProductID": "Latin1_General_CI_AS" };
  const database = databaseOfTexts("cases.sqlite", "TEXT COLLATE NOCASE", ["ab-1", "AB-1", "Ab-1"]);
  const source = sourceOn(await server({ database, collations }));
  expect(await source.eligibleProducts(ELIGIBLE)).toMatchObject([{ id: "AB-1", orders: 60 }]);
  expect(await linesOf(source, ["AB-1"])).toBe(60);
});

test("spaces that CHAR puts behind an id are no part of it, nor of a customer's", async () => {
  const collations = { "OrderItem.ProductID": "Latin1_General_CI_AS" };
  const database = databaseOfTexts("padded.sqlite", "TEXT COLLATE RTRIM", ["AB-1      "]);
  const source = sourceOn(await server({ database, collations }));
  expect((await source.eligibleProducts(ELIGIBLE)).map(({ id }) => id)).toEqual(["AB-1"]);
  const { day, customers } = await source.orderLines(["AB-1"], PERIOD);
  expect(day).toHaveLength(60);
  expect([...customers].sort()).toEqual(["A", "B"]);
});

test("a named instance is found by its address, and its certificate is that of the address", async () => {
  const tds = await server({ address: ADDRESS, instance: "SALES", certifiedFor: [ADDRESS] });
  expect(await linesOf(sourceOn(tds, { DB_HOST: `${ADDRESS}\\sales`, DB_PORT: "" }))).toBe(180);
  const other = sourceOn(tds, { DB_HOST: `${ADDRESS}\\OTHER`, DB_PORT: "" });
  await expect(linesOf(other)).rejects.toThrow(
    /^SQL Server 127\.0\.0\.77\\OTHER: .*Port for OTHER not found.*\(there is no such instance, .*: check DB_HOST\)$/,
  );
});

test("a named instance whose certificate is for another name is not told the password", async () => {
  const tds = await server({ address: ADDRESS, instance: "SALES", certifiedFor: ["elsewhere"] });
  const source = sourceOn(tds, { DB_HOST: `${ADDRESS}\\SALES`, DB_PORT: "" });
  await expect(linesOf(source)).rejects.toThrow(/does not match certificate/);
  expect(tds.passwords).toEqual([]);
});

test.each([
  ["ETIMEOUT", "Failed to connect to db\\SALES in 15000ms"],
  ["EINSTLOOKUP", "Failed to get response from SQL Server Browser on db"],
])("an instance that no SQL Server Browser tells of (%s) says what to do", (code, message) => {
  const settings = settingsOf({ DB_HOST: "db\\SALES" });
  expect(sourceError(Object.assign(new Error(message), { code }), settings).message).toMatch(
    /^SQL Server db\\SALES: .*UDP port 1434 get through\? Or set DB_PORT to the port of the instance, and DB_HOST without it\)$/,
  );
});

test("README and the file that ships grant what doctor names, and no more", () => {
  const settings = settingsOf({ DB_HOST: "db", DB_USER: "forecast" });
  const grants = SQL_SERVER.grants!(settings)
    .split("; ")
    .map((grant) => grant.replace(";", ""));
  for (const file of ["README.md", "build/sql-server-grants.sql"]) {
    const listed = readFileSync(join(ROOT, file), "utf8").match(/GRANT SELECT ON dbo[^;]+/g);
    expect(listed?.toSorted()).toEqual(grants.toSorted());
  }
});

test("a port beside an instance is refused, and is not left out in silence", () => {
  expect(() => settingsOf({ DB_HOST: "db\\SALES", DB_PORT: "1435" })).toThrow(
    "DB_HOST names the instance SALES, whose port SQL Server Browser tells, and DB_PORT a port; " +
      "leave DB_PORT out, or set DB_HOST=db",
  );
  expect(() => settingsOf({ DB_HOST: "db\\" })).toThrow(/^DB_HOST: .* it takes a name or an address/);
});

test.each(["db,1433", "db:1433", "tcp:db", "db/SALES", "[::1]", "db\\SALES,1433"])("DB_HOST=%s is refused", (host) => {
  expect(() => settingsOf({ DB_HOST: host })).toThrow(/^DB_HOST: .* a port goes into DB_PORT$/);
});

test("a server that listens at none of its addresses is told with what each has answered", async () => {
  const source = new SqlServerSource({ ...settingsOf({ DB_HOST: "localhost", DB_PORT: "1" }), patienceSeconds: 0 });
  onTestFinished(() => source.close());
  await expect(source.check()).rejects.toThrow(/^SQL Server localhost:1: .* - (.* ECONNREFUSED \S+:1(, )?)+/);
});

test("with DB_READ_ONLY_INTENT a replica answers, whose certificate is checked, and without it the server itself", async () => {
  const replica = await server({ certifiedFor: ["localhost"] });
  const primary = await server({
    certifiedFor: ["127.0.0.1"],
    routesReadersTo: { host: "localhost", port: replica.port },
  });
  writeFileSync(folder.path("both.pem"), `${primary.certificate}${replica.certificate}`);
  const env = { DB_HOST: "127.0.0.1", DB_CA: folder.path("both.pem") };
  expect(await linesOf(sourceOn(primary, env))).toBe(180);
  expect(replica.statements).toEqual([]);
  expect(await linesOf(sourceOn(primary, { ...env, DB_READ_ONLY_INTENT: "true" }))).toBe(180);
  expect(replica.statements).toHaveLength(2);
  const logins = replica.passwords.length;
  const believed = sourceOn(primary, { DB_HOST: "127.0.0.1", DB_READ_ONLY_INTENT: "true" });
  await expect(linesOf(believed)).rejects.toThrow(
    /certificate is not trusted.*DB_CA has another certificate authority/,
  );
  expect(replica.passwords).toHaveLength(logins);
});

test("DB_ENCRYPT=strict speaks TLS before anything else, and checks name and authority before the login", async () => {
  const tds = await server({ certifiedFor: ["localhost"] });
  expect(await linesOf(sourceOn(tds, { DB_ENCRYPT: "strict" }))).toBe(180);
  const logins = tds.passwords.length;
  await expect(linesOf(sourceOn(tds, { DB_ENCRYPT: "strict", DB_HOST: "127.0.0.1" }))).rejects.toThrow(
    /does not match certificate.*\(name the server in DB_HOST as its certificate does\)$/,
  );
  writeFileSync(folder.path("other.pem"), (await server()).certificate);
  const other = sourceOn(tds, { DB_ENCRYPT: "strict", DB_CA: folder.path("other.pem") });
  await expect(linesOf(other)).rejects.toThrow(/\(DB_CA has another certificate authority than its own\)$/);
  expect(tds.passwords).toHaveLength(logins);
});

test("DB_ENCRYPT=strict at an address, and at a server that does not know it", async () => {
  const tds = await server({ certifiedFor: ["127.0.0.1"] });
  expect(await linesOf(sourceOn(tds, { DB_ENCRYPT: "strict", DB_HOST: "127.0.0.1" }))).toBe(180);
  const old = sourceOn(await server({ encrypt: false }), { DB_ENCRYPT: "strict" });
  await expect(linesOf(old)).rejects.toThrow(
    /\(does the server know TDS 8\? DB_ENCRYPT=true is for those that do not\)$/,
  );
  expect(() => settingsOf({ DB_HOST: "db", DB_ENCRYPT: "strict", DB_TRUST_SERVER_CERTIFICATE: "true" })).toThrow(
    /^DB_TRUST_SERVER_CERTIFICATE: true is not allowed with DB_ENCRYPT=strict/,
  );
});
