import { afterAll, beforeAll, expect, test } from "vitest";
import { SourceError } from "../../../src/sources/source.ts";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";
import { HEADER, readText } from "./read.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const read = (text: string, flags: Record<string, unknown> = {}) => readText(folder.path("orders.csv"), text, flags);
const GOOD = "1,A,7,2025-01-02,1\n";
const BAD = ["1,,7,2025-01-02,1\n", "1,A,7,2025-01-32,1\n", "1,A,7,2025-01-02,none\n"];

test("all bad rows are counted by what is wrong with them, and the first five are shown, at once", async () => {
  const error = await read(HEADER + GOOD + [...BAD, ...BAD, BAD[0]!].join("")).catch((error) => error);
  expect(error).toBeInstanceOf(SourceError);
  expect(error.message).toMatch(
    /orders\.csv: 7 of 8 rows cannot be read: 3 without product_id, 2 whose created is not a date, 2 whose quantity is not a number \(--skip-bad-rows leaves such rows out\)$/,
  );
  expect(error.details).toEqual([
    "row 3: product_id is empty",
    'row 4: created "2025-01-32" is not a date',
    'row 5: quantity "none" is not a number',
    "row 6: product_id is empty",
    'row 7: created "2025-01-32" is not a date',
  ]);
});

test("a value is shown clean and short, by the name that the file gives its column", async () => {
  const hostile = `\u001b[31m${"x".repeat(500)}`;
  const text = `Auftragsnr.,Artikelnr.,Kundennr.,Datum,Menge\n1,A,7,2025-01-02,${hostile}\n`;
  await expect(read(text)).rejects.toThrow(/row 2: Menge "x{100}… \(\d+ characters\)" is not a number \(/);
});

test("bad rows are left out up to --max-bad-rows, and beyond it the source is refused", async () => {
  const rows = GOOD.repeat(199);
  const skip = { "skip-bad-rows": true };
  const few = await read(HEADER + rows + BAD[1], skip);
  expect(few.rows).toHaveLength(199);
  expect(few.warnings).toEqual([
    "1 bad row of the source is left out: 1 whose created is not a date",
    'row 201: created "2025-01-32" is not a date',
  ]);
  const many = HEADER + rows + BAD.join("");
  await expect(read(many, skip)).rejects.toThrow(
    /3 of 202 rows cannot be read: .* \(more than --max-bad-rows lets be left out\)$/,
  );
  expect((await read(many, { ...skip, "max-bad-rows": "3" })).rows).toHaveLength(199);
  expect((await read(many, { ...skip, "max-bad-rows": "2%" })).rows).toHaveLength(199);
  await expect(read(many, { ...skip, "max-bad-rows": "2" })).rejects.toThrow("--max-bad-rows");
});

test("rows of sums are left out and told, and are no bad rows", async () => {
  for (const sum of ["Summe,,,,201", ",Total:,,,201", ",,,,201", "Gesamtsumme,,,,201", ",,,,Grand total 201"]) {
    const { rows, said } = await read(`${HEADER}${GOOD}${sum}\n`);
    expect(rows).toHaveLength(1);
    expect(said.at(-1)).toBe("row 3 has sums and is left out");
  }
  const { said } = await read(`${HEADER}${GOOD}Zwischensumme,,,,1\n${GOOD}Summe,,,,2\n`);
  expect(said.at(-1)).toBe("2 rows with sums are left out");
  await expect(read(`${HEADER}${GOOD},,,,201\n${GOOD}`)).rejects.toThrow("row 3: order_id is empty");
  expect((await read(`${HEADER}1,Total Care,7,2025-01-02,1\n`)).rows).toHaveLength(1);
});

test("names and units are read, and a product in several units is warned of", async () => {
  const header = "order_id,product_id,customer_id,created,quantity,product_name,customer_name,unit\n";
  const { names, warnings } = await read(
    `${header}1,A,7,2025-01-02,1,Screw,Miller,ST\n2,A,7,2025-01-03,1,"Screw, zinc",,KAR\n3,B,,2025-01-03,1,,Nobody,ST\n`,
  );
  expect([...names.products]).toEqual([["A", "Screw, zinc"]]);
  expect([...names.customers]).toEqual([["7", "Miller"]]);
  // In several units nothing can be said of what the quantities of A are counted in.
  expect([...names.units!]).toEqual([["B", "ST"]]);
  expect(warnings).toEqual([
    "1 product is sold in several units, such as A in ST and KAR: quantities are added up as they are",
  ]);
});
