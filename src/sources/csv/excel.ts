import readWorkbook, { InvalidSpreadsheetError } from "read-excel-file/universal";
import type { Cell } from "./rows.ts";

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Excel keeps so many digits; what follows them comes of its binary numbers. */
const DIGITS = 15;

/** The sheets of an Excel workbook (.xlsx), all in memory. @throws Error where it is none. */
export async function sheetsOf(workbook: Buffer): Promise<Sheet[]> {
  const bytes = new Uint8Array(workbook);
  try {
    const sheets = await readWorkbook<number>(bytes.buffer, {
      // Rounding takes time, which few numbers need.
      parseNumber: (text) => Number(text.length > DIGITS ? Number(text).toPrecision(DIGITS) : text),
    });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data as Cell[][] }));
  } catch (cause) {
    const what =
      cause instanceof InvalidSpreadsheetError ? "it is no Excel workbook" : "this Excel workbook cannot be read";
    throw new Error(`${what} (${(cause as Error).message}); save it as "CSV UTF-8"`, { cause });
  }
}
