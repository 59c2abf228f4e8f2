import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, temporaryFolder } from "../../parts/orders.ts";
import { HEADER, readText } from "./read.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const read = (text: string | Uint8Array, flags: Record<string, unknown> = {}) =>
  readText(folder.path("orders.csv"), text, flags);

/** One order line of A a row, of customer 7. */
const withDates = (...dates: string[]) => HEADER + dates.map((date) => `1,A,7,"${date}",1\n`).join("");
const withQuantities = (separator: string, ...quantities: string[]) => {
  const rows = quantities.map((quantity) => ["1", "A", "7", "2025-01-02", `"${quantity}"`].join(separator));
  return [HEADER.trim().replaceAll(",", separator), ...rows, ""].join("\n");
};

describe("what separates columns is found", () => {
  test.each([
    [",", "commas"],
    [";", "semicolons"],
    ["\t", "tabs"],
    ["|", "bars"],
  ])("%j", async (separator, word) => {
    const text = `${HEADER}1,A,7,2025-01-02,2.5\n`.replaceAll(",", separator);
    const { rows, said } = await read(text);
    expect(rows).toEqual([["A", "7", "2025-01-02", 2.5]]);
    expect(said).toEqual([`read as: ${word}, UTF-8, 2025-01-02, 2.5`]);
  });

  test("--csv-delimiter decides where another character does", async () => {
    const text = `${HEADER}1,A,7,2025-01-02,2\n`.replaceAll(",", "~");
    await expect(read(text)).rejects.toThrow("--csv-delimiter");
    expect((await read(text, { "csv-delimiter": "~" })).rows).toHaveLength(1);
  });

  test("a title, an empty row and what Excel says of separators may stand above the columns' names", async () => {
    const { rows } = await read(`sep=;\nSales of 2025;;;;\n\n${`${HEADER}1,A,7,2025-01-02,2\n`.replaceAll(",", ";")}`);
    expect(rows).toEqual([["A", "7", "2025-01-02", 2]]);
  });

  test("empty rows, separators at the end of rows, and a quotation mark for inches do no harm", async () => {
    const { rows } = await read(`${HEADER}1,A 3/4",7,2025-01-02,2,,\n,,,,\n2,A 3/4",7,2025-01-03,2\n`);
    expect(rows.map(([product]) => product)).toEqual(['A 3/4"', 'A 3/4"']);
  });
});

describe("the encoding is found", () => {
  const text = `${HEADER}1,Käse – Größe 5,7,2025-01-02,1\n`;
  const utf16 = Buffer.from(text, "utf16le");
  const windows = Buffer.from(text.replace("–", "\x96"), "latin1");
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16", Buffer.concat([Buffer.from("\uFEFF", "utf16le"), utf16])],
    ["UTF-16", Buffer.concat([Buffer.from("\uFEFF", "utf16le"), utf16]).swap16()],
    ["UTF-16", utf16],
    ["UTF-16", Buffer.from(utf16).swap16()],
    ["Windows-1252", windows],
  ])("%s %#", async (name, bytes) => {
    const { rows, said } = await read(bytes);
    expect(rows[0]![0]).toBe("Käse – Größe 5");
    expect(said[0]).toContain(`, ${name}, `);
  });

  test("also where the first letter beyond ASCII comes late", async () => {
    const many = "1,A,7,2025-01-02,1\n".repeat(100_000);
    for (const encoding of ["latin1", "utf8"] as const) {
      const { rows } = await read(Buffer.from(`${HEADER}${many}1,Käse,7,2025-01-02,1\n`, encoding));
      expect(rows.at(-1)![0]).toBe("Käse");
    }
  });

  test("what is in none of them is refused, and --csv-encoding reads it", async () => {
    const bytes = Buffer.from(`${HEADER}1,K\x81se,7,2025-01-02,1\n`, "latin1");
    await expect(read(bytes)).rejects.toThrow("neither UTF-8 nor Windows-1252 (--csv-encoding");
    expect((await read(bytes, { "csv-encoding": "ibm866" })).rows[0]![0]).toBe("KБse");
    const broken = Buffer.concat([Buffer.from(`${HEADER}1,Käse,7,2025-01-02,1\n`), Buffer.from([0xe4, 0x0a])]);
    await expect(read(broken, { "csv-encoding": "utf-8" })).rejects.toThrow("not all of it is UTF-8");
  });
});

