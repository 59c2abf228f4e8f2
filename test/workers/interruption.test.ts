import { expect, test, vi } from "vitest";
import { Interruption, onSignals } from "../../src/workers/interruption.ts";

test.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGQUIT", 131],
  ["SIGTERM", 143],
])("%s has the exit code %i", (signal, exitCode) => {
  const interruption = new Interruption();
  const before = process.listeners(signal as "SIGHUP");
  onSignals(interruption);
  const [handle] = process.listeners(signal as "SIGHUP").filter((listener) => !before.includes(listener));
  for (const each of ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const) process.removeAllListeners(each);
  handle!(signal as "SIGHUP");
  expect(interruption.exitCode).toBe(exitCode);
});

test("a first signal asks for an interruption, a second one to leave with its own exit code", async () => {
  const signalled = new Map<string | symbol, () => void>();
  const on = vi.spyOn(process, "on").mockImplementation((signal, handle) => {
    signalled.set(signal, handle as () => void);
    return process;
  });
  const interruption = new Interruption();
  const second = onSignals(interruption);
  on.mockRestore();
  expect(interruption.exitCode).toBeUndefined();
  signalled.get("SIGINT")!();
  await interruption.asked;
  expect(interruption.exitCode).toBe(130);
  signalled.get("SIGTERM")!();
  expect(await second).toBe(143);
  expect(interruption.exitCode).toBe(130);
});
