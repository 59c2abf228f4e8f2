import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { inspectPage } from "../../../src/show/page/inspect.ts";
import { explanationInWords } from "../../../src/show/words/explanation.ts";
import { documentOf } from "../documents.ts";

const DOCUMENT = documentOf(Array(52).fill(10), [10, 5, 15], {
  explanation: {
    parts: [
      { kind: "level", quantity: 130 },
      { kind: "market-season", quantity: -20 },
      { kind: "correction", quantity: 10 },
    ],
    reasons: [{ kind: "customers", quantity: 8 }],
    ...{ mean_of_last_13_weeks: 10, year_ago_quantity: 120 },
  },
});

test("the parts of a total and what trees asked about are two sentences", () => {
  expect(explanationInWords(DOCUMENT, formatIn("en-US"))).toBe(
    "130 by the level of the last weeks over 12 weeks, −20 season of all products, +10 what the past of all products " +
      "teaches of such a one. Against the average product that is moved most by its customers and orders (+8).",
  );
});

test("each part is a bar on the page that begins where the last one ended, and the total begins at nothing", () => {
  const bars = [...inspectPage(DOCUMENT, "en-US").matchAll(/<rect class="(\w+)" x="([\d.]+)" width="([\d.]+)"/g)].map(
    ([, kind, x, width]) => [kind, Number(x), Math.round(10 * Number(width)) / 10],
  );
  expect(bars).toEqual([
    ["level", 0, 100],
    ["less", 84.6, 15.4],
    ["more", 84.6, 7.7],
    ["level", 0, 92.3],
  ]);
});

test("a document of an earlier version is not explained", () => {
  const { explanation: _, ...old } = DOCUMENT;
  expect(explanationInWords(old, formatIn("en-US"))).toBeUndefined();
});
