import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { monthsOf } from "../../../src/show/months.ts";
import { listed, needed } from "../../../src/show/product-list.ts";
import { type Column, monthColumns, productColumns, weekColumns } from "../../../src/show/sheet/columns.ts";
import { csvLines } from "../../../src/show/sheet/csv.ts";
import { CALENDAR, DISTINCT } from "../documents.ts";
import { entryOf } from "../entries.ts";

const COLUMNS = productColumns(12, "number");
const ENTRIES = [
  entryOf({ product_name: 'Chair, "high"; oak', unit: "pcs", notes: ["new", "returns"] }),
  entryOf({ product_id: "-7", product_name: "=cmd|' /C calc'!A0", forecast_accuracy_estimate: null }),
].map(listed);
const written = async (locale?: string) => (await Array.fromAsync(csvLines(COLUMNS, ENTRIES, locale))).join("");

test("for programs there are commas, points and the names of documents", async () => {
  const text = await written();
  expect(text.startsWith("product_id,product_name,unit,total_predicted_quantity,")).toBe(true);
  const [first, second] = parse(text, { columns: true }) as Record<string, string>[];
  expect(first).toEqual({
    ...{ product_id: "12345", product_name: 'Chair, "high"; oak', unit: "pcs", total_predicted_quantity: "1200.5" },
    ...{ total_confidence_lower: "900", total_confidence_upper: "1600.5", forecast_accuracy_estimate: "0.78" },
    ...{ last_weeks_quantity: "1000", year_ago_quantity: "800", change: "0.2", at_stake: "700.5" },
    notes: "new, returns",
  });
  expect(second).toMatchObject({ product_id: "-7", forecast_accuracy_estimate: "" });
});

test.each([
  ["de-DE", ";", "1200,5"],
  ["fr-FR", ";", "1200,5"],
  ["en-GB", ",", "1200.5"],
  ["de-CH", ",", "1200.5"],
])(
  "for the Excel of %s the separator is %s and a number %s, below words and after a mark of UTF-8",
  async (locale, delimiter, total) => {
    const text = await written(locale);
    expect(text.startsWith("\ufeffProduct")).toBe(true);
    const [first] = parse(text, { columns: true, delimiter, bom: true }) as Record<string, string>[];
    expect(first).toMatchObject({
      Product: "12345",
      Name: 'Chair, "high"; oak',
      Expected: total,
      "Last 12 weeks": "1000",
    });
  },
);

test.each(["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("%j is no formula", async (product_name) => {
  const [row] = parse(
    (await Array.fromAsync(csvLines(COLUMNS, [listed(entryOf({ product_name }))], "de-DE"))).join(""),
    {
      ...{ columns: true, delimiter: ";", bom: true },
    },
  ) as Record<string, string>[];
  expect(row!.Name).toMatch(/^(?:'.| )/);
});

test("a number below zero is a number", async () => {
  const falling = [listed(entryOf({ last_weeks_quantity: 2401, year_ago_quantity: -4 }))];
  expect((await Array.fromAsync(csvLines(COLUMNS, falling, undefined)))[1]).toContain(",2401,-4,-0.5,");
});

test("each week of a product is a row with the document's numbers", async () => {
  const rows = DISTINCT.predictions.map((week) => ({ document: DISTINCT, week }));
  const lines = parse((await Array.fromAsync(csvLines(weekColumns("number", false), rows, undefined))).join(""), {
    columns: true,
  });
  expect(lines).toHaveLength(12);
  expect(lines[11]).toEqual({
    ...{ product_id: "12345", product_name: DISTINCT.product_name, unit: "", as_of_date: "2025-11-11" },
    ...{ week_start: "2026-01-27", week_end: "2026-02-02" },
    ...{ predicted_quantity: "233.1", confidence_lower: "172.2", confidence_upper: "315.3", active_customers: "41" },
    median_quantity: `${DISTINCT.predictions[11]!.median_quantity}`,
    ...{ cumulative_quantity: "2433.2", cumulative_lower: "2130.3", cumulative_upper: "2735.4" },
  });
});

test("calendar weeks have their ISO week, and months the days that they are of", async () => {
  const textOf = async <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
    (await Array.fromAsync(csvLines(columns, rows, undefined))).join("");
  const weeks = CALENDAR.predictions.map((week) => ({ document: CALENDAR, week }));
  const text = await textOf(weekColumns("number", true), weeks);
  expect(text).toMatch(
    /^product_id,product_name,unit,as_of_date,iso_week,week_start,.*\n12345,Oak chair,,2026-11-26,2026-W48,2026-11-26,2026-11-29,/,
  );
  expect(await textOf(monthColumns("number"), monthsOf(CALENDAR))).toMatch(
    /^product_id,product_name,unit,as_of_date,month,from,until,predicted_quantity\n12345,Oak chair,,2026-11-26,2026-11,2026-11-26,2026-11-30,[\d.]+\n/,
  );
});

test("JSON has ids as numbers, or all as strings", () => {
  const product = listed(entryOf({ product_id: "7" }));
  for (const [ids, expected] of [
    ["string", '"7"'],
    ["number", "7"],
  ] as const) {
    expect(JSON.stringify(productColumns(12, ids)[0]!.json!(product))).toBe(expected);
  }
});

test("what is needed for a lead time stands behind all else, with stock where it is known", async () => {
  const row = { ...listed(entryOf()), ...needed(700.5, { onHand: 510, onOrder: 20 }, 1) };
  const lines = async (hasStock: boolean) => {
    const columns = productColumns(12, "number", { weeks: 5, serviceLevel: 0.95, hasStock });
    return Array.fromAsync(csvLines(columns, [row], undefined));
  };
  const [header, values] = await lines(true);
  expect(header).toMatch(/,notes,lead_time_quantity,on_hand,on_order,to_order\n$/);
  expect(values).toMatch(/,700.5,510,20,170.5\n$/);
  expect((await lines(false))[0]).toMatch(/,notes,lead_time_quantity\n$/);
});
