import { expect, test } from "vitest";
import { forecastKey, keyConflict, METADATA_KEY } from "../../src/caches/cache.ts";

test("keys are those that existing readers ask for", () => {
  expect(forecastKey("9007199254740993")).toBe("forecast:9007199254740993");
  expect(METADATA_KEY).toBe("forecast:metadata:last_run");
});

test("products whose documents would share a key, or take one of the run's own, are named", () => {
  expect(keyConflict(["1", "01", "a", "A", "metadata", "indexes"])).toBeUndefined();
  expect(keyConflict(["1", "2", "1"])).toBe(
    'two products, such as the number and the text "1", would share the key forecast:1',
  );
  expect(keyConflict(["\ud800", "\udbff"])).toContain("would share the key forecast:\ufffd");
  expect(keyConflict(["metadata:last_run"])).toContain("a key of the run's own, forecast:metadata:last_run");
  expect(keyConflict(["index"])).toContain("a key of the run's own, forecast:index");
});
