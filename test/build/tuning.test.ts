import { expect, test } from "vitest";
import { findPlaces } from "../../build/tuning/places.ts";

test("every tuned number is found in the source, and something else is tried in its stead", () => {
  const places = findPlaces();
  expect(places.length).toBeGreaterThan(100);
  for (const { file, name, value, tried } of places) {
    expect(tried, `${file}: ${name}`).not.toHaveLength(0);
    expect(tried, `${file}: ${name}`).not.toContain(value);
  }
});
