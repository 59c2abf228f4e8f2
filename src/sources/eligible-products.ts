import { compareIds } from "../history/ids.ts";
import type { EligibleProduct } from "./source.ts";

/** Products that can be forecast, in the T-SQL that SQLite understands as well. */
export const ELIGIBLE_PRODUCTS = `
SELECT CAST(oi.ProductID AS nvarchar(450)) AS ProductID, COUNT(DISTINCT o.ID) AS Orders
FROM dbo.OrderItem oi
JOIN dbo.[Order] o ON oi.OrderID = o.ID
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE o.Created >= @start AND o.Created < @origin AND oi.ProductID IS NOT NULL
GROUP BY oi.ProductID
HAVING COUNT(DISTINCT ca.ClientID) >= @min_customers AND COUNT(DISTINCT o.ID) >= @min_orders`;

/** By number of orders, descending, then by id: here, not in SQL, because databases collate text ids differently. */
export function inOrder(products: EligibleProduct[]): EligibleProduct[] {
  return products.sort((a, b) => b.orders - a.orders || compareIds(a.id, b.id));
}
