import { describe, expect, test } from "vitest";
import { type Column, ORDER_COLUMNS } from "../../../src/sources/csv/column-names.ts";
import { matchColumns as matchColumnsOf } from "../../../src/sources/csv/columns.ts";

const matchColumns = (header: readonly string[], chosen: Partial<Record<Column, string>>) =>
  matchColumnsOf(header, chosen, ORDER_COLUMNS);

const names = (header: string) => header.split(",");

describe("columns are found by their usual names", () => {
  test.each([
    "order_id,product_id,customer_id,created,quantity",
    "Order ID,Product-No.,CUSTOMER,Order Date,Qty",
    "Invoice,StockCode,Customer ID,InvoiceDate,Quantity",
    "Auftragsnr.,Artikelnr.,Kundennr.,Belegdatum,Menge",
    "Beleg-Nr,ARTIKELNUMMER,Kunden Nr.,Datum,Stückzahl",
    "BelegNummer,Art.-Nr.,KdNr,Rechnungsdatum,STUECK",
    "Bestellnummer,SKU,Debitor,bestelldatum,Anzahl",
  ])("%s", (header) => {
    const { positions, problem } = matchColumns(names(header), {});
    expect(problem).toBeUndefined();
    expect(Object.values(positions).slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
  });

  test("and what stands for what is said where it differs", () => {
    expect(matchColumns(names("order_id,sku,customer_id,Datum,quantity"), {}).said).toEqual([
      "columns: product_id is sku, created is Datum",
    ]);
    expect(matchColumns(names("order_id,product_id,customer_id,created,quantity"), {}).said).toEqual([]);
  });

  test("names of products and customers, and units, are taken where they are there", () => {
    const header = names("Auftragsnr.,Artikelnr.,Artikel,Kundennr.,Kunde,Datum,Menge,ME");
    const { product_id, product_name, customer_id, customer_name, unit } = matchColumns(header, {}).positions;
    expect([product_id, product_name, customer_id, customer_name, unit]).toEqual([1, 2, 3, 4, 7]);
  });

  test("our own name goes before a usual one", () => {
    const { positions, problem } = matchColumns(
      names("item,order_id,product_id,date,customer_id,created,quantity"),
      {},
    );
    expect(problem).toBeUndefined();
    expect(positions).toMatchObject({ product_id: 2, created: 5 });
  });
});

describe("columns that cannot be told apart", () => {
  test("are refused with both names, and a number chooses one", () => {
    const header = names("Auftragsnr.,Artikelnr.,Kundennr.,Datum,Menge,Preis,Menge");
    expect(matchColumns(header, {}).problem).toBe(
      '"Menge" (column 5) and "Menge" (column 7) can both be quantity; ' +
        "--csv-columns quantity=#5 or quantity=#7 says which",
    );
    expect(matchColumns(header, { quantity: "#7" }).positions.quantity).toBe(6);
    expect(matchColumns(header, { quantity: "Menge" }).problem).toContain("can both be quantity");
  });

  test("of two names as well", () => {
    const { problem } = matchColumns(names("Auftragsnr.,Belegnr.,Artikelnr.,Kundennr.,Datum,Menge"), {});
    expect(problem).toContain('"Auftragsnr." (column 1) and "Belegnr." (column 2) can both be order_id');
  });

  test("do no harm where they are not needed", () => {
    const header = names("Auftragsnr.,Artikelnr.,Bezeichnung,Bezeichnung,Kundennr.,Datum,Menge,Preis,Preis");
    const { problem, positions } = matchColumns(header, {});
    expect(problem).toBeUndefined();
    expect(positions.product_name).toBe(-1);
  });
});

test("what the user chooses goes before all names, tolerant of case, and may be one column twice", () => {
  const header = names("Auftragsnr.,Artikelnr.,Alte Artikelnr.,Kundennr.,Datum,Menge");
  const chosen = { product_id: "alte artikelnr", customer_id: "Auftragsnr." };
  expect(matchColumns(header, chosen).positions).toMatchObject({ order_id: 0, product_id: 2, customer_id: 0 });
  expect(matchColumns(header, { unit: "none" }).problem).toMatch(/^no column none; the file has /);
});
