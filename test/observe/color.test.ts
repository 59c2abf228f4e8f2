import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wantsColor } from "../../src/observe/log.ts";

beforeEach(() => {
  vi.stubEnv("NO_COLOR", "");
  vi.stubEnv("TERM", "xterm");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test("a terminal gets colours, anything else none", () => {
  expect(wantsColor({ isTTY: true })).toBe(true);
  expect(wantsColor({})).toBe(false);
});

test("nobody gets colours who declined them, or whose terminal knows none", () => {
  vi.stubEnv("TERM", "dumb");
  expect(wantsColor({ isTTY: true })).toBe(false);
  vi.stubEnv("TERM", "xterm");
  vi.stubEnv("NO_COLOR", "1");
  expect(wantsColor({ isTTY: true })).toBe(false);
});
