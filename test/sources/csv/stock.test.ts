import { writeFile } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { readStock } from "../../../src/sources/csv/stock.ts";
import { temporaryFolder } from "../../parts/orders.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function stockIn(content: string | Buffer, name = "stock.csv") {
  await writeFile(folder.path(name), content);
  return readStock(folder.path(name));
}

test("products have what is on hand and on order, several places of a product added up, and nothing where a cell is empty", async () => {
  const { stock, said } = await stockIn("product_id,on_hand,on_order\n1,5,10\n2,,\n1,2.5,\n");
  expect([...stock]).toEqual([
    ["1", { onHand: 7.5, onOrder: 10 }],
    ["2", { onHand: 0, onOrder: 0 }],
  ]);
  expect(said).toEqual([]);
});

test("a German export is read as it comes, and its names are told", async () => {
  const text = "Artikelnr.;Bezeichnung;Verfügbarer Bestand;Offene Bestellungen\r\n00017;Schraube;1.234,5;-3\r\n";
  const { stock, said } = await stockIn(Buffer.from(text, "latin1"));
  expect([...stock]).toEqual([["00017", { onHand: 1234.5, onOrder: -3 }]]);
  expect(said).toEqual([
    "columns: product_id is Artikelnr., on_hand is Verfügbarer Bestand, on_order is Offene Bestellungen",
  ]);
});

test("a file without a column of what is on order has none", async () => {
  expect([...(await stockIn("sku\tstock\nA\t4\n")).stock]).toEqual([["A", { onHand: 4, onOrder: 0 }]]);
});

test.each([
  ["product_id,price\n1,2\n", "no column on_hand; the file has product_id, price"],
  ["product_id,stock,inventory\n1,2,3\n", '"stock" (column 2) and "inventory" (column 3) can both be on_hand'],
  ["product_id,on_hand\n1,many\n", 'row 2: on_hand "many" is not a number'],
  ["product_id;on_hand\n1;1.234\n", 'row 2: on_hand "1.234" may be two numbers'],
  ["", "the file is empty"],
])("what cannot be read is told in one line with the file: %j", async (content, told) => {
  await expect(stockIn(content)).rejects.toThrow(`stock file ${folder.path("stock.csv")}: ${told}`);
});

test("a file that is not there is told", async () => {
  await expect(readStock(folder.path("none.csv"))).rejects.toThrow("there is no such file");
});
