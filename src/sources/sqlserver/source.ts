import sql from "mssql";
import { formatDay } from "../../history/calendar.ts";
import type { Names } from "../../history/order-book.ts";
import type { OrderLines } from "../../history/order-lines.ts";
import { missingIndexes, type SourceCheck, unreadableTables } from "../check.ts";
import { rankedByOrders } from "../rank.ts";
import {
  type Eligibility,
  type EligibleProduct,
  type Period,
  type Source,
  SourceError,
  type Waits,
} from "../source.ts";
import { ServerConnection } from "./connection.ts";
import { type DatabaseKind, kindIn, SELECT_KIND, USUAL_KIND } from "./database-kind.ts";
import { sourceError } from "./errors.ts";
import {
  idsParameter,
  SELECT_CLOCK,
  SELECT_LEADING_COLUMNS,
  SELECT_NEWEST_ORDER,
  selectEligibleProducts,
  selectNames,
  selectOrderLines,
} from "./queries.ts";
import { Retry } from "./retry.ts";
import { RowReader } from "./rows.ts";
import { placeOf, type SqlServerSettings } from "./settings.ts";

type Row = readonly unknown[];
type Parameters = Record<string, [type: sql.ISqlTypeFactoryWithNoParams | sql.ISqlType, value: unknown]>;

/** Order lines in SQL Server 2008 or later. A read that fails for a passing reason is repeated from its beginning. */
export class SqlServerSource implements Source {
  readonly #settings: SqlServerSettings;
  readonly #retry: Retry;
  #connection: ServerConnection | undefined;
  #isClosed = false;
  #kind: Promise<DatabaseKind> | undefined;
  /** Whether a table has names. */
  readonly #named = new Map<string, boolean>();

  constructor(settings: SqlServerSettings, waits: Waits = () => {}) {
    const { patienceSeconds } = settings;
    this.#settings = settings;
    this.#retry = new Retry(patienceSeconds, {
      began: (error, mostSeconds) =>
        waits(`${sourceError(error, settings).message}: waited for, ${mostSeconds} s at most (FORECAST_PATIENCE)`),
      ended: (seconds) => waits(`SQL Server ${placeOf(settings)}: back after ${Math.round(seconds)} s`),
    });
  }

  async eligibleProducts({ minCustomers, minOrders, ...period }: Eligibility): Promise<EligibleProduct[]> {
    const rows = await this.#read(selectEligibleProducts(await this.#kindOfDatabase()), {
      ...days(period),
      min_customers: [sql.Int, minCustomers],
      min_orders: [sql.Int, minOrders],
    });
    return rankedByOrders(
      rows.map(([id, orders, oldest, newest]) => {
        return { id: String(id), orders: Number(orders), oldest: Number(oldest), newest: Number(newest) };
      }),
    );
  }

  async orderLines(productIds: readonly string[], period: Period): Promise<OrderLines> {
    const kind = await this.#kindOfDatabase();
    const statement = selectOrderLines(kind, productIds.length);
    const parameters: Parameters = {
      product_ids: [sql.NVarChar(sql.MAX), idsParameter(productIds, kind)],
      ...days(period),
    };
    return this.#retrying(async () => {
      const reader = new RowReader(productIds);
      await this.#stream(statement, parameters, (row) => reader.add(row));
      return reader.build();
    });
  }

  async names(productIds: readonly string[], customerIds: readonly string[]): Promise<Names> {
    return {
      products: await this.#namesIn("Product", productIds),
      customers: await this.#namesIn("Client", customerIds),
    };
  }

  async check(): Promise<SourceCheck> {
    // A server that is away is waited for here, once, and not for each of its tables.
    const [clock] = await this.#read(SELECT_CLOCK);
    const problems = await unreadableTables((statement) => this.#read(statement));
    const [newest] = problems.length === 0 ? await this.#read(SELECT_NEWEST_ORDER) : [];
    const createIndex = (table: string, [key = "", ...included]: readonly string[]) =>
      `CREATE INDEX IX_${table}_${key} ON dbo.[${table}] (${key}) INCLUDE (${included.join(", ")});`;
    return {
      problems,
      missingIndexes: missingIndexes(await this.#read(SELECT_LEADING_COLUMNS), createIndex),
      newestOrder: newest?.[0] ? String(newest[0]) : undefined,
      clock: Date.parse(`${clock?.[0]}Z`),
    };
  }

  /** Ends at once what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#disconnect();
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  async #namesIn(table: "Product" | "Client", ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0 || !(await this.#hasNames(table))) return new Map();
    const kind = await this.#kindOfDatabase();
    const rows = await this.#read(selectNames(kind, table, ids.length), {
      ids: [sql.NVarChar(sql.MAX), idsParameter(ids, kind)],
    });
    return new Map(rows.map(([position, name]) => [ids[Number(position)]!, String(name)]));
  }

  /** Asked once of each table. */
  async #hasNames(table: "Product" | "Client"): Promise<boolean> {
    const known = this.#named.get(table);
    if (known !== undefined) return known;
    const [readable] = await this.#read(`SELECT COL_LENGTH(N'dbo.${table}', N'Name') AS Length`);
    this.#named.set(table, Boolean(readable?.[0]));
    return Boolean(readable?.[0]);
  }

  /** Asked once. */
  #kindOfDatabase(): Promise<DatabaseKind> {
    this.#kind ??= this.#read(SELECT_KIND).then(kindIn, (error: SourceError) => {
      this.#kind = undefined;
      if (error.unavailable) throw error;
      return USUAL_KIND;
    });
    return this.#kind;
  }

  #read(statement: string, parameters: Parameters = {}): Promise<Row[]> {
    return this.#retrying(async () => {
      const rows: Row[] = [];
      await this.#stream(statement, parameters, (row) => rows.push(row));
      return rows;
    });
  }

  async #retrying<Result>(read: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#retry.run(read, () => this.#disconnect());
    } catch (error) {
      throw sourceError(error, this.#settings, this.#retry.waitedSeconds);
    }
  }

  async #stream(statement: string, parameters: Parameters, onRow: (row: Row) => void): Promise<void> {
    if (this.#isClosed) throw new SourceError("the source was closed");
    this.#connection ??= new ServerConnection(this.#settings);
    const connection = this.#connection;
    try {
      await connection.open();
      await this.#request(connection, statement, parameters, onRow);
    } catch (error) {
      throw connection.causeOf(error);
    }
  }

  async #request(
    connection: ServerConnection,
    statement: string,
    parameters: Parameters,
    onRow: (row: Row) => void,
  ): Promise<void> {
    const request = connection.request();
    request.stream = true;
    request.arrayRowMode = true;
    for (const [name, [type, value]] of Object.entries(parameters)) request.input(name, type, value);

    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // The driver's own timeout ends with the first packet of the answer: a stalled stream would hang for ever.
    const limit = this.#settings.queryTimeoutSeconds * 1000;
    const timer = setTimeout(() => {
      request.cancel();
      reject(new sql.RequestError(`no answer for ${this.#settings.queryTimeoutSeconds} s`, "ETIMEOUT"));
    }, limit);
    request.on("row", (row: Row) => {
      timer.refresh();
      try {
        onRow(row);
      } catch (error) {
        request.cancel();
        reject(error);
      }
    });
    request.on("error", reject);
    request.on("done", () => resolve());
    request.query(statement).catch(reject);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

function days({ start, origin }: Period): Parameters {
  return { start: [sql.Date, formatDay(start)], origin: [sql.Date, formatDay(origin)] };
}
