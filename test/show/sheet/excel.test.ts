import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { listed } from "../../../src/show/product-list.ts";
import { productColumns } from "../../../src/show/sheet/columns.ts";
import { excelFile } from "../../../src/show/sheet/excel.ts";
import { entryOf } from "../entries.ts";

/** The cells of the only sheet as Excel reads them: numbers as they are, texts by their number among the shared ones. */
async function cellsOf(entries: ReturnType<typeof entryOf>[]) {
  const files = unzipSync(await excelFile("Forecast 2025-11-11", productColumns(12, "number"), entries.map(listed)));
  const text = (name: string) => strFromU8(files[name]!);
  const shared = Array.from(text("xl/sharedStrings.xml").matchAll(/<t[^>]*>([^<]*)<\/t>/g), ([, words]) => words!);
  const sheet = text("xl/worksheets/sheet1.xml");
  const cells = [...sheet.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>.*?<v>([^<]*)<\/v><\/c>)/g)].map(
    ([, place, attributes, value]) =>
      [place!, attributes!.includes('t="s"') ? shared[Number(value)] : Number(value)] as const,
  );
  return { cells: Object.fromEntries(cells), sheet, workbook: text("xl/workbook.xml") };
}

test("numbers are numbers, names are texts, and an id with more digits than Excel keeps is a text", async () => {
  const { cells, sheet, workbook } = await cellsOf([
    entryOf({ product_name: "=1+1 & <b>", notes: ["new", "returns"] }),
    entryOf({ product_id: "9007199254740993", forecast_accuracy_estimate: null }),
  ]);
  expect(cells).toMatchObject({ A1: "Product", C1: "Unit", D1: "Expected", H1: "Last 12 weeks", L1: "Notes" });
  expect(cells).toMatchObject({ A2: 12_345, B2: "=1+1 &amp; &lt;b&gt;", D2: 1200.5, E2: 900, G2: 0.78, J2: 0.2 });
  expect(cells).toMatchObject({ L2: "new, returns", A3: "9007199254740993" });
  expect(cells.G3).toBeUndefined();
  expect(sheet).toMatch(/<pane [^>]*ySplit="1"/);
  expect(sheet).not.toContain("<f>");
  expect(workbook).toContain('name="Forecast 2025-11-11"');
});
