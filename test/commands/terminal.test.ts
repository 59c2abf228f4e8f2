import { afterEach, expect, test, vi } from "vitest";
import { terminalOptions } from "../../src/commands/terminal.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ["en_US.UTF-8", "", "", false],
  ["C", "", "", true],
  ["C", "C.UTF-8", "", false],
  ["en_US.UTF-8", "POSIX", "", true],
  ["en_US.UTF-8", "C.UTF-8", "C", true],
  ["C", "C", "C.UTF-8", false],
])("LANG=%s LC_CTYPE=%s LC_ALL=%s: only ASCII is %s", (LANG, LC_CTYPE, LC_ALL, ascii) => {
  for (const [name, value] of Object.entries({ LANG, LC_CTYPE, LC_ALL, TERM: "xterm" })) vi.stubEnv(name, value);
  expect(terminalOptions().ascii).toBe(ascii);
});
