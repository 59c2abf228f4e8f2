import type { DatabaseKind } from "./database-kind.ts";

// Statements in the T-SQL of SQL Server 2008 and later, at compatibility level 100 and above.

/** Id, number of orders and days of the oldest and the newest order of each product that can be forecast. */
export function selectEligibleProducts(kind: DatabaseKind): string {
  return `
SELECT ${productId(kind)} AS ProductID, COUNT(DISTINCT o.ID) AS Orders,
  DATEDIFF(day, '19700101', MIN(o.Created)) AS Oldest, DATEDIFF(day, '19700101', MAX(o.Created)) AS Newest
FROM dbo.OrderItem oi
${joins(kind)}
WHERE o.Created >= @start AND o.Created < @origin AND oi.ProductID IS NOT NULL
GROUP BY oi.ProductID
HAVING COUNT(DISTINCT ca.ClientID) >= @min_customers AND COUNT(DISTINCT o.ID) >= @min_orders`;
}

/** Order lines in the form that `RowReader` takes. @param products how many ids there are. */
export function selectOrderLines(kind: DatabaseKind, products: number): string {
  return `
SELECT ids.Position, ca.ClientID, DATEDIFF(day, '19700101', o.Created) AS Day, oi.OrderID, oi.Qty
FROM (${selectIds("@product_ids", products, kind, "OrderItem.ProductID")}) AS ids
JOIN dbo.OrderItem oi ON oi.ProductID = ids.ID
${joins(kind)}
WHERE o.Created >= @start AND o.Created < @origin AND oi.Qty IS NOT NULL`;
}

/**
 * Ids that are handed over by `idsParameter`, with their positions, to be compared with a column as it compares itself: an
 * explicit collation goes before that of the column.
 *
 * @param count of them, so that the server does not take a short list for a long one.
 */
export function selectIds(
  parameter: string,
  count: number,
  { hasJson, collations }: DatabaseKind,
  column: string,
): string {
  const collate = `COLLATE ${collations.get(column) ?? "DATABASE_DEFAULT"}`;
  return hasJson
    ? `
  SELECT CAST([key] AS int) AS Position, CAST(value AS nvarchar(450)) ${collate} AS ID
  FROM OPENJSON(${parameter})
`
    : `
  SELECT TOP (${count}) one.value('@p', 'int') AS Position, one.value('@id', 'nvarchar(450)') ${collate} AS ID
  FROM (SELECT CAST(${parameter} AS xml) AS ids) AS given CROSS APPLY given.ids.nodes('/i') AS list(one)
`;
}

/** The value of a parameter that holds ids. */
export function idsParameter(ids: readonly string[], { hasJson }: DatabaseKind): string {
  if (hasJson) return JSON.stringify(ids);
  return ids.map((id, position) => `<i p="${position}" id="${inXml(id)}"/>`).join("");
}

/** Spaces at the end and, in most collations, letter case make no other id: the same one is chosen of all its spellings. */
function productId({ collations }: DatabaseKind): string {
  const id = "CAST(oi.ProductID AS nvarchar(450))";
  return collations.has("OrderItem.ProductID") ? `MIN(RTRIM(${id}) COLLATE Latin1_General_BIN2)` : id;
}

function joins({ collations }: DatabaseKind): string {
  /** Columns of two collations cannot be compared unless one is named. */
  const equal = (from: string, fromColumn: string, to: string, toColumn: string) => {
    const [own, other] = [collations.get(fromColumn), collations.get(toColumn)];
    return `${from}${own && other && own !== other ? ` COLLATE ${other}` : ""} = ${to}`;
  };
  return `JOIN dbo.[Order] o ON ${equal("oi.OrderID", "OrderItem.OrderID", "o.ID", "Order.ID")}
JOIN dbo.ClientAgreement ca ON ${equal("o.ClientAgreementID", "Order.ClientAgreementID", "ca.ID", "ClientAgreement.ID")}`;
}

function inXml(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Names in a table by the position of their ids in the list that is asked for. */
export function selectNames(kind: DatabaseKind, table: "Product" | "Client", ids: number): string {
  return `
SELECT ids.Position, named.Name
FROM (${selectIds("@ids", ids, kind, `${table}.ID`)}) AS ids
JOIN dbo.${table} named ON named.ID = ids.ID
WHERE named.Name IS NOT NULL`;
}

/** The day of the newest order. */
export const SELECT_NEWEST_ORDER = `
SELECT CONVERT(char(10), newest.Created, 23) AS Day FROM (SELECT MAX(Created) AS Created FROM dbo.[Order]) AS newest`;

/** Tables and columns that an index begins with. */
export const SELECT_LEADING_COLUMNS = `
SELECT tables.name AS TableName, columns.name AS ColumnName
FROM sys.index_columns AS keys
JOIN sys.tables AS tables ON tables.object_id = keys.object_id
JOIN sys.schemas AS schemas ON schemas.schema_id = tables.schema_id
JOIN sys.columns AS columns ON columns.object_id = keys.object_id AND columns.column_id = keys.column_id
WHERE keys.key_ordinal = 1 AND schemas.name = N'dbo'`;

/** The server's clock in UTC, as YYYY-MM-DDTHH:MM:SS. */
export const SELECT_CLOCK = "SELECT CONVERT(char(19), SYSUTCDATETIME(), 126)";
