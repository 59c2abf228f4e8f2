import type { DatabaseOptions } from "./catalog.ts";

/** Ids as rows of a list in XML, which is handed to SQLite as one in JSON. */
const IDS_IN_XML =
  /SELECT TOP \(\d+\) one\.value\('@p', 'int'\) AS Position, one\.value\('@id', 'nvarchar\(450\)'\) COLLATE \w+ AS ID\s+FROM \(SELECT CAST\((@\w+) AS xml\) AS ids\) AS given CROSS APPLY given\.ids\.nodes\('\/i'\) AS list\(one\)/gi;

/** A list of ids in XML as one in JSON; other values as they are. */
export function jsonOfXml(value: string): string {
  if (!/^(<i p="\d+" id="[^"<]*"\/>)*$/.test(value)) return value;
  const ids = Array.from(value.matchAll(/ id="([^"]*)"/g), ([, id]) =>
    id!.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  );
  return JSON.stringify(ids);
}

const JOIN = /\b(oi|o|ca)\.(\w+)( COLLATE \w+)? = (oi|o|ca)\.(\w+)/g;
const TABLES: Readonly<Record<string, string>> = { oi: "OrderItem", o: "Order", ca: "ClientAgreement" };

/** What SQL Server says of a statement that a database of this kind does not take; nothing where it does. */
export function refusalOf(
  sql: string,
  { compatibilityLevel = 160, collations = {} }: DatabaseOptions,
): { number: number; message: string } | undefined {
  if (compatibilityLevel < 130 && /OPENJSON/i.test(sql)) {
    return { number: 208, message: "Invalid object name 'OPENJSON'." };
  }
  for (const [, left, leftColumn, collate, right, rightColumn] of sql.matchAll(JOIN)) {
    const [one, other] = [collations[`${TABLES[left!]}.${leftColumn}`], collations[`${TABLES[right!]}.${rightColumn}`]];
    if (one !== undefined && other !== undefined && one !== other && !collate) {
      const between = `between "${other}" and "${one}" in the equal to operation`;
      return { number: 468, message: `Cannot resolve the collation conflict ${between}.` };
    }
  }
  return undefined;
}

/** T-SQL as the program writes it, in the words of SQLite with the orders attached as `dbo`. */
export function toSqlite(sql: string): string {
  return (
    sql
      .replaceAll(/CONVERT\(char\(10\), ([\w.]+), 23\)/gi, "substr($1, 1, 10)")
      .replaceAll(/CONVERT\(char\(19\), SYSUTCDATETIME\(\), 126\)/gi, "strftime('%Y-%m-%dT%H:%M:%S', 'now')")
      .replaceAll(/= N'(\w+)'/gi, "= '$1'")
      .replaceAll(
        /DATEDIFF\(day, '19700101', ([\w.]+|(?:MIN|MAX)\([\w.]+\))\)/gi,
        "unixepoch(substr($1, 1, 10)) / 86400",
      )
      .replaceAll(/OPENJSON\((@\w+)\)/gi, "json_each($1)")
      .replaceAll(IDS_IN_XML, "SELECT key AS Position, value AS ID FROM json_each($1)")
      .replaceAll(/ COLLATE \w+/gi, "")
      .replaceAll(/OBJECT_ID\(N'dbo\.\[?(\w+)\]?'\)/gi, "(SELECT object_id FROM sys.tables WHERE name = '$1')")
      .replaceAll(/OBJECT_NAME\(([\w.]+)\)/gi, "(SELECT name FROM sys.tables WHERE object_id = $1)")
      .replaceAll(/DB_ID\(\)/gi, "1")
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
