import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { showDocument } from "../../src/show/inspect.ts";

const plain = { width: 80, color: false, ascii: false };

function documentOf(changes: Partial<ForecastDocument> = {}): ForecastDocument {
  return {
    product_id: "12345",
    product_name: "Oak chair",
    as_of_date: "2025-11-11",
    forecast_weeks: 4,
    predictions: ["2025-11-11", "2025-11-18", "2025-11-25", "2025-12-02"].map((start, week) => ({
      week_start: start,
      week_end: Temporal.PlainDate.from(start).add({ days: 6 }).toString(),
      predicted_quantity: 300.5 + week,
      confidence_lower: 250,
      confidence_upper: 350.2,
      active_customers: 15,
    })),
    summary: {
      total_predicted_quantity: 1208,
      active_customers: 47,
      avg_weekly_quantity: 302,
      total_confidence_lower: 1100.1,
      total_confidence_upper: 1300.9,
    },
    model_metadata: {
      model_type: "statistical",
      forecast_accuracy_estimate: 0.78,
      historical_weeks: 8,
      generated_at: "2025-11-11T06:00:00Z",
      model: "ses",
      interval_level: 0.8,
    },
    history: [280, 310, 295, 320, 305, -5, 299, 301],
    customers: [
      {
        id: "9007199254740993",
        name: "Northfield Supplies",
        status: "alive",
        last_order: "2025-11-05",
        expected_next_order: "2025-11-19",
        expected_quantity: 480.5,
      },
    ],
    at_risk_customers: [],
    ...changes,
  };
}

test("a planner reads what to expect, sees it, and finds weeks and customers", () => {
  expect(showDocument(documentOf(), plain)).toMatchInlineSnapshot(`
    "Product 12345 · Oak chair
    1,208.0 units expected in the 4 weeks from 2025-11-11 to 2025-12-08; between
    1,100.1 and 1,300.9 with 80 % probability.
    Accuracy: 78 % of the total quantity, tried on past dates.
    Model: ses (statistical), from 8 weeks of history, made 2025-11-11T06:00:00Z.

    Units a week: bars were sold, the line is expected, the shade its interval
      400┤                ┊
         │                ┊░░░░░░░░
      300┤  ▆▆▃▃██▅▅  ▄▄▄▄┊━━━━━━━━
         │██████████  ████┊░░░░░░░░
         │██████████  ████┊
      200┤██████████  ████┊
         │██████████  ████┊
      100┤██████████  ████┊
         │██████████  ████┊
         │██████████  ████┊
        0└─────────────────────────
          2025-09-16     2025-11-11
    Drawn as zero: 1 of these weeks had more returned than sold.

    Week                     Expected    Lower    Upper  Customers
    2025-11-11 – 2025-11-17     300.5    250.0    350.2         15
    2025-11-18 – 2025-11-24     301.5    250.0    350.2         15
    2025-11-25 – 2025-12-01     302.5    250.0    350.2         15
    2025-12-02 – 2025-12-08     303.5    250.0    350.2         15
    Total                     1,208.0  1,100.1  1,300.9   47 alive

    Customers with the largest expected quantity
    Customer          Name                 Status  Last order  Next        Quantity
    9007199254740993  Northfield Supplies  alive   2025-11-05  2025-11-19     480.5
    "
  `);
});

describe("whatever the document", () => {
  const documents: [string, ForecastDocument][] = [
    ["usual", documentOf()],
    ["of a new product", documentOf({ history: [3] })],
    ["of a product that sells nothing", documentOf({ history: Array(52).fill(0) })],
    ["with one huge week", documentOf({ history: [...Array(51).fill(1), 1e6] })],
    ["with a long name", documentOf({ product_name: "漢字 and a very long name ".repeat(10) })],
    [
      "for half a year",
      documentOf({ predictions: Array(26).fill(documentOf().predictions[0]), history: Array(52).fill(7) }),
    ],
  ];

  test.each(documents)("%s: no line is wider than the terminal", (_name, document) => {
    for (const width of [60, 80, 120, 200]) {
      for (const line of showDocument(document, { ...plain, width }).split("\n")) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  test.each(documents)("%s: without colour no escape code, with it some", (_name, document) => {
    expect(showDocument(document, plain)).not.toContain("\u001b");
    expect(showDocument(document, { ...plain, color: true })).toContain("\u001b[");
  });

  test.each(documents)("%s: nothing but ASCII where nothing else is shown", (_name, document) => {
    expect(showDocument(document, { ...plain, ascii: true })).toMatch(/^[\n -~]+$/);
  });
});

test("a document of an older version is shown as far as it goes", () => {
  const { history, customers, at_risk_customers, ...old } = documentOf();
  const { total_confidence_lower, total_confidence_upper, ...summary } = old.summary;
  const text = showDocument({ ...old, summary } as ForecastDocument, plain);
  expect(text).toContain("1,208.0 units expected");
  expect(text).not.toContain("undefined");
  expect(text).not.toContain("NaN");
});

test("an accuracy that is not known is said to be so", () => {
  const { model_metadata } = documentOf();
  const text = showDocument(
    documentOf({ model_metadata: { ...model_metadata, forecast_accuracy_estimate: null } }),
    plain,
  );
  expect(text).toContain("Accuracy: not known");
});

test("names cannot take over the terminal", () => {
  expect(showDocument(documentOf({ product_name: "\u001b[2Jgone\nnext" }), plain)).toContain(
    "Product 12345 · gone next\n",
  );
});
