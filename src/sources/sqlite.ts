import { existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { formatDay } from "../history/calendar.ts";
import type { OrderLines } from "../history/order-lines.ts";
import { missingIndexes, type Read, type SourceCheck, unreadableTables } from "./check.ts";
import { ELIGIBLE_PRODUCTS, inOrder } from "./eligible-products.ts";
import { RowReader } from "./row-reader.ts";
import { type Eligibility, type EligibleProduct, type Names, type Period, type Source, SourceError } from "./source.ts";

const ORDER_LINES = `
SELECT ids.key, CAST(ca.ClientID AS TEXT), o.Created, CAST(oi.OrderID AS TEXT), oi.Qty
FROM json_each(@product_ids) AS ids
CROSS JOIN dbo.OrderItem oi ON oi.ProductID = ids.value
JOIN dbo.[Order] o ON oi.OrderID = o.ID
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE o.Created >= @start AND o.Created < @origin AND oi.Qty IS NOT NULL`;

/** Tables and columns that an index or a primary key begins with. */
const LEADING_COLUMNS = `
SELECT tables.name, columns.name
FROM dbo.sqlite_schema AS tables
JOIN pragma_index_list(tables.name, 'dbo') AS indexes
JOIN pragma_index_info(indexes.name, 'dbo') AS columns ON columns.seqno = 0
WHERE tables.type = 'table'
UNION ALL
SELECT tables.name, columns.name
FROM dbo.sqlite_schema AS tables
JOIN pragma_table_info(tables.name, 'dbo') AS columns ON columns.pk = 1
WHERE tables.type = 'table'`;

/** Order lines in a SQLite file with the tables OrderItem, Order, ClientAgreement and, if there, Product and Client. */
export class SqliteSource implements Source {
  readonly #file: string;
  readonly #db: DatabaseSync;

  /** @throws SourceError when the file is missing or is not a database. */
  constructor(file: string) {
    this.#file = file;
    if (!existsSync(file)) throw new SourceError(`no order database at ${file}`);
    this.#db = new DatabaseSync(":memory:");
    this.#query("ATTACH DATABASE @file AS dbo", { file });
    this.#query("PRAGMA query_only = ON");
    this.#query("PRAGMA busy_timeout = 30000");
    this.#query("SELECT COUNT(*) FROM dbo.sqlite_schema");
  }

  async eligibleProducts({ minCustomers, minOrders, ...period }: Eligibility): Promise<EligibleProduct[]> {
    const rows = this.#query(ELIGIBLE_PRODUCTS, {
      ...days(period),
      min_customers: minCustomers,
      min_orders: minOrders,
    });
    return inOrder(rows.map(([id, orders]) => ({ id: String(id), orders: Number(orders) })));
  }

  async orderLines(productIds: readonly string[], period: Period): Promise<OrderLines> {
    const reader = new RowReader(productIds);
    const parameters = { product_ids: JSON.stringify(productIds), ...days(period) };
    for (const row of this.#query(ORDER_LINES, parameters)) reader.add(row);
    return reader.build();
  }

  async names(): Promise<Names> {
    return { products: this.#namesIn("Product"), customers: this.#namesIn("Client") };
  }

  async check(): Promise<SourceCheck> {
    const read: Read = async (statement) => this.#query(statement);
    const problems = await unreadableTables(read);
    const [newest] = problems.length === 0 ? this.#query("SELECT substr(MAX(Created), 1, 10) FROM dbo.[Order]") : [];
    return {
      problems,
      missingIndexes: missingIndexes(
        this.#query(LEADING_COLUMNS),
        (table, columns) => `CREATE INDEX ${table}By${columns[0]} ON "${table}" (${columns.join(", ")});`,
      ),
      newestOrder: newest?.[0] ? String(newest[0]) : undefined,
      clock: undefined,
    };
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #namesIn(table: "Product" | "Client"): Map<string, string> {
    const [column] = this.#query("SELECT 1 FROM pragma_table_info(@table, 'dbo') WHERE name = 'Name'", { table });
    if (!column) return new Map();
    const rows = this.#query(`SELECT CAST(ID AS TEXT), Name FROM dbo.${table} WHERE Name IS NOT NULL`);
    return new Map(rows.map(([id, name]) => [String(id), String(name)]));
  }

  #query(sql: string, parameters: Record<string, SQLInputValue> = {}): unknown[][] {
    try {
      const statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      return statement.all(parameters) as unknown as unknown[][];
    } catch (error) {
      throw new SourceError(`order database ${this.#file}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }
}

function days({ start, origin }: Period): { start: string; origin: string } {
  return { start: formatDay(start), origin: formatDay(origin) };
}
