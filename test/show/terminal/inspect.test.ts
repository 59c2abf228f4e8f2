import { describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../../src/forecast/document.ts";
import { showDocument } from "../../../src/show/terminal/inspect.ts";
import { CALENDAR, documentOf, EXAMPLE, GRAMS, NOTES, YEAR } from "../documents.ts";

const plain = { width: 80, color: false, ascii: false };

test("a planner reads what to expect, sees it, and finds weeks and customers", () => {
  expect(`\n${showDocument(EXAMPLE, plain)}`).toMatchInlineSnapshot(`
    "
    Product 12345 · Oak chair
    1,208 units expected over the 4 weeks to 2025-12-08, between 1,087 and 1,329
    with 80 % probability.

    As of      2025-11-11, from 8 weeks of history
    Sold       900 in the last 4 weeks
    Stock      1,329 are enough with 90 % probability: the service level of the
               upper bounds.
    Why        1,087 by the level of the last weeks over 4 weeks, +121 what the past
               of all products teaches of such a one. Against the average product
               that is moved most by its customers and orders (+121).
    Accuracy   78 %: of products like this one, the total of 4 weeks is expected to
               be off by 22 %
    Own past   At 2 past dates its own forecasts of 4 weeks, made anew with what is
               known today of all products, would have said 1,208 where 1,450 came
               (from 2025-08-19) and 1,208 where 966 came (from 2025-05-27), off by
               20 % on average.
    Customers  47 expected to order again within a year
    Model      ses (statistical), made 2025-11-11 06:00:00 UTC

    Units a week
        400┤                ┊
           │                ┊░░░░░░░░
           │  ▂▂  ▅▅▁▁      ┊░░░░░░░░
        300┤▃▃██▇▇████  ████┊▓▓▓▓▓▓▓▓
           │██████████  ████┊▓▓▓▓▓▓▓▓
           │██████████  ████┊████████
        200┤██████████  ████┊████████
           │██████████  ████┊████████
           │██████████  ████┊████████
        100┤██████████  ████┊████████
           │██████████  ████┊████████
           │██████████  ████┊████████
          0┼────┬─────▼▼────┬────────
                2025-09-30  2025-11-11
            █ sold   ┊ origin   █▓ expected   ▓░ 80 % interval
            ▼ a week of more returns than sales, drawn as zero (-5.0)

    Forecast by week
    Week                     Expected    Lower    Upper  Customers ordering
    2025-11-11 – 2025-11-17     302.0    250.0    350.2                  15
    2025-11-18 – 2025-11-24     302.0    250.0    350.2                  15
    2025-11-25 – 2025-12-01     302.0    250.0    350.2                  15
    2025-12-02 – 2025-12-08     302.0    250.0    350.2                  15
    Total                     1,208.0  1,087.2  1,328.8
    The total has its own interval; the bounds of the weeks do not add up to it.

    Largest customers by expected quantity
    Customer          Name               Status  Last order  Next order  Expected
    9007199254740993  Redcombe Supplies  alive   2025-11-01  2025-11-20   1,492.6
    7                 漢字商店           alive   2025-11-01  2025-11-20       3.0

    Customers at risk of not coming back
    Customer  Name             Status   Last order  Next order  At stake
    8         Langford Hotels  at risk  2025-11-01  –              620.4
    "
  `);
});

test("the same on a narrow terminal of ASCII characters", () => {
  expect(`\n${showDocument(EXAMPLE, { width: 40, color: false, ascii: true })}`).toMatchInlineSnapshot(`
    "
    Product 12345 - Oak chair
    1,208 units expected over the 4 weeks to
    2025-12-08, between 1,087 and 1,329 with
    80 % probability.

    As of      2025-11-11, from 8 weeks of
               history
    Sold       900 in the last 4 weeks
    Stock      1,329 are enough with 90 %
               probability: the service
               level of the upper bounds.
    Why        1,087 by the level of the
               last weeks over 4 weeks, +121
               what the past of all products
               teaches of such a one.
               Against the average product
               that is moved most by its
               customers and orders (+121).
    Accuracy   78 %: of products like this
               one, the total of 4 weeks is
               expected to be off by 22 %
    Own past   At 2 past dates its own
               forecasts of 4 weeks, made
               anew with what is known today
               of all products, would have
               said 1,208 where 1,450 came
               (from 2025-08-19) and 1,208
               where 966 came (from
               2025-05-27), off by 20 % on
               average.
    Customers  47 expected to order again
               within a year
    Model      ses (statistical), made
               2025-11-11 06:00:00 UTC

    Units a week
        400+                |
           |                |--------
           |  ..  ::        |--------
        300+..########  ####|%%%%%%%%
           |##########  ####|%%%%%%%%
           |##########  ####|########
        200+##########  ####|########
           |##########  ####|########
           |##########  ####|########
        100+##########  ####|########
           |##########  ####|########
           |##########  ####|########
          0+----+-----vv----+--------
                2025-09-30  2025-11-11
            # sold   | origin   #% expected
            %- 80 % interval
            v a week of more returns than
              sales, drawn as zero (-5.0)

    Forecast by week
    Week  Expected   Lower   Upper Ord.
    11-11    302.0   250.0   350.2   15
    11-18    302.0   250.0   350.2   15
    11-25    302.0   250.0   350.2   15
    12-02    302.0   250.0   350.2   15
    Total  1,208.0 1,087.2 1,328.8
    The total has its own interval; the
    bounds of the weeks do not add up to it.

    Largest customers by expected quantity
    Customer          Name          Expected
      Status  Last order  Next order
    9007199254740993  Redcombe ...   1,492.6
      alive   2025-11-01  2025-11-20
    7                 ????               3.0
      alive   2025-11-01  2025-11-20

    Customers at risk of not coming back
    Customer  Name             At stake
      Status   Last order  Next order
    8         Langford Hotels     620.4
      at risk  2025-11-01  -
    "
  `);
});

describe("the header", () => {
  const flat = (document: ForecastDocument) => showDocument(document, plain).replaceAll(/\s+/g, " ");

  test("says the total and its interval in one sentence", () => {
    expect(flat(documentOf(YEAR, [100.5, 80, 120]))).toContain(
      "1,206 units expected over the 12 weeks to 2026-02-02, between 1,085 and 1,327 with 80 % probability.",
    );
  });

  test("compares with the weeks before and with those of a year ago", () => {
    const history = Array.from({ length: 52 }, (_, week) => (week < 12 ? 10 : week < 40 ? 0 : 20.5));
    expect(flat(documentOf(history, [1, 0, 2]))).toContain(
      "246 in the last 12 weeks, 120 in the forecast weeks a year ago",
    );
    expect(flat(documentOf(history.slice(1), [1, 0, 2]))).not.toContain("a year ago");
    expect(flat(documentOf([1, 2], [1, 0, 2]))).not.toContain("Sold");
  });

  test.each([
    [
      0.78,
      "statistical",
      "Accuracy 78 %: of products like this one, the total of 12 weeks is expected to be off by 22 %",
    ],
    [
      0,
      "statistical",
      "Accuracy 0 %: of products like this one, the total of 12 weeks is expected to be off by 100 % or more",
    ],
    [1, "statistical", "Accuracy 100 %: of products like this one, the total of 12 weeks is expected to be off by 0 %"],
    [null, "statistical", "Accuracy not known: too little is expected"],
    [null, "baseline", "Accuracy not known: the history is too short"],
  ] as const)("puts an accuracy of %s (%s) into words", (accuracy, model_type, words) => {
    const metadata = { ...EXAMPLE.model_metadata, model_type, forecast_accuracy_estimate: accuracy };
    expect(flat(documentOf(YEAR, [1, 0, 2], { model_metadata: metadata }))).toContain(words);
  });
});

test("a document of an older version is shown as far as it goes", () => {
  const { history, customers, at_risk_customers, product_name, ...old } = EXAMPLE;
  const { total_confidence_lower, total_confidence_upper, ...summary } = old.summary;
  const { model, interval_level, ...model_metadata } = old.model_metadata;
  const text = showDocument({ ...old, summary, model_metadata } as unknown as ForecastDocument, plain);
  expect(text).toContain("Product 12345\n1,208 units expected over the 4 weeks to 2025-12-08.\n");
  expect(text).toMatch(/^Total +1,208\.0 +– +–$/m);
  expect(text).toContain("not named (statistical)");
  expect(text).not.toMatch(/undefined|null|NaN|has its own interval|customers by/);
});

test("all numbers of the weeks are in the table, shorter only where they must be", () => {
  const document = documentOf(YEAR, [1234.5, 1000, 98_765_432.1]);
  const week = (width: number) => showDocument(document, { ...plain, width }).match(/^.*11-11 .*1.*K?.*15$/m)?.[0];
  expect(week(80)).toBe("2025-11-11 – 2025-11-17   1,234.5   1,000.0  98,765,432.1                  15");
  expect(week(60)).toBe("2025-11-11   1,234.5   1,000.0  98,765,432.1        15");
  expect(week(45)).toBe("11-11  1,234.5  1,000.0 98,765,432.1   15");
  expect(week(40)).toBe("11-11     1.2K    1K 98.8M   15");
});

test("grams of what is sold in kilograms are shown as they are, in words, tables and on the axis", () => {
  const text = showDocument(GRAMS, { ...plain, width: 120 });
  expect(text).toContain("0.03 units expected over the 12 weeks to 2026-02-02, between 0.027 and 0.033 with");
  expect(text).toMatch(/^Sold +0\.03 in the last 12 weeks, 0\.03 in the forecast weeks a year ago$/m);
  expect(text).toContain("Much comes back: 0.0012 units were returned in the last 52 weeks, 0.13 sold.");
  expect(text).toMatch(/^ +0\.004┤/m);
  expect(text).toMatch(/^2025-11-11 – 2025-11-17 +0\.0025 +0\.0010 +0\.0042 +15$/m);
  expect(text).toMatch(/^20054 .* 0\.0031$/m);
  expect(showDocument(GRAMS, { ...plain, width: 40 })).toMatch(/^11-11 +0\.0025 +0\.0010? +0\.0042 +15$/m);
});

test("notes say in words what must be known of the data", () => {
  const text = showDocument(documentOf(YEAR, [33, 20, 50], { notes: NOTES }), plain);
  expect(`\n${text.slice(text.indexOf("Note "), text.indexOf("\nUnits a week"))}`).toMatchInlineSnapshot(`
    "
    Note       New: first ordered 1 week ago, so that the forecast rests on little.
               No order for 15 weeks, since 2025-07-29; the longest gap before was 4
               weeks. It may not be sold any more.
               No order for 5 weeks, since 2025-10-07, though it was ordered nearly
               every week before. Out of stock? Then more is wanted than the
               forecast says. Or is it not sold any more?
               No order for 6 weeks from 2025-01-07, though it is ordered nearly
               every week otherwise. If it was out of stock, more was wanted than
               was sold.
               The week from 2025-09-02 stands out: 1,008 units, where 13.5 are
               usual. One customer bought 1,000: Redcombe Supplies (20054).
               Much comes back: 150 units were returned in the last 52 weeks, 517
               sold. History and forecast are what remains.
               Order lines came twice: 84 units from 2025-10-01 to 2025-10-03 are
               counted once. The import of these days should be looked at.
               Since 2025-06-02 orders have been 1/12 of what they were, and as
               many: the unit seems to be another. The forecast is in the new one,
               and counts earlier quantities in it, too.
               Customer Hill School (7) has ordered once a year, 3 years running:
               the next order, of about 2,000 units, is due about 2025-12-01, and is
               in the forecast.
               Customer 8 has not ordered since 2025-09-30, too long for its rhythm.
               It took 60 % of all units, 42.5 a week, which the forecast leaves
               out.
               For 6 weeks, since 2025-09-30, 3 times what was usual in the year
               before has been sold. The forecast stays on the new level: will it
               last?
               Orders before 2025-08-26 are those of Hook 40 mm (30871), which is
               not ordered any more: 17 of the first 19 customers since then had
               ordered it, so that this product seems to be its successor. History
               and forecast count both.
               Replaced by A/1 #? since 2025-08-26: 17 of its first 19 customers had
               ordered this product, of which nothing more is expected.
               Nearly nothing of any product is expected from 2025-12-23 to
               2026-01-05, as in past years: a closing.
               The source has no order line of any product from 2024-11-12 to
               2024-12-02 (3 weeks): these weeks count as missing, not as weeks
               without demand.
    "
  `);
  const unknown = { kind: "of a later version" } as unknown as (typeof NOTES)[number];
  expect(showDocument(documentOf(YEAR, [33, 20, 50], { notes: [unknown] }), plain)).not.toContain("Note");
});

test("calendar weeks have their ISO week, and the first one says that it is short", () => {
  const wide = showDocument(CALENDAR, { ...plain, width: 100 });
  expect(wide).toContain("\n2026-W48  2026-11-26 – 2026-11-29 ");
  expect(wide).toContain("\n2027-W01  2027-01-04 – 2027-01-10 ");
  expect(wide.replaceAll("\n", " ")).toContain("The first week is the rest of the running one, only 4 days.");
  expect(wide).toContain("units expected over the 81 days to 2027-02-14");
  expect(wide).toContain("in the last 81 days");
  expect(showDocument(CALENDAR, plain)).toContain("\n2026-W48  2026-11-26 ");
  expect(showDocument(CALENDAR, { ...plain, width: 40 })).toMatch(/\n(2026-W48 +2026-11-26|W48 11-26|11-26) /);
  for (const document of [EXAMPLE, documentOf(YEAR, [30, 20, 40])]) {
    expect(showDocument(document, plain)).not.toMatch(/-W\d|rest of the running/);
  }
});
