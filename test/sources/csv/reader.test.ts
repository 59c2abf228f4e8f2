import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDay } from "../../../src/history/calendar.ts";
import { readCsv } from "../../../src/sources/csv/reader.ts";
import type { CsvSettings } from "../../../src/sources/csv/settings.ts";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const HEADER = "order_id,product_id,customer_id,created,quantity\n";

async function read(text: string | Uint8Array, settings: Partial<CsvSettings> = {}) {
  const file = folder.path(settings.file ?? "orders.csv");
  writeFileSync(file, text);
  const { book, skippedRows } = await readCsv({ columns: {}, skipBadRows: false, ...settings, file });
  const { lines, productIds } = book;
  const rows = Array.from(lines.day, (day, i) => [
    productIds[lines.product[i]!],
    lines.customers[lines.customer[i]!] ?? null,
    formatDay(day),
    lines.quantity[i],
  ]);
  return { rows, skippedRows };
}

describe("a readable file", () => {
  test("gives one order line a row, in any order of columns", async () => {
    const { rows } = await read("quantity,created,customer_id,note,product_id,order_id\n2.5,2025-01-02,7,hi,A,1\n");
    expect(rows).toEqual([["A", "7", "2025-01-02", 2.5]]);
  });

  test("may have a byte order mark, CRLF, quotes, commas and line breaks in fields, and no last line break", async () => {
    const { rows } = await read(`\uFEFF${HEADER.trim()}\r\n"1","a,""b""\nc",7,2025-01-02 23:59:59,-3`);
    expect(rows).toEqual([['a,"b"\nc', "7", "2025-01-02", -3]]);
  });

  test("keeps ids as they are written", async () => {
    const { rows } = await read(`${HEADER}1,007,9007199254740993,2025-01-02T00:00:00,1\n`);
    expect(rows).toEqual([["007", "9007199254740993", "2025-01-02", 1]]);
  });

  test.each(["2025-01-02", "2025-01-02 10:30", "2025-01-02 ", "2025-01-02T10:30:00Z"])(
    "may say %j",
    async (created) => {
      expect((await read(`${HEADER}1,A,7,${created},1\n`)).rows).toEqual([["A", "7", "2025-01-02", 1]]);
    },
  );

  test("may have order lines of no known customer", async () => {
    expect((await read(`${HEADER}1,A,,2025-01-02,1\n`)).rows).toEqual([["A", null, "2025-01-02", 1]]);
  });

  test("may be compressed", async () => {
    const { rows } = await read(gzipSync(`${HEADER}1,A,7,2025-01-02,1\n`), { file: "orders.csv.gz" });
    expect(rows).toHaveLength(1);
  });

  test("may name its columns otherwise", async () => {
    const columns = { product_id: "sku", quantity: "Qty sold" };
    const { rows } = await read("order_id,sku,customer_id,created,Qty sold\n1,A,7,2025-01-02,1\n", { columns });
    expect(rows).toEqual([["A", "7", "2025-01-02", 1]]);
  });
});

describe("a bad row fails the file, with its number and value", () => {
  test.each([
    ["1,A,7,2025-01-02,abc", 'quantity "abc" is not a number'],
    ['1,A,7,2025-01-02,"1,5"', 'quantity "1,5" is not a number'],
    ["1,A,7,2025-01-02,", 'quantity "" is not a number'],
    ["1,A,7,2025-01-02,Infinity", 'quantity "Infinity" is not a number'],
    ["1,A,7,2025-01-02,0x10", 'quantity "0x10" is not a number'],
    ["1,A,7,2025-02-30,1", 'created "2025-02-30" is not a date'],
    ["1,A,7,02/01/2025,1", 'created "02/01/2025" is not a date'],
    ["1,A,7,,1", 'created "" is not a date'],
    ["1,A,7,2025-01-021,1", 'created "2025-01-021" is not a date'],
    ["1,,7,2025-01-02,1", "product_id is empty"],
    [",A,7,2025-01-02,1", "order_id is empty"],
    ["1,A,7,2025-01-02", "4 fields instead of 5"],
    ["1,A,7,2025-01-02,1,9", "6 fields instead of 5"],
  ])("%s", async (row, fault) => {
    const text = `${HEADER}1,A,7,2025-01-02,1\n${row}\n`;
    await expect(read(text)).rejects.toThrow(
      new RegExp(`^CSV file .*orders\\.csv: row 3: ${escaped(fault)}.*--skip-bad-rows`),
    );
    expect(await read(text, { skipBadRows: true })).toMatchObject({ skippedRows: 1, rows: { length: 1 } });
  });
});

describe("an unreadable file is named with what is wrong", () => {
  test.each([
    ["empty", "", "the file is empty"],
    [
      "without the columns",
      "order_id,sku\n1,2\n",
      "no column product_id, customer_id, created, quantity; the file has order_id, sku",
    ],
    ["Latin-1", Buffer.from(`${HEADER}1,K\xe4se,7,2025-01-02,1\n`, "latin1"), "not UTF-8 text"],
    ["UTF-16", Buffer.from(`\uFEFF${HEADER}1,A,7,2025-01-02,1\n`, "utf16le"), "not UTF-8 text"],
    ["with an open quote", `${HEADER}1,"A,7,2025-01-02,1\n`, "Quote Not Closed"],
  ])("%s", async (_name, text, fault) => {
    await expect(read(text)).rejects.toThrow(new RegExp(`^CSV file .*orders\\.csv: .*${escaped(fault)}`));
  });

  test("missing", async () => {
    const settings = { file: folder.path("none.csv"), columns: {}, skipBadRows: false };
    await expect(readCsv(settings)).rejects.toThrow(/none\.csv: there is no such file/);
  });

  test.each([
    ["not compressed", Buffer.from(HEADER)],
    ["cut off", gzipSync(`${HEADER}${"1,A,7,2025-01-02,1\n".repeat(1000)}`).subarray(0, 100)],
  ])("named .gz and %s", async (_name, bytes) => {
    await expect(read(bytes, { file: "broken.csv.gz" })).rejects.toThrow(/broken\.csv\.gz: damaged gzip data/);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
