import { expect, test } from "vitest";
import { meanForecast } from "../../src/forecast/mean-forecast.ts";
import { ALL_MODELS } from "../../src/models/registry.ts";

const QUANTITIES = Float64Array.from({ length: 70 }, (_, week) => (week % 6 === 5 ? -9 : week % 4));

test.each(ALL_MODELS)(
  "$name takes weeks of more returns than sales as it must, and forecasts nothing below zero",
  (model) => {
    const net = meanForecast(model, QUANTITIES, 12);
    expect(Math.min(...net)).toBeGreaterThanOrEqual(0);
    expect(
      Math.max(
        ...meanForecast(
          model,
          Float64Array.from(QUANTITIES, (quantity) => -Math.abs(quantity)),
          12,
        ),
      ),
    ).toBe(0);
    const clipped = meanForecast(
      model,
      QUANTITIES.map((quantity) => Math.max(0, quantity)),
      12,
    );
    if (model.takes === "demand") expect(net).toEqual(clipped);
  },
);

test("methods that count sales see none below zero; those of levels see the net", () => {
  const taking = (kind: string) => ALL_MODELS.filter(({ takes }) => takes === kind).map(({ name }) => name);
  expect(taking("demand")).toEqual(expect.arrayContaining(["croston", "sba", "tsb", "adida", "imapa"]));
  expect(taking("net")).toEqual(expect.arrayContaining(["naive", "mean13"]));
});
