import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";
import { HEADER, readFrom, readText } from "./read.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const read = (text: string | Uint8Array, flags: Record<string, unknown> = {}, file = "orders.csv") =>
  readText(folder.path(file), text, flags);

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
    const { rows } = await read(gzipSync(`${HEADER}1,A,7,2025-01-02,1\n`), {}, "orders.csv.gz");
    expect(rows).toHaveLength(1);
  });

  test("may name its columns otherwise", async () => {
    const flags = { "csv-columns": "product_id=thing,quantity=how many" };
    const { rows } = await read("order_id,thing,customer_id,created,how many\n1,A,7,2025-01-02,1\n", flags);
    expect(rows).toEqual([["A", "7", "2025-01-02", 1]]);
  });
});

describe("a bad row fails the file, with its number and value", () => {
  test.each([
    ["1,A,7,2025-01-02,abc", 'quantity "abc" is not a number'],
    ['1,A,7,2025-01-02,"1,5,3"', 'quantity "1,5,3" is not a number'],
    ["1,A,7,2025-01-02,", 'quantity "" is not a number'],
    ["1,A,7,2025-01-02,Infinity", 'quantity "Infinity" is not a number'],
    ["1,A,7,2025-01-02,0x10", 'quantity "0x10" is not a number'],
    ["1,A,7,2025-02-30,1", 'created "2025-02-30" is not a date'],
    ["1,A,7,02/01/2025,1", 'created "02/01/2025" is not a date that can be read in one way only'],
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
    const skipped = await read(text, { "skip-bad-rows": true, "max-bad-rows": "1" });
    expect(skipped).toMatchObject({ rows: { length: 1 } });
    expect(skipped.warnings[0]).toMatch(/^1 bad row of the source is left out: 1 (with|without|whose) /);
  });
});

describe("an unreadable file is named with what is wrong", () => {
  test.each([
    ["empty", "", "the file is empty"],
    [
      "without the columns",
      "order_id,sku\n1,2\n",
      "no column customer_id, created, quantity; the file has order_id, sku",
    ],
    ["with an open quote", `${HEADER}1,"A,7,2025-01-02,1\n`, "Quote Not Closed"],
  ])("%s", async (_name, text, fault) => {
    await expect(read(text)).rejects.toThrow(new RegExp(`^CSV file .*orders\\.csv: .*${escaped(fault)}`));
  });

  test("missing", async () => {
    await expect(readFrom(folder.path("none.csv"))).rejects.toThrow(/none\.csv: there is no such file/);
  });

  test("cut off within gzip data", async () => {
    const bytes = gzipSync(`${HEADER}${"1,A,7,2025-01-02,1\n".repeat(1000)}`).subarray(0, 100);
    await expect(read(bytes, {}, "broken.csv.gz")).rejects.toThrow(/broken\.csv\.gz: damaged gzip data/);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
