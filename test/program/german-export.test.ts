import { mkdirSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";

const ORIGIN = "2025-11-11";
/** The world of the source `demo`, with so many products and years as are needed to learn from each other. */
const book = simulateOrders({
  ...{ seed: 1, products: 260, customers: 100 },
  ...{ start: parseDay("2024-01-01"), end: parseDay(ORIGIN) },
});
const { productIds, lines, names } = book;
/** Letters that an ERP system has and ASCII has not. */
const UMLAUTS = "Größe";
const COLUMNS =
  "Auftragsnr.;Artikelnr.;Artikelbezeichnung;Kundennr.;Kundenname;Belegdatum;Menge;Preis;Preis;Mengeneinheit";

let folder: Folder;
let expected: Map<string, unknown>;
let exported: string;
beforeAll(async () => {
  folder = temporaryFolder();
  exported = germanExport();
  const given = ["--source", `sqlite:${folder.database(book)}`, "--cache", `sqlite:${folder.path("cache.sqlite")}`];
  const { exitCode } = await forecast(["run", ...given, ...COMMON], { cwd: folder.path("") });
  expect(exitCode).toBe(0);
  expected = documentsIn(folder.path("cache.sqlite"));
});
afterAll(() => folder.remove());

const COMMON = ["--as-of", ORIGIN, "--lock-file", "lock"];

/** These orders as a German ERP system exports them. */
function germanExport(): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const { format: german } = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2 });
  const rows = Array.from(lines.day, (day, i) => {
    const [year, month, date] = formatDay(day).split("-");
    const [product, customer] = [productIds[lines.product[i]!]!, lines.customers[lines.customer[i]!]!];
    return [
      ...[lines.order[i], product, quote(`${names.products.get(product)}, ${UMLAUTS}`)],
      ...[customer, quote(`${names.customers.get(customer)}`), `${date}.${month}.${year}`],
      ...[german(lines.quantity[i]!), "1,99", "2,99", "Stück"],
    ].join(";");
  });
  const sum = lines.quantity.reduce((total, quantity) => total + quantity, 0);
  return [COLUMNS, ...rows, `Summe;;;;;;${german(sum)};;;`, ""].join("\r\n");
}

/** All documents, without what tells of the run, and the letters and units that only the export has. */
function documentsIn(file: string): Map<string, unknown> {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare("SELECT key, value FROM cache").all() as { key: string; value: string }[];
  database.close();
  const documents = rows.filter(({ key }) => !key.startsWith("forecast:metadata") && /^forecast:\d+$/.test(key));
  return new Map(
    documents.map(({ key, value }) => {
      const { run_id: _run, ...document } = JSON.parse(value.replaceAll(`, ${UMLAUTS}`, ""));
      delete document.model_metadata.generated_at;
      delete document.unit;
      return [key, document];
    }),
  );
}

describe("the export of a German ERP system gives the documents of the orders that it was made from", () => {
  test("in Windows-1252, with a sum row and two columns of one name, and no server", async () => {
    const cwd = folder.path("windows");
    mkdirSync(cwd);
    writeFileSync(`${cwd}/export.csv`, Buffer.from(exported, "latin1"));
    const { exitCode, stderr } = await forecast(["run", "--source", "csv:export.csv", ...COMMON], { cwd });
    expect(stderr).toContain("read as: semicolons, Windows-1252, ");
    expect(stderr).toMatch(/^columns: order_id is Auftragsnr\., product_id is Artikelnr\., .*quantity is Menge/m);
    expect(stderr).toMatch(/^row \d+ has sums and is left out$/m);
    expect(stderr).toMatch(/^forecasts go to export\.forecasts\.sqlite in this folder/m);
    expect(exitCode).toBe(0);
    const documents = documentsIn(`${cwd}/export.forecasts.sqlite`);
    expect(documents.size).toBeGreaterThan(200);
    expect(documents).toEqual(expected);

    const status = await forecast(["status"], { cwd });
    expect(status).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("the cache is export.forecasts.sqlite"),
    });
    const id = productIds[0]!;
    const product = await forecast(["inspect", id], { cwd });
    expect(product.stdout).toMatch(new RegExp(`^Product ${id} · .*, Größe$`, "m"));
    expect(product.stdout).toMatch(/^Unit +Stück$/m);
    const list = await forecast(["list", "--csv", "-", "--limit", "1"], { cwd });
    expect(list.stdout).toMatch(/^product_id,product_name,unit,.*\n\d+,"?[^"]+"?,Stück,/);
  });

  test("in UTF-8 as well, of which the same is read", async () => {
    const readAs = async (name: string, encoded: Buffer) => {
      writeFileSync(folder.path(name), encoded);
      const { stdout } = await forecast(["doctor", "--source", `csv:${name}`, ...COMMON], { cwd: folder.path("") });
      return stdout.split("\n").filter((line) => /^\w+ +(source|orders|duplicates) /.test(line));
    };
    const windows = await readAs("windows.csv", Buffer.from(exported, "latin1"));
    expect(windows.join("\n")).toMatch(/read as: semicolons, Windows-1252, (.|\n)*of \d[\d,]+ order lines/);
    const unicode = await readAs("unicode.csv", Buffer.from(`\uFEFF${exported}`));
    expect(unicode).toEqual(windows.map((line) => line.replace("Windows-1252", "UTF-8")));
  });

  test("two columns of a name that is needed are refused with both, and with what decides between them", async () => {
    writeFileSync(folder.path("two.csv"), exported.replace("Preis;M", "Menge;M"));
    const { exitCode, stderr } = await forecast(["run", "--source", "csv:two.csv", ...COMMON], {
      cwd: folder.path(""),
    });
    expect(exitCode).toBe(1);
    expect(stderr.split("\n").filter((line) => line.startsWith("error: "))).toEqual([
      'error: CSV file two.csv: "Menge" (column 7) and "Menge" (column 9) can both be quantity; ' +
        "--csv-columns quantity=#7 or quantity=#9 says which",
    ]);
  });
});
