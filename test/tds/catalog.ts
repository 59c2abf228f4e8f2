import type { DatabaseSync } from "node:sqlite";

/** What a database is set to; that which a real one is made with where nothing is said. */
export interface DatabaseOptions {
  readonly compatibilityLevel?: number;
  /** Of columns by names such as OrderItem.ProductID. */
  readonly collations?: Readonly<Record<string, string>>;
}

/** Gives the connection SQL Server's views of the schema `sys` that tell of the database attached as `dbo`. */
export function addCatalog(
  connection: DatabaseSync,
  { compatibilityLevel = 160, collations = {} }: DatabaseOptions,
): void {
  connection.exec(`
    ATTACH DATABASE ':memory:' AS sys;
    CREATE TABLE sys.schemas AS SELECT 1 AS schema_id, 'dbo' AS name;
    CREATE TABLE sys.tables AS SELECT rowid AS object_id, 1 AS schema_id, name FROM dbo.sqlite_schema WHERE type = 'table';
    CREATE TABLE sys.columns AS
      SELECT t.object_id, c.cid AS column_id, c.name, c.pk, CAST(NULL AS TEXT) AS collation_name
      FROM sys.tables t JOIN pragma_table_info(t.name, 'dbo') c;
    CREATE TABLE sys.index_columns AS
      SELECT t.object_id, c.cid AS column_id, c.seqno + 1 AS key_ordinal
      FROM sys.tables t JOIN pragma_index_list(t.name, 'dbo') i JOIN pragma_index_info(i.name, 'dbo') c
      UNION ALL SELECT object_id, column_id, 1 FROM sys.columns WHERE pk = 1;
    CREATE TABLE sys.databases AS SELECT 1 AS database_id, ${compatibilityLevel} AS compatibility_level;
  `);
  const set = connection.prepare(`UPDATE sys.columns SET collation_name = ? WHERE name = ?
    AND object_id = (SELECT object_id FROM sys.tables WHERE name = ?)`);
  for (const [place, collation] of Object.entries(collations)) {
    const [table, column] = place.split(".");
    set.run(collation, column!, table!);
  }
}
