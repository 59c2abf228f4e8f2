import { DatabaseSync } from "node:sqlite";
import sql from "mssql";
import type { SqlServerSettings } from "../../src/sources/sqlserver/settings.ts";
import { startTdsServer } from "../tds/server.ts";

export interface TestSqlServer {
  readonly settings: SqlServerSettings;
  stop(): Promise<void>;
}

/**
 * A SQL Server with the orders of a SQLite file: the one at FORECAST_TEST_MSSQL_URL (an mssql connection string to a
 * database that may be filled and emptied), or else the endpoint of test/tds.
 */
export async function sqlServer(file: string): Promise<TestSqlServer> {
  const url = process.env.FORECAST_TEST_MSSQL_URL;
  return url ? realServer(url, file) : endpoint(file);
}

async function endpoint(file: string): Promise<TestSqlServer> {
  const server = await startTdsServer({ database: file, user: "planner", password: "s3cret" });
  return { settings: settingsFor(server.port), stop: () => server.close() };
}

export function settingsFor(port: number): SqlServerSettings {
  return {
    host: "localhost",
    port,
    database: "orders",
    user: "planner",
    password: "s3cret",
    queryTimeoutSeconds: 60,
    patienceSeconds: 300,
    encrypt: true,
    trustServerCertificate: true,
  };
}

/** The program's environment for these settings. */
export function environmentOf(settings: SqlServerSettings) {
  const { host, port, database, user, password, queryTimeoutSeconds, patienceSeconds } = settings;
  return {
    DB_HOST: host,
    DB_PORT: `${port}`,
    DB_NAME: database,
    DB_USER: user,
    DB_PASSWORD: password,
    DB_QUERY_TIMEOUT: `${queryTimeoutSeconds}`,
    FORECAST_PATIENCE: `${patienceSeconds}s`,
    DB_TRUST_SERVER_CERTIFICATE: "true",
  };
}

const TABLES = {
  Product: { ID: "bigint", Name: "nvarchar(200)" },
  Client: { ID: "bigint", Name: "nvarchar(200)" },
  ClientAgreement: { ID: "bigint", ClientID: "bigint" },
  Order: { ID: "bigint", Created: "datetime2", ClientAgreementID: "bigint" },
  OrderItem: { ID: "bigint", OrderID: "bigint", ProductID: "bigint", Qty: "decimal(18, 3)" },
};
const ROWS_PER_INSERT = 5000;
const LONGEST_WAIT_MS = 600_000;

/** Fills the tables, which are one file of tests' until it stops: another one waits. */
async function realServer(url: string, file: string): Promise<TestSqlServer> {
  const config = sql.ConnectionPool.parseConnectionString(url);
  const pool = await new sql.ConnectionPool({ ...config, requestTimeout: LONGEST_WAIT_MS }).connect();
  const lock = new sql.Transaction(pool);
  await lock.begin();
  await new sql.Request(lock).query(
    `EXEC sp_getapplock @Resource = N'forecast-tests', @LockMode = N'Exclusive', @LockTimeout = ${LONGEST_WAIT_MS}`,
  );
  const drop = async () => {
    for (const table of Object.keys(TABLES)) await pool.query(`DROP TABLE IF EXISTS dbo.[${table}]`);
  };
  await drop();
  const orders = new DatabaseSync(file, { readOnly: true });
  for (const [table, columns] of Object.entries(TABLES)) {
    const names = Object.keys(columns);
    const types = Object.entries(columns);
    const definition = types.map(([name, type]) => `${name} ${type}${name === "ID" ? " PRIMARY KEY" : ""}`);
    await pool.query(`CREATE TABLE dbo.[${table}] (${definition.join(", ")})`);
    const texts = names.map((name) => `CAST("${name}" AS TEXT) AS "${name}"`).join(", ");
    const rows = orders.prepare(`SELECT ${texts} FROM "${table}"`).all();
    const paths = types.map(([name, type]) => `${name} ${type} '$.${name}'`).join(", ");
    const insert = `INSERT INTO dbo.[${table}] (${names.join(", ")}) SELECT ${names.join(", ")} FROM OPENJSON(@rows) WITH (${paths})`;
    for (let first = 0; first < rows.length; first += ROWS_PER_INSERT) {
      const json = JSON.stringify(rows.slice(first, first + ROWS_PER_INSERT));
      await pool.request().input("rows", sql.NVarChar(sql.MAX), json).query(insert);
    }
  }
  orders.close();
  await pool.query("CREATE INDEX OrderItemByProduct ON dbo.OrderItem (ProductID) INCLUDE (OrderID, Qty)");
  return {
    settings: {
      host: config.server,
      port: config.port ?? 1433,
      database: config.database ?? "",
      user: config.user ?? "",
      password: config.password ?? "",
      queryTimeoutSeconds: 30,
      patienceSeconds: 300,
      encrypt: config.options?.encrypt !== false,
      trustServerCertificate: config.options?.trustServerCertificate ?? false,
    },
    stop: async () => {
      await drop();
      await lock.rollback();
      await pool.close();
    },
  };
}
