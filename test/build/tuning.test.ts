import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findPlaces } from "../../build/tuning/places.ts";

const PLACES = findPlaces();

test("every tuned number is where the list of experiments says, and something is tried in its stead", () => {
  for (const { name, before, value, after, tried, file } of PLACES) {
    expect(`${before}${value}${after}`, name).toBe(readFileSync(file, "utf8"));
    expect(tried.length, name).toBeGreaterThan(0);
  }
});

test("the table tells of no number that is gone", () => {
  const known = new Set(PLACES.map(({ name }) => name));
  const told = readFileSync("build/tuning.md", "utf8").matchAll(/^\| `(.+?)` \|/gm);
  expect([...told].map(([, name]) => name).filter((name) => !known.has(name!))).toEqual([]);
});
