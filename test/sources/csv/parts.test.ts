import { mkdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";
import { workbook } from "../../parts/workbook.ts";
import { HEADER, readFrom, readText } from "./read.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const ROWS = `${HEADER}1,A,7,2025-01-02,2.5\n`;

test("compressed files are known by their bytes, whatever their names", async () => {
  for (const [name, bytes] of [
    ["a.csv", gzipSync(ROWS)],
    ["b.csv.gz", ROWS],
    ["c.txt", zipSync({ "orders.csv": strToU8(ROWS) })],
  ] as const) {
    expect((await readText(folder.path(name), bytes)).rows).toEqual([["A", "7", "2025-01-02", 2.5]]);
  }
});

test("all files of an archive are read, but for what a system left there", async () => {
  const archive = zipSync({
    "2024/": new Uint8Array(),
    "2024/orders.csv": [strToU8(ROWS), { level: 0 }],
    "2025.csv": strToU8(ROWS.replace("A", "B").replaceAll(",", ";")),
    "__MACOSX/2025.csv": strToU8("nothing"),
    ".DS_Store": strToU8("nothing"),
  });
  const { rows, said } = await readText(folder.path("all.zip"), archive);
  expect(rows.map(([product]) => product)).toEqual(["A", "B"]);
  expect(said[0]).toMatch(/all\.zip, 2024\/orders\.csv: read as: commas/);
});

test("a damaged archive is told", async () => {
  const archive = zipSync({ "orders.csv": strToU8(ROWS.repeat(1000)) });
  const cut = archive.subarray(0, archive.length / 2);
  await expect(readText(folder.path("cut.zip"), cut)).rejects.toThrow(
    /cut\.zip, orders\.csv: (damaged ZIP data|it breaks off)/,
  );
  archive.fill(0xff, 50, 60);
  await expect(readText(folder.path("bad.zip"), archive)).rejects.toThrow(
    /bad\.zip.*: damaged ZIP data, or such with a password/,
  );
});

test("several files are read by one name, and each in its own way", async () => {
  mkdirSync(folder.path("several"));
  writeFileSync(folder.path("several/orders-1.csv"), ROWS);
  writeFileSync(folder.path("several/orders-2.csv"), `${HEADER}2,B,7,16.01.2025,3\n`.replaceAll(",", ";"));
  writeFileSync(folder.path("several/orders-3.csv"), ROWS.replace("A", "C"));
  const { rows, said } = await readFrom(folder.path("several/orders-*.csv"));
  expect(rows.map(([product]) => product)).toEqual(["A", "B", "C"]);
  expect(said).toEqual([
    expect.stringMatching(/orders-1\.csv and 1 more: read as: commas, UTF-8, 2025-01-02, 2\.5$/),
    expect.stringMatching(/orders-2\.csv: read as: semicolons, UTF-8, 16\.01\.2025, whole numbers$/),
  ]);
  await expect(readFrom(folder.path("several/none-*.csv"))).rejects.toThrow("no file is named so");
  await expect(readFrom(folder.path("several"))).rejects.toThrow("it is a folder");
  writeFileSync(folder.path("several/orders-4.csv"), `${HEADER}2,B,7,16.01.2025,x\n`);
  await expect(readFrom(folder.path("several/orders-*.csv"))).rejects.toThrow(/orders-4\.csv, row 2: quantity "x"/);
});

test("an Excel workbook is read: texts, numbers and dates, from the sheet that has the columns", async () => {
  const rows = [
    ["Auftragsnr.", "Artikelnr.", "Kundennr.", "Datum", "Menge"],
    [1, "00A", 7, { day: 45_659 }, 2.5],
    [2, 4711, 8, { day: 45_660 }, 12.300000000000001],
    ["3", "00A", "7", "03.01.2025", "1.234,5"],
  ];
  const bytes = workbook({ Notes: [["nothing here"]], Orders: rows });
  const { rows: read, said } = await readText(folder.path("orders.xlsx"), bytes);
  expect(read).toEqual([
    ["00A", "7", "2025-01-02", 2.5],
    ["4711", "8", "2025-01-03", 12.3],
    ["00A", "7", "2025-01-03", 1234.5],
  ]);
  expect(said[0]).toBe('read as: Excel, sheet "Orders"');
});

test("what Excel and others keep in other ways is named, with what to do", async () => {
  const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(1000)]);
  await expect(readText(folder.path("old.xls"), old)).rejects.toThrow('save it as .xlsx or as "CSV UTF-8"');
  const open = zipSync({ mimetype: [strToU8("application/vnd.oasis.opendocument.spreadsheet"), { level: 0 }] });
  await expect(readText(folder.path("orders.ods"), open)).rejects.toThrow(
    "it is an OpenDocument file; save it as .xlsx",
  );
  const other = zipSync({ "[Content_Types].xml": strToU8("<Types/>") });
  await expect(readText(folder.path("other.xlsx"), other)).rejects.toThrow(/other\.xlsx: .*save it as "CSV UTF-8"/);
});
