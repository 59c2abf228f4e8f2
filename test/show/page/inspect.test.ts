import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../../src/forecast/document.ts";
import { inspectPage } from "../../../src/show/page/inspect.ts";
import { barriers, keepPicture, launchBrowser, openPage, SCHEMES, WIDTHS } from "../../parts/browser.ts";
import { readDemand, stepsOf } from "../../parts/drawings.ts";
import { CALENDAR, customerOf, documentOf, EXAMPLE, GRAMS, NOTES, YEAR } from "../documents.ts";

/** A year, weeks that differ, and more customers than a phone holds side by side. */
const DOCUMENT = documentOf(YEAR, [30, 20, 45], {
  predictions: documentOf(YEAR, [30, 20, 45]).predictions.map((week, i) => ({
    ...week,
    predicted_quantity: 30 + i,
    confidence_lower: 20 - i,
    confidence_upper: 45 + 2 * i,
  })),
  customers: Array.from({ length: 10 }, (_, i) => customerOf({ id: `${20054 + i}`, expected_quantity: 100 - i })),
  at_risk_customers: [customerOf({ name: "Langford Hotels", status: "at risk", expected_next_order: null })],
  notes: NOTES,
});

const text = (page: string) =>
  page
    .replace(/^.*<body>/s, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

const rounded = (value: number) => Math.round(value * 10) / 10;

describe("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test.each(SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width] as const)))(
    "%s, %i pixels: all of it fits, nothing is asked for, nobody is kept out, and the marks have the document's values",
    async (scheme, width) => {
      const opened = await openPage(browser, "inspect", inspectPage(DOCUMENT, "en-US"), { scheme, width });
      await keepPicture(opened.page, `inspect-${scheme}-${width}`);
      expect(opened.complaints).toEqual([]);
      expect(opened.overflow).toBe(0);
      expect(await barriers(opened.page)).toEqual([]);
      expect(opened.background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(18, 23, 30)");

      const drawings = opened.page.locator("svg.drawing").filter({ visible: true });
      expect(await drawings.count()).toBe(1);
      const drawn = await readDemand(drawings);
      expect(drawn.label).toContain("Units of Oak chair sold in each of the last 52 weeks");
      expect(drawn.sold.map(({ value }) => rounded(value))).toEqual(YEAR);
      const weeks = DOCUMENT.predictions;
      expect(stepsOf(drawn.expected).map(rounded)).toEqual(weeks.map((week) => week.predicted_quantity));
      expect(stepsOf(drawn.upper).map(rounded)).toEqual(weeks.map((week) => week.confidence_upper));
      expect(stepsOf(drawn.lower).map(rounded)).toEqual(weeks.map((week) => week.confidence_lower));
      // The forecast begins where the last bar ends, and a week of it is as wide as one of the past.
      const pitch = drawn.sold[1]!.left - drawn.sold[0]!.left;
      expect(drawn.expected[0]!.x).toBeCloseTo(drawn.sold[0]!.left - 0.5 + YEAR.length * pitch, 0);
      expect(drawn.expected.at(-1)!.x).toBeCloseTo(drawn.expected[0]!.x + weeks.length * pitch, 0);
      await opened.page.close();
    },
  );

  test("on paper the wide drawing is used, in light colours", async () => {
    const { page } = await openPage(browser, "inspect", inspectPage(DOCUMENT, "en-US"), {
      scheme: "dark",
      width: 375,
    });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.locator(".wide svg.drawing").isVisible()).toBe(true);
    expect(await page.locator(".narrow svg.drawing").isVisible()).toBe(false);
    await page.close();
  });

  test("a screen reader finds headings, named tables with headed rows and columns, and one image", async () => {
    for (const width of WIDTHS) {
      const { page } = await openPage(browser, "inspect", inspectPage(DOCUMENT, "en-US"), { width });
      const tree = await page.locator("main").ariaSnapshot();
      expect(tree).toContain('- heading "Oak chair" [level=1]');
      expect(tree).toContain('- heading "Week by week" [level=2]');
      expect(tree).toMatch(/- table "Forecast by week":\s+- rowgroup:\s+- row .*:\s+- columnheader "Week"/);
      expect(tree).toMatch(
        /- table "Customers with the largest expected quantity":[\s\S]*- rowheader "Redcombe Supplies/,
      );
      expect(tree.match(/- img/g)).toHaveLength(1);
      expect(tree).toContain("at risk");
      await page.close();
    }
  });
});

test("what quantities are counted in stands in the head, where it is known", () => {
  const under = (unit: string | null) => text(inspectPage({ ...documentOf(YEAR, [110, 80, 120]), unit }, "en-US"));
  expect(under("m²")).toContain("Product 12345 · in m² · from orders before");
  expect(under(null)).toContain("Product 12345 · from orders before");
});

