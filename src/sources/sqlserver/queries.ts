// Statements in the T-SQL of SQL Server 2016 and later.

/** Id, number of orders and day of the newest order of each product that can be forecast. */
export const SELECT_ELIGIBLE_PRODUCTS = `
SELECT CAST(oi.ProductID AS nvarchar(450)) AS ProductID, COUNT(DISTINCT o.ID) AS Orders,
  DATEDIFF(day, '19700101', MAX(o.Created)) AS Newest
FROM dbo.OrderItem oi
JOIN dbo.[Order] o ON oi.OrderID = o.ID
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE o.Created >= @start AND o.Created < @origin AND oi.ProductID IS NOT NULL
GROUP BY oi.ProductID
HAVING COUNT(DISTINCT ca.ClientID) >= @min_customers AND COUNT(DISTINCT o.ID) >= @min_orders`;

/** Order lines in the form that `RowReader` takes. */
export const SELECT_ORDER_LINES = `
SELECT ids.Position, ca.ClientID, DATEDIFF(day, '19700101', o.Created) AS Day, oi.OrderID, oi.Qty
FROM (
  SELECT CAST([key] AS int) AS Position, CAST(value AS nvarchar(450)) COLLATE DATABASE_DEFAULT AS ID
  FROM OPENJSON(@product_ids)
) AS ids
JOIN dbo.OrderItem oi ON oi.ProductID = ids.ID
JOIN dbo.[Order] o ON oi.OrderID = o.ID
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE o.Created >= @start AND o.Created < @origin AND oi.Qty IS NOT NULL`;

/** Names in a table by the position of their ids in the list that is asked for. */
export function selectNames(table: "Product" | "Client"): string {
  return `
SELECT ids.Position, named.Name
FROM (
  SELECT CAST([key] AS int) AS Position, CAST(value AS nvarchar(450)) COLLATE DATABASE_DEFAULT AS ID
  FROM OPENJSON(@ids)
) AS ids
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
