import { afterAll, beforeAll, expect, test } from "vitest";
import { acquireLock, LockHeldError } from "../../src/job/lock.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

test("a lock that is held names its holder, and can be taken when it was released", () => {
  const file = folder.path("lock");
  const first = acquireLock(file, "2025-11-11T06:00:00Z");
  const second = () => acquireLock(file, "2025-11-11T07:00:00Z");
  expect(second).toThrow(LockHeldError);
  expect(second).toThrow(`another instance, pid ${process.pid}, started 2025-11-11T06:00:00Z, holds the lock ${file}`);
  first.release();
  second().release();
});

test("a lock file that cannot be used is another matter", () => {
  const taken = () => acquireLock(folder.path("no/lock"), "");
  expect(taken).toThrow(/^the lock file .*no\/lock cannot be used: .*\(--lock-file chooses another place\)$/);
  expect(taken).not.toThrow(LockHeldError);
});
