/** What statements depend on. */
export interface DatabaseKind {
  /** Whether it knows OPENJSON: from compatibility level 130 on, whatever the server's version. */
  readonly hasJson: boolean;
  /** Of columns with texts, by names such as OrderItem.ProductID. */
  readonly collations: ReadonlyMap<string, string>;
}

/** What is taken for granted where a database does not tell. */
export const USUAL_KIND: DatabaseKind = { hasJson: true, collations: new Map() };

/** Compatibility level, then table, column and collation; one row at least. */
export const SELECT_KIND = `
SELECT databases.compatibility_level AS Level, OBJECT_NAME(columns.object_id) AS TableName, columns.name AS ColumnName,
  columns.collation_name AS Collation
FROM sys.databases AS databases
LEFT JOIN sys.columns AS columns ON columns.collation_name IS NOT NULL
  AND columns.object_id IN (OBJECT_ID(N'dbo.OrderItem'), OBJECT_ID(N'dbo.[Order]'), OBJECT_ID(N'dbo.ClientAgreement'),
    OBJECT_ID(N'dbo.Product'), OBJECT_ID(N'dbo.Client'))
WHERE databases.database_id = DB_ID()`;

const LEAST_LEVEL_WITH_JSON = 130;
/** The name becomes part of statements. */
const COLLATION_NAME = /^\w+$/;

/** @param rows of `SELECT_KIND`. */
export function kindIn(rows: readonly (readonly unknown[])[]): DatabaseKind {
  if (rows.length === 0) return USUAL_KIND;
  const named = rows.filter(([, , , collation]) => COLLATION_NAME.test(String(collation ?? "")));
  return {
    hasJson: Number(rows[0]![0]) >= LEAST_LEVEL_WITH_JSON,
    collations: new Map(named.map(([, table, column, collation]) => [`${table}.${column}`, String(collation)])),
  };
}
