/** T-SQL as the program writes it, in the words of SQLite with the orders attached as `dbo`. */
export function toSqlite(sql: string): string {
  return (
    sql
      .replaceAll(/CONVERT\(char\(10\), ([\w.]+), 23\)/gi, "substr($1, 1, 10)")
      .replaceAll(/CONVERT\(char\(19\), SYSUTCDATETIME\(\), 126\)/gi, "strftime('%Y-%m-%dT%H:%M:%S', 'now')")
      .replaceAll(/= N'(\w+)'/gi, "= '$1'")
      .replaceAll(/DATEDIFF\(day, '19700101', ([\w.]+|MAX\([\w.]+\))\)/gi, "unixepoch(substr($1, 1, 10)) / 86400")
      .replaceAll(/OPENJSON\((@\w+)\)/gi, "json_each($1)")
      .replaceAll(/ COLLATE DATABASE_DEFAULT/gi, "")
      // SQL Server begins with the short list of ids; SQLite has to be told.
      .replaceAll(/\) AS ids\s+JOIN/gi, ") AS ids CROSS JOIN")
      .replaceAll(
        /COL_LENGTH\(N'dbo\.(\w+)', N'(\w+)'\)/gi,
        "(SELECT 1 FROM pragma_table_info('$1', 'dbo') WHERE name = '$2')",
      )
  );
}

/** Names of result columns that are a date as CHAR(10). */
export function dateColumns(sql: string): Set<string> {
  return new Set(Array.from(sql.matchAll(/CONVERT\(char\(10\), [\w.]+, 23\) AS (\w+)/gi), ([, name]) => name!));
}

/** Number and text that SQL Server has for an error of SQLite. */
export function toSqlServerError(message: string): { number: number; message: string } {
  const table = /no such table: (.+)/.exec(message)?.[1];
  if (table !== undefined) return { number: 208, message: `Invalid object name '${table}'.` };
  const column = /no such column: (.+)/.exec(message)?.[1];
  if (column !== undefined) return { number: 207, message: `Invalid column name '${column}'.` };
  return { number: 50000, message };
}
