import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../../parts/orders.ts";
import { binary, ended, forecast, ON_DENO, openFiles, start } from "../../parts/program.ts";

test("an order database that is held by somebody else is waited for", async () => {
  const folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1", "2"])));
  const holder = new DatabaseSync(database);
  holder.exec("BEGIN EXCLUSIVE");
  const args = ["--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  const child = start(["run", "--dry-run", ...args]);
  while (!openFiles(child.pid).includes(database)) await sleep(5);
  expect(child.exitCode).toBeNull();
  holder.close();
  const { exitCode, stderr } = await ended(child);
  expect(stderr).toContain("Successful: 2 (100.0%)");
  expect(exitCode).toBe(0);
  folder.remove();
});

describe("a database with a write-ahead log, in a folder that may not be written,", () => {
  /** No folder keeps root from writing. */
  const asNobody = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  let folder: Folder;
  let holder: DatabaseSync;
  beforeAll(() => {
    folder = temporaryFolder();
    const database = folder.database(orderBook(steadyOrders(["1", "2"])));
    holder = new DatabaseSync(database);
    holder.exec("PRAGMA journal_mode = WAL");
    mkdirSync(folder.path("whole"));
    copyFileSync(database, folder.path("whole/100% #1?.sqlite"));
    holder.exec("DELETE FROM OrderItem WHERE ProductID = 2");
    mkdirSync(folder.path("log"));
    for (const end of ["", "-wal"]) copyFileSync(`${database}${end}`, folder.path(`log/orders.sqlite${end}`));
    mkdirSync(folder.path("home"));
    for (const name of ["whole", "log"]) chmodSync(folder.path(name), 0o555);
    chmodSync(folder.path("home"), 0o777);
    chmodSync(folder.path("."), 0o755);
  });
  afterAll(() => {
    holder.close();
    for (const name of ["whole", "log"]) chmodSync(folder.path(name), 0o755);
    folder.remove();
  });

  const run = (name: string, program = binary()) => {
    const options = ["--as-of", "2025-11-11", "--lock-file", join(folder.path("home"), "lock")];
    const env = { HOME: folder.path("home") };
    const args = ["run", "--dry-run", ...options, "--source", `sqlite:${folder.path(name)}`];
    return forecast(args, { program: [...asNobody, ...program], env });
  };

  test.each([
    ["the binary", binary()],
    ["Deno", ON_DENO],
  ])("is read by %s where nothing is left in the log", async (_name, program) => {
    const { exitCode, stderr } = await run("whole/100% #1?.sqlite", program);
    expect(stderr).toContain("Successful: 2 (100.0%)");
    expect(exitCode).toBe(0);
  });

  test("is refused with what to do where changes are left in the log", async () => {
    const { exitCode, stderr } = await run("log/orders.sqlite");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: order database .*log\/orders\.sqlite: changes are left in its write-ahead log, .* PRAGMA wal_checkpoint\(TRUNCATE\) .*\n$/,
    );
  });
});
