import { expect, test } from "vitest";
import { listed, needed } from "../../../src/show/product-list.ts";
import { showProducts } from "../../../src/show/terminal/product-list.ts";
import { fits } from "../../../src/show/terminal/text.ts";
import { entryOf, indexOf } from "../entries.ts";

const ENTRIES = [
  entryOf({ notes: ["possible-stock-out", "closing"] }),
  entryOf({
    ...{ product_id: "9007199254740993", product_name: "Lamp\u001b[2J\u202e", last_weeks_quantity: 0.0025 },
    ...{ year_ago_quantity: null, forecast_accuracy_estimate: null, total_predicted_quantity: 11 },
    ...{ total_confidence_lower: 5.5, total_confidence_upper: 20.5, notes: ["closing"] },
  }),
];
const shown = (width: number, ascii = false) =>
  showProducts(ENTRIES.map(listed), 2, indexOf([...ENTRIES, entryOf()]), { width, color: false, ascii });

test("bounds are explained where they are shown", () => {
  const text = shown(60).replaceAll(/\s+/g, " ");
  expect(text).toContain("in the 12 weeks from 2025-11-11; change is against");
  expect(text).not.toMatch(/low|high/i);
});

test("each number of a product stands below its name", () => {
  const [legend, , header, ...lines] = shown(200).split("\n");
  expect(legend).toBe(
    "2 of 3 products: units expected in the 12 weeks from 2025-11-11, low and high with 80 % probability;",
  );
  const cells = (line: string) => line.trim().split(/ {2,}/);
  expect(cells(shown(200).split("\n")[3]!)).toEqual([
    ...[
      "Product",
      "Name",
      "Expected",
      "Low",
      "High",
      "Accuracy",
      "Last 12 w",
      "A year ago",
      "Change",
      "At stake",
      "Notes",
    ],
  ]);
  expect([header, ...lines].map((line) => cells(line!)).slice(2)).toEqual([
    ["12345", "Oak chair", "1,201", "900", "1,601", "78 %", "1,000", "800", "+20 %", "701", "possible stock-out"],
    ["9007199254740993", "Lamp", "11", "5.5", "20.5", "–", "0", "–", "×4,400", "15"],
    [""],
  ]);
});

test("what is noted of all products is said once", () => {
  expect(shown(200)).toContain("Of all products: closing.");
  expect(shown(200).match(/closing/g)).toHaveLength(1);
});

test("a narrow terminal gets fewer columns, none gets a character that controls it, and some get ASCII alone", () => {
  for (const width of [60, 80, 100]) expect(fits(shown(width), width)).toBe(true);
  expect(shown(60)).toContain("Expected");
  for (const control of ["\u001b", "\u202e"]) expect(shown(100)).not.toContain(control);
  expect(shown(100, true)).toMatch(/^[\n\x20-\x7e]*$/);
});

test("a lead time has columns of its own, which stay where a terminal is narrow", () => {
  const rows = ENTRIES.map((entry, i) => ({ ...listed(entry), ...needed(700 + i, { onHand: 510, onOrder: 20 }, 1) }));
  const head = { weeks: 5, serviceLevel: 0.95, hasStock: true };
  const screen = { width: 80, color: false, ascii: false };
  const text = showProducts(rows, 2, indexOf(ENTRIES), screen, head);
  expect(text.replaceAll("\n", " ")).toContain("For 5 w: enough for 5 weeks with 95 % probability; to order is what");
  expect(text).toMatch(/For 5 w +On hand +On order +To order\n.* 700 +510 +20 +170\n/);
  const bare = showProducts(rows, 2, indexOf(ENTRIES), screen, { ...head, hasStock: false });
  expect(bare).toContain("For 5 w");
  expect(bare).not.toContain("On hand");
});
