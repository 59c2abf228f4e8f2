import { expect, test } from "vitest";
import { inspectPage } from "../../../src/show/page/inspect.ts";
import { noteInWords } from "../../../src/show/words/notes.ts";
import { documentOf } from "../documents.ts";

const format = { units: (quantity: number) => `${quantity}`, date: (day: string) => day };
const gap = { kind: "possible-stock-out", from: "2025-10-07", weeks: 5, probability: 0.0001 } as const;

test("a stock-out under way says how much would be expected without it, where the document knows", () => {
  const underWay = { ...gap, until: null };
  expect(noteInWords(underWay, format, 130)).toContain("Then 130 units would be expected in all if it had not been.");
  expect(noteInWords(underWay, format)).toContain("Then more is wanted than the forecast says.");
  expect(noteInWords({ ...gap, until: "2025-11-11" }, format, 130)).not.toContain("130");
});

test("of customers who never come back, the page says that they are new ones", () => {
  const document = documentOf([3, 4, 5], [4, 2, 6]);
  const summary = { ...document.summary, active_customers: 0 };
  const said = "Customers do not come back here: those who order are new ones.";
  expect(inspectPage({ ...document, summary }, "en-US")).toContain(said);
  expect(inspectPage(document, "en-US")).not.toContain(said);
});