test("the headline says in words what to expect, how sure it is, and how that compares", () => {
  const history = Array.from({ length: 52 }, (_, week) => (week < 12 ? 125 : week < 40 ? 0 : 100));
  const words = text(inspectPage(documentOf(history, [110, 80, 120]), "en-US"));
  expect(words).toContain("1,320 units expected in the 12 weeks from Nov 11, 2025 to Feb 2, 2026.");
  expect(words).toContain(
    "The total will lie between 1,188 and 1,452 with 80 % probability. That is 10 % more than the 1,200 sold in the " +
      "12 weeks before, and 12 % less than the 1,500 sold in the same weeks a year ago. " +
      "Of products like this one, the total of 12 weeks is expected to be off by 22 %.",
  );
});

test("numbers and dates of tables are those of the locale, those of sentences English, as the words are", () => {
  const parts = [
    { kind: "level", quantity: 16_000 },
    { kind: "correction", quantity: -1186 },
  ] as const;
  const explanation = { parts: [...parts], reasons: [], mean_of_last_13_weeks: 1333, year_ago_quantity: null };
  const words = text(inspectPage({ ...documentOf(YEAR, [1234.5, 1000, 1500]), explanation }, "de-DE"));
  expect(words).toContain("14,814 units expected in the 12 weeks from Nov 11, 2025 to Feb 2, 2026.");
  expect(words).toContain("1.235 1.000 1.500");
  expect(words).toMatch(/level of the last weeks ?16\.000.* teaches of such a one ?−1\.186.*total ?14\.814/);
  expect(words).toContain("16,000 by the level of the last weeks");
});

test("a name is text, whatever it holds", () => {
  const evil = "<script>alert(1)</script>\" onload='x' & \u0000\u202eabc";
  const page = inspectPage({ ...EXAMPLE, product_name: evil, customers: [customerOf({ name: evil })] }, "en-US");
  for (const part of ["<script", '" onload', "\u0000", "\u202e"]) expect(page).not.toContain(part);
  expect(page).toContain("<title>&#60;script&#62;");
});

test("a document of an older version is shown as far as it goes", () => {
  const { history, customers, at_risk_customers, product_name, ...old } = EXAMPLE;
  const { total_confidence_lower, total_confidence_upper, ...summary } = old.summary;
  const { model, interval_level, ...model_metadata } = old.model_metadata;
  const page = inspectPage({ ...old, summary, model_metadata } as unknown as ForecastDocument, "en-US");
  expect(page).toContain("<h1><bdi>Product 12345</bdi></h1>");
  expect(page).not.toMatch(/undefined|null|NaN|Infinity|own interval/);
});

test("a week that dwarfs all others is cut and named, so that the others can be seen", () => {
  const history = [...Array.from({ length: 20 }, () => 10), 5000, 12];
  expect(inspectPage(documentOf(history, [10, 5, 15]), "en-US")).toContain(">▲ 5,000</text>");
});

test("what must be known of the data is a list, where there is something", () => {
  const words = text(inspectPage(DOCUMENT, "en-US"));
  expect(words).toContain(
    "To know of the data New: first ordered 1 week ago, so that the forecast rests on little. " +
      "No order for 15 weeks, since Jul 29, 2025; the longest gap before was 4 weeks.",
  );
  expect(text(inspectPage(EXAMPLE, "en-US"))).not.toContain("To know of the data");
});

test("the same document gives the same page", () => {
  expect(inspectPage(DOCUMENT, "en-US")).toBe(inspectPage(structuredClone(DOCUMENT), "en-US"));
});

test("customers are shown with their state and how likely they are to come back", () => {
  const words = text(inspectPage(EXAMPLE, "en-US"));
  expect(words).toContain("Of the total, 966 units are expected of customers known so far, and 242 of new ones.");
  expect(words).toContain("Redcombe Supplies 9007199254740993 alive 97 % Nov 1, 2025 Nov 20, 2025 1,492.6");
  expect(words).toContain("Langford Hotels 8 at risk 97 % Nov 1, 2025 – 620.4");
});

test("grams of what is sold in kilograms are shown as they are, in words, tables and drawings", () => {
  const page = inspectPage(GRAMS, "en-US");
  expect(text(page)).toContain("0.03 units expected in the 12 weeks");
  expect(text(page)).toContain(
    "between 0.027 and 0.033 with 80 % probability. That is as much as the 0.03 sold in the 12",
  );
  expect(text(page)).toContain("0.0025 0.0010 0.0042 15");
  expect(text(page)).toContain("0.0012 units were returned in the last 52 weeks, 0.13 sold");
  expect(text(page)).toContain("Nov 12, 2024: 0.0025");
  expect([...page.matchAll(/>(0\.00\d)<\/text>/g)].map(([, tick]) => tick)).toContain("0.004");
  expect(text(inspectPage(GRAMS, "de-DE"))).toContain("0,0025 0,0010 0,0042 15");
});

test("a page of calendar weeks has their ISO weeks, and says that the first one is short", () => {
  const page = inspectPage(CALENDAR, "en-US");
  expect(text(page)).toContain("2026-W48 Nov 26");
  expect(text(page)).toContain("The first week is the rest of the running one, only 4 days.");
  expect(text(page)).toContain("expected in the 81 days from");
  expect(inspectPage(DOCUMENT, "en-US")).not.toMatch(/class="iso"|rest of the running/);
});
