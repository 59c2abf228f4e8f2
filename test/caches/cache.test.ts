import { expect, test } from "vitest";
import { forecastKey, METADATA_KEY } from "../../src/caches/cache.ts";

test("keys are those that existing readers ask for", () => {
  expect(forecastKey("9007199254740993")).toBe("forecast:9007199254740993");
  expect(METADATA_KEY).toBe("forecast:metadata:last_run");
});
