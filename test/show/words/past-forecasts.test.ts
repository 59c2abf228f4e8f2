import { expect, test } from "vitest";
import { format } from "../../../src/show/terminal/format.ts";
import { pastForecastsInWords } from "../../../src/show/words/past-forecasts.ts";
import { documentOf } from "../documents.ts";

const said = (...past: (readonly [date: string, predicted: number, came: number])[]) => {
  const past_forecasts = past.map(([as_of_date, predicted_quantity, actual_quantity]) => {
    return { as_of_date, predicted_quantity, actual_quantity };
  });
  return pastForecastsInWords(documentOf([1], [1, 0, 2], { past_forecasts }), format, (day) => day);
};

test("what own forecasts missed stands with what was said, what came, and how far that is off", () => {
  expect(said(["2025-08-19", 340, 360], ["2025-05-27", 310, 402])).toBe(
    "At 2 past dates its own forecasts of 12 weeks, made anew with what is known today of all products, would have said " +
      "340 where 360 came (from 2025-08-19) and 310 where 402 came (from 2025-05-27), off by 15 % on average.",
  );
  expect(said(["2025-08-19", 340, 400])).toBe(
    "At a past date its own forecast of 12 weeks, made anew with what is known today of all products, would have said " +
      "340 where 400 came (from 2025-08-19), off by 15 %.",
  );
});

test("no share is named of what came where that was nothing", () => {
  expect(said(["2025-08-19", 40, 0])).toMatch(/would have said 40 where 0 came \(from 2025-08-19\)\.$/);
  expect(said(["2025-08-19", 40, -3])).toMatch(/40 where -3 came \(from 2025-08-19\)\.$/);
});

test("where there was no past date it is said why, and nothing of a document that does not tell", () => {
  expect(said()).toBe("Too little was ordered before the last 12 weeks to forecast them as of then.");
  const { past_forecasts: _, ...older } = documentOf([1], [1, 0, 2]);
  expect(pastForecastsInWords(older, format, (day) => day)).toBeUndefined();
});
