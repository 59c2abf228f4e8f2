import type { DatabaseSync } from "node:sqlite";

/** Gives the connection SQL Server's views of the schema `sys` that tell the indexes of the tables attached as `dbo`. */
export function addCatalog(connection: DatabaseSync): void {
  connection.exec(`
    ATTACH DATABASE ':memory:' AS sys;
    CREATE TABLE sys.schemas AS SELECT 1 AS schema_id, 'dbo' AS name;
    CREATE TABLE sys.tables AS SELECT rowid AS object_id, 1 AS schema_id, name FROM dbo.sqlite_schema WHERE type = 'table';
    CREATE TABLE sys.columns AS
      SELECT t.object_id, c.cid AS column_id, c.name, c.pk
      FROM sys.tables t JOIN pragma_table_info(t.name, 'dbo') c;
    CREATE TABLE sys.index_columns AS
      SELECT t.object_id, c.cid AS column_id, c.seqno + 1 AS key_ordinal
      FROM sys.tables t JOIN pragma_index_list(t.name, 'dbo') i JOIN pragma_index_info(i.name, 'dbo') c
      UNION ALL SELECT object_id, column_id, 1 FROM sys.columns WHERE pk = 1;
  `);
}
