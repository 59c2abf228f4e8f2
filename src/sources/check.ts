/** What a look at a source's database says. */
export interface SourceCheck {
  /** What the queries need and cannot read, a line each. */
  readonly problems: readonly string[];
  /** Statements that create the indexes which the queries need and the database lacks. */
  readonly missingIndexes: readonly string[];
  /** Day of the newest order as YYYY-MM-DD; nothing where there is none. */
  readonly newestOrder: string | undefined;
  /** The server's clock in milliseconds since 1970; nothing where the source has none of its own. */
  readonly clock: number | undefined;
}

/** The columns that the queries read, and the index that each table needs; the first column is what it is found by. */
const TABLES = [
  { table: "OrderItem", columns: ["OrderID", "ProductID", "Qty"], index: ["ProductID", "OrderID", "Qty"] },
  { table: "Order", columns: ["ID", "Created", "ClientAgreementID"], index: ["ID", "Created", "ClientAgreementID"] },
  { table: "ClientAgreement", columns: ["ID", "ClientID"], index: ["ID", "ClientID"] },
] as const;

export type Read = (statement: string) => Promise<readonly (readonly unknown[])[]>;

/** One line for each table that cannot be read, in T-SQL that SQLite understands as well. */
export async function unreadableTables(read: Read): Promise<string[]> {
  const problems: string[] = [];
  for (const { table, columns } of TABLES) {
    try {
      await read(`SELECT ${columns.join(", ")} FROM dbo.[${table}] WHERE 1 = 0`);
    } catch (error) {
      problems.push(`${table}(${columns.join(", ")}): ${error instanceof Error ? error.message : error}`);
    }
  }
  return problems;
}

/**
 * @param leading names of tables and of columns that an index of theirs begins with.
 * @param create writes the statement that creates an index.
 */
export function missingIndexes(
  leading: readonly (readonly unknown[])[],
  create: (table: string, columns: readonly string[]) => string,
): string[] {
  const found = new Set(leading.map(([table, column]) => `${table}.${column}`.toLowerCase()));
  return TABLES.filter(({ table, index }) => !found.has(`${table}.${index[0]}`.toLowerCase())).map(({ table, index }) =>
    create(table, index),
  );
}
