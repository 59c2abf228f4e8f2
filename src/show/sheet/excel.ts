import writeExcelFile, { type Row as ExcelRow } from "write-excel-file/universal";
import { printable } from "../../values/printable.ts";
import { type Column, idValue } from "./columns.ts";

const HEADER = { fontWeight: "bold", backgroundColor: "#e9edf3" } as const;
/** Excel's codes, which each reader sees in the signs of their own language. */
const FORMATS = { quantity: "#,##0.######", share: "0%", count: "#,##0" } as const;
const WHOLE = "#,##0";

/**
 * Rows as an Excel workbook with one sheet, its header fixed.
 *
 * @param name of the sheet.
 */
export async function excelFile<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<Uint8Array> {
  const data: ExcelRow[] = [columns.map(({ header, format }) => ({ ...HEADER, value: header, align: sideOf(format) }))];
  for await (const row of rows) {
    data.push(
      columns.map(({ key, format, ...column }) => {
        const value = column.value(row);
        if (value === null || value === undefined || value === "") return null;
        if (key === "product_id") return { value: idValue(String(value)), align: "left" };
        if (typeof value === "string") return { value: printable(value), type: String };
        const code = FORMATS[format ?? "quantity"];
        return { value, format: Number.isInteger(value) && format !== "share" ? WHOLE : code };
      }),
    );
  }
  const widths = columns.map(({ width }) => ({ width }));
  const file = writeExcelFile(data, { sheet: name, columns: widths, stickyRowsCount: 1, stickyColumnsCount: 2 });
  return new Uint8Array(await (await file.toBlob()).arrayBuffer());
}

function sideOf(format: Column<never>["format"]): "left" | "right" {
  return format === undefined ? "left" : "right";
}
