import { expect, test } from "vitest";
import { showDocument } from "../../../src/show/terminal/inspect.ts";
import { DISTINCT } from "../documents.ts";
import { tableOnTerminal } from "../read-tables.ts";

const shown = (width: number) => showDocument(DISTINCT, { width, color: false, ascii: false });

test("each number of the header is that of its name", () => {
  expect(shown(100).slice(0, shown(100).indexOf("\nUnits a week"))).toBe(
    `Product 12345 · Oak chair
2,602 units expected over the 12 weeks to 2026-02-02, between 2,223 and 3,034 with 75 % probability.

As of      2025-11-11, from 333 weeks of history
Sold       26,186 in the last 12 weeks, 1,706 in the forecast weeks a year ago
Stock      3,034 are enough with 87.5 % probability: the service level of the upper bounds.
Why        2,400 by the level of the last weeks over 12 weeks, +201 season of this one. Against the
           average product that is moved most by its season (+77.7).
Accuracy   81 %: of products like this one, the total of 12 weeks is expected to be off by 19 %
Own past   At 2 past dates its own forecasts of 12 weeks, made anew with what is known today of all
           products, would have said 1,310 where 1,421 came (from 2025-08-19) and 1,105 where 991
           came (from 2025-05-27), off by 9 % on average.
Customers  47 expected to order again within a year
Model      tsb (ml), made 2025-11-11 06:07:08 UTC
`,
  );
  expect(shown(100)).toContain("75 % interval");
});

test("each number of a week stands below its name", () => {
  const rows = tableOnTerminal(shown(100), "Week");
  expect(rows[0]).toEqual(["Week", "Expected", "Lower", "Upper", "Customers ordering"]);
  expect(rows[1]).toEqual(["2025-11-11 – 2025-11-17", "200.1", "150.2", "260.3", "30"]);
  expect(rows[12]).toEqual(["2026-01-27 – 2026-02-02", "233.1", "172.2", "315.3", "41"]);
  expect(rows.slice(13)).toEqual([["Total", "2,601.5", "2,222.6", "3,033.7"]]);
});

test.each([
  [60, ["2025-11-11", "200.1", "150.2", "260.3", "30"]],
  [40, ["11-11", "200.1", "150.2", "260.3", "30"]],
])("so it does on %i columns", (width, row) => {
  const cells = shown(width)
    .split("\n")
    .map((line) => line.split(/ +/));
  expect(cells).toContainEqual(row);
  expect(cells).toContainEqual(["Total", "2,601.5", "2,222.6", "3,033.7"]);
});

test("each customer has its own dates and quantity, one at risk what is at stake", () => {
  expect(tableOnTerminal(`${shown(100)}\n`, "Customer")).toEqual([
    ["Customer", "Name", "Status", "Last order", "Next order", "Expected"],
    ["11", "Ash Retail", "alive", "2025-10-30", "2025-11-19", "700.1"],
    ["12", "Birch Stores", "alive", "2025-09-28", "2025-12-17", "50.2"],
  ]);
  const atRisk = shown(100).split("Customers at risk of not coming back\n")[1]!;
  expect(tableOnTerminal(atRisk, "Customer")).toEqual([
    ["Customer", "Name", "Status", "Last order", "Next order", "At stake"],
    ["13", "Cedar Homes", "at risk", "2025-05-06", "2026-01-15", "90.4"],
  ]);
});

test("so it has on two lines", () => {
  expect(shown(45).split("Largest customers by expected quantity\n")[1]).toBe(
    `Customer  Name          Expected
  Status  Last order  Next order
11        Ash Retail       700.1
  alive   2025-10-30  2025-11-19
12        Birch Stores      50.2
  alive   2025-09-28  2025-12-17

Customers at risk of not coming back
Customer  Name         At stake
  Status   Last order  Next order
13        Cedar Homes      90.4
  at risk  2025-05-06  2026-01-15
`,
  );
});
