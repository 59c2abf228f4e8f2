import { expect, test } from "vitest";
import { inspectPage } from "../../../src/show/page/inspect.ts";
import { DISTINCT } from "../documents.ts";
import { factsOnPage, tableOnPage } from "../read-tables.ts";

const page = inspectPage(DISTINCT, "en-US");
const words = page
  .replace(/^.*<body>/s, "")
  .replaceAll(/<[^>]*>/g, "")
  .replaceAll(/\s+/g, " ");

test("each number of the headline is that of its name", () => {
  expect(words).toContain("Product 12345 · from orders before Nov 11, 2025");
  expect(words).toContain(
    "2,602 units expected in the 12 weeks from Nov 11, 2025 to Feb 2, 2026. " +
      "The total will lie between 2,223 and 3,034 with 75 % probability. " +
      "That is 90 % less than the 26,186 sold in the 12 weeks before, " +
      "and 52 % more than the 1,706 sold in the same weeks a year ago. " +
      "Of products like this one, the total of 12 weeks is expected to be off by 19 %.",
  );
});

test("each number of a week stands below its name", () => {
  const rows = tableOnPage(page, "Forecast by week");
  expect(rows[0]).toEqual(["Week", "Expected", "Low", "High", "Ordering"]);
  expect(rows[1]).toEqual(["Nov 11 – Nov 17", "200.1", "150.2", "260.3", "30"]);
  expect(rows[12]).toEqual(["Jan 27 – Feb 2", "233.1", "172.2", "315.3", "41"]);
  expect(rows.slice(13)).toEqual([["Total", "2,601.5", "2,222.6", "3,033.7", ""]]);
});

test("each number of demand over a lead time stands below its name", () => {
  const rows = tableOnPage(page, "Demand up to the end of a week");
  expect(rows[0]).toEqual(["Up to", "Expected", "Low", "High"]);
  expect(rows[1]).toEqual(["Nov 17", "200.2", "150.3", "260.4"]);
  expect(rows[12]).toEqual(["Feb 2", "2,433.2", "2,130.3", "2,735.4"]);
});

test("each customer has its own dates and quantity, one at risk what is at stake", () => {
  expect(words).toContain(
    "47 customers are expected to order again within a year. Of the total, 1,999 units are expected of customers known so far, and 602 of new ones.",
  );
  expect(tableOnPage(page, "Customers with the largest expected quantity")).toEqual([
    ["Customer", "Status", "Last order", "Next order", "Expected units"],
    ["Ash Retail 11", "alive 91 %", "Oct 30, 2025", "Nov 19, 2025", "700.1"],
    ["Birch Stores 12", "alive 64 %", "Sep 28, 2025", "Dec 17, 2025", "50.2"],
  ]);
  expect(tableOnPage(page, "Customers at risk")).toEqual([
    ["Customer", "Status", "Last order", "Next order", "Units at stake"],
    ["Cedar Homes 13", "at risk 33 %", "May 6, 2025", "Jan 15, 2026", "90.4"],
  ]);
});

test("each number that says how sure the forecast is, is that of its name", () => {
  expect(factsOnPage(page)).toEqual({
    Accuracy: "81 %. Of products like this one, the total of 12 weeks is expected to be off by 19 %.",
    "Own past":
      "At 2 past dates its own forecasts of 12 weeks, made anew with what is known today of all products, would have said 1,310 where 1,421 came (from Aug 19, 2025) and 1,105 where 991 came (from May 27, 2025), off by 9 % on average.",
    Interval: "Made to hold 75 % of what comes: of these 12 weeks about 3 will lie outside, and that is as intended.",
    Stock: "3,034 are enough with 87.5 % probability: the service level of the upper bounds.",
    Method:
      "The methods and their weights tsb (ml)tsb: the mean size of a sale times how likely one is; fades when sales stop",
    History: "333 weeks of orders.",
    Made: "Nov 11, 2025, 6:07 AM UTC",
  });
});

test("each bar of the drawing says its week and its quantity", () => {
  const [wide] = page.split('<div class="narrow">');
  const titles = [...wide!.matchAll(/<title>([^<]*: [\d,.]+)<\/title>/g)].map(([, title]) => title);
  expect(titles).toHaveLength(52);
  expect([titles[0], titles[51]]).toEqual(["Nov 12, 2024: 100.0", "Nov 4, 2025: 2,701.0"]);
  expect(page).toContain(
    "sold in each of the last 52 weeks, and expected in each of the next 12 with the 75 % interval",
  );
});
