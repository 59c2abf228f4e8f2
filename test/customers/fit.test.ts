import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fitPurchaseModel, logLikelihood, maximumLikelihood } from "../../src/customers/fit.ts";
import { USUAL_PARAMETERS } from "../../src/customers/purchase-model.ts";
import lifetimes from "../reference/lifetimes-cdnow.json" with { type: "json" };
import { simulatedSummaries } from "./simulate.ts";

const CDNOW = readFileSync(new URL("../reference/cdnow-summary.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [, repeats, recency, age] = line.split(",").map(Number);
    return { repeats: repeats!, recency: recency!, age: age!, logIntervals: 0 };
  });

describe("on CDNOW's 2,357 customers", () => {
  test("BG/NBD comes to the parameters and the likelihood of Fader, Hardie & Lee (2005), table 2", () => {
    const found = maximumLikelihood(CDNOW, { regularity: 1, firstMayBeLast: false });
    expect(logLikelihood(CDNOW, found)).toBeCloseTo(-9582.4, 1);
    for (const [name, published] of Object.entries({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 })) {
      expect(Math.abs(found[name as "r"] / published - 1)).toBeLessThan(0.04);
    }
  });

  test.each([
    ["BG/NBD", false, lifetimes.bg_nbd.params],
    ["MBG/NBD", true, lifetimes.mbg_nbd.params],
  ] as const)("%s is as likely as fitted by lifetimes, within 0.001 %%", (_name, firstMayBeLast, params) => {
    const kind = { regularity: 1, firstMayBeLast };
    const ours = logLikelihood(CDNOW, maximumLikelihood(CDNOW, kind));
    expect(ours).toBeGreaterThan(logLikelihood(CDNOW, { ...kind, ...params }) * (1 + 1e-5));
  });
});

describe("the model of all customers", () => {
  const random = { ...{ regularity: 1, firstMayBeLast: true }, ...{ r: 2, alpha: 2, a: 2, b: 18 } };

  test.each([1, 2])("finds regularity %i where it is so", (regularity) => {
    const summaries = simulatedSummaries({ ...random, regularity }, 2000, 60, 3);
    const found = fitPurchaseModel(summaries);
    expect(found.regularity).toBe(regularity);
    expect(found.r).toBeGreaterThan(1.8);
    expect(found.r).toBeLessThan(2.2);
    expect(found.a / (found.a + found.b)).toBeCloseTo(0.1, 2);
  });

  test("does not depend on the order of the pairs", () => {
    const summaries = simulatedSummaries(random, 500, 60, 4);
    expect(fitPurchaseModel(summaries.toReversed())).toEqual(fitPurchaseModel(summaries));
  });

  test("is nearly the same from part of the pairs, where there are many", () => {
    const summaries = simulatedSummaries(random, 10_000, 60, 5);
    const found = maximumLikelihood(summaries, random);
    expect(logLikelihood(summaries, found)).toBeGreaterThan(logLikelihood(summaries, random) * (1 + 1e-4));
  });

  test("is the same where each pair is there three times, although of so many a part stands for the others", () => {
    const summaries = simulatedSummaries(random, 4000, 60, 6);
    const { r, a, b } = maximumLikelihood(summaries, random);
    const threefold = maximumLikelihood([...summaries, ...summaries, ...summaries], random);
    expect(threefold.r).toBeCloseTo(r, 2);
    expect(threefold.a / (threefold.a + threefold.b)).toBeCloseTo(a / (a + b), 3);
  });

  test("is that of random orders where more regular ones are likelier by little", () => {
    const regular = simulatedSummaries({ ...random, regularity: 2 }, 500, 60, 7);
    const summaries = [...simulatedSummaries(random, 100, 60, 8), ...regular];
    const likelihoods = [1, 2].map((regularity) =>
      logLikelihood(summaries, maximumLikelihood(summaries, { ...random, regularity })),
    );
    expect(likelihoods[1]).toBeGreaterThan(likelihoods[0]! + 100);
    expect(fitPurchaseModel(summaries).regularity).toBe(1);
  });

  test("is the usual one where there are few", () => {
    expect(fitPurchaseModel(CDNOW.slice(0, 50))).toEqual(USUAL_PARAMETERS);
  });
});
