import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

test("a lock file is for its user alone, and a later one at its place is another one", () => {
  const first = acquireLock(folder.path("private"), "");
  expect(statSync(folder.path("private")).mode & 0o077).toBe(0);
  rmSync(folder.path("private"));
  const second = acquireLock(folder.path("private"), "");
  expect(second.identity).not.toBe(first.identity);
  first.release();
  second.release();
});

describe("what is no lock is not touched", () => {
  const lockAt = (name: string) => () => acquireLock(folder.path(name), "");

  test("such as a symbolic link, to a file or to nothing", () => {
    writeFileSync(folder.path("precious"), "precious");
    symlinkSync(folder.path("precious"), folder.path("link"));
    expect(lockAt("link")).toThrow("link cannot be used: it is a symbolic link (");
    expect(readFileSync(folder.path("precious"), "utf8")).toBe("precious");
    symlinkSync(folder.path("nowhere"), folder.path("dangling"));
    expect(lockAt("dangling")).toThrow("it is a symbolic link");
    expect(existsSync(folder.path("nowhere"))).toBe(false);
  });

  test("such as another SQLite database, a text or a folder", () => {
    const database = new DatabaseSync(folder.path("orders.sqlite"));
    database.exec("CREATE TABLE OrderItem (ID INTEGER)");
    database.close();
    const before = readFileSync(folder.path("orders.sqlite"));
    expect(lockAt("orders.sqlite")).toThrow("it holds something else than a lock");
    expect(readFileSync(folder.path("orders.sqlite"))).toEqual(before);
    writeFileSync(folder.path("text"), "a text");
    expect(lockAt("text")).toThrow("it holds something else than a lock");
    mkdirSync(folder.path("folder"));
    expect(lockAt("folder")).toThrow(/folder cannot be used/);
  });

  test("such as a pipe, which is not waited for", () => {
    Bun.spawnSync(["mkfifo", folder.path("pipe")]);
    expect(lockAt("pipe")).toThrow("it is no regular file");
  });
});