describe("dates are read", () => {
  test.each([
    ["2026-11-02", "2026-11-02"],
    ["2026/11/02", "2026-11-02"],
    ["2026.11.2", "2026-11-02"],
    ["20261102", "2026-11-02"],
    ["20261102 10:30", "2026-11-02"],
    ["2026-11-02T10:30:00.000Z", "2026-11-02"],
    ["16.01.2020", "2020-01-16"],
    ["1.2.2020", "2020-02-01"],
    ["01.02.20", "2020-02-01"],
    ["01.02.99 08:00:00", "1999-02-01"],
    ["16/01/2020", "2020-01-16"],
    ["01/16/2020 8:26 AM", "2020-01-16"],
    [" 16-01-2020, 08:26", "2020-01-16"],
  ])("%s", async (text, date) => {
    expect((await read(withDates(text))).rows[0]![2]).toBe(date);
  });

  test("one that tells the order of day and month tells that of all, wherever it stands", async () => {
    const { rows, said } = await read(withDates("01/02/2020", "03/02/2020", "16/02/2020"));
    expect(rows.map(([, , date]) => date)).toEqual(["2020-02-01", "2020-02-03", "2020-02-16"]);
    expect(said[0]).toContain("16/02/2020");
    const late = await read(withDates(...Array(3000).fill("01/02/2020"), "02/16/2020"));
    expect(new Set(late.rows.map(([, , date]) => date))).toEqual(new Set(["2020-01-02", "2020-02-16"]));
  });

  test("a single wrong one does not turn them all", async () => {
    const text = withDates("01/16/2020", "16/01/2020", "17/01/2020", "01/02/2020");
    const { rows, warnings } = await read(text, { "skip-bad-rows": true, "max-bad-rows": "50%" });
    expect(rows.map(([, , date]) => date)).toEqual(["2020-01-16", "2020-01-17", "2020-02-01"]);
    expect(warnings[1]).toBe('row 2: created "01/16/2020" is not a date');
  });

  test("that nobody can tell apart are refused with the setting that decides it", async () => {
    const text = withDates("01/02/2020", "03/02/2020");
    const error = "created 01/02/2020: no date tells which number is the day and which the month; --csv-date";
    await expect(read(text)).rejects.toThrow(error);
    await expect(read(withDates("01/02/20"))).rejects.toThrow("--csv-date");
    const dateWith = async (order: string) => (await read(text, { "csv-date": order })).rows[0]![2];
    expect([await dateWith("dmy"), await dateWith("mdy")]).toEqual(["2020-02-01", "2020-01-02"]);
    expect((await read(withDates("20/01/02"), { "csv-date": "ymd" })).rows[0]![2]).toBe("2020-01-02");
  });
});

describe("quantities are read", () => {
  test.each([
    ["5", 5],
    ["1.234,50", 1234.5],
    ["1,234.50", 1234.5],
    ["1.234.567", 1_234_567],
    ["1 234,5", 1234.5],
    ["1\u00a0234\u00a0567", 1_234_567],
    ["1'234.5", 1234.5],
    ["0,125", 0.125],
    ["2,5", 2.5],
    [" 12 ", 12],
    ["12-", -12],
    ["12,5-", -12.5],
    ["(5)", -5],
    ["- 5", -5],
    ["\u22125", -5],
    ["+5", 5],
    ["1e3", 1000],
    [".5", 0.5],
  ])("%s", async (text, quantity) => {
    expect((await read(withQuantities(";", text))).rows[0]![3]).toBe(quantity);
  });

  test.each(["", "-", "--5", "-5-", "(-5)", "1,2,3", "12 Stk", "1.23.4", "NaN", `1${" ".repeat(300_000)}x`])(
    "%j is no number",
    async (text) => {
      await expect(read(withQuantities(";", text))).rejects.toThrow(/is not a number \(--skip-bad-rows/);
    },
  );

  test("one that tells what sets off decimals tells that of all", async () => {
    expect((await read(withQuantities(";", "1.234", "2,5"))).rows.map((row) => row[3])).toEqual([1234, 2.5]);
    expect((await read(withQuantities(";", "1.234", "2.5"))).rows.map((row) => row[3])).toEqual([1.234, 2.5]);
    const late = await read(withQuantities(";", ...Array(3000).fill("1,234"), "12,5"));
    expect(new Set(late.rows.map((row) => row[3]))).toEqual(new Set([12.5, 1.234]));
    expect(late.said[0]).toContain("12,5");
  });

  test("a point sets off decimals between commas, as it always did", async () => {
    expect((await read(withQuantities(",", "1.234"))).rows[0]![3]).toBe(1.234);
    expect((await read(withQuantities(",", "1.234", "1.234,5"))).rows.map((row) => row[3])).toEqual([1234, 1234.5]);
  });

  test("that nobody can tell apart are refused with the setting that decides it", async () => {
    for (const [separator, quantity] of [
      [";", "1,234"],
      [";", "1.234"],
      [",", "1,234"],
    ] as const) {
      const text = withQuantities(separator, "5", quantity);
      await expect(read(text)).rejects.toThrow(`quantity ${quantity}: no number tells whether that sets off decimals`);
      const quantities = async (sign: string) => (await read(text, { "csv-decimal": sign })).rows[1]![3];
      const isComma = quantity.includes(",");
      expect(await quantities("comma")).toBe(isComma ? 1.234 : 1234);
      expect(await quantities("point")).toBe(isComma ? 1234 : 1.234);
    }
  });
});
