import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseDay } from "../../../src/history/calendar.ts";
import { SELECT_KIND } from "../../../src/sources/sqlserver/database-kind.ts";
import { SqlServerSource } from "../../../src/sources/sqlserver/source.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../../parts/orders.ts";
import { settingsFor } from "../../parts/sql-server.ts";
import { startTdsServer, type TdsServer } from "../../tds/server.ts";
import type { ErrorToken } from "../../tds/tokens.ts";

const PERIOD = { start: parseDay("2019-01-01"), origin: parseDay("2025-11-11") };
const RECOVERING: ErrorToken = { number: 18456, state: 38, severity: 14, message: "Login failed for user 'planner'." };
const IDS = ["1", "2", "3"];
const LINES = 180;

let folder: Folder;
let encrypted: TdsServer;
let plain: TdsServer;
beforeAll(async () => {
  folder = temporaryFolder();
  const options = { database: folder.database(orderBook(steadyOrders(IDS))), user: "planner", password: "s3cret" };
  encrypted = await startTdsServer(options);
  plain = await startTdsServer({ ...options, encrypt: false });
});
afterEach(() => {
  encrypted.setFaults({});
  plain.setFaults({});
});
afterAll(async () => {
  await encrypted.close();
  await plain.close();
  folder.remove();
});

function sourceOn(server: TdsServer, settings: Partial<ReturnType<typeof settingsFor>> = {}): SqlServerSource {
  return new SqlServerSource({ ...settingsFor(server.port), encrypt: server === encrypted, ...settings });
}

async function linesOf(source: SqlServerSource): Promise<number> {
  return (await source.orderLines(IDS, PERIOD)).day.length;
}

describe.each([
  ["encrypted", () => encrypted],
  ["in the clear", () => plain],
])("%s", (_name, server) => {
  test("a connection that ends in place of an answer is made anew", async () => {
    const source = sourceOn(server());
    expect(await linesOf(source)).toBe(LINES);
    server().setFaults({ endInstead: { statementMatches: /OPENJSON/, times: 2 } });
    expect(await linesOf(source).finally(() => source.close())).toBe(LINES);
  });

  test("an answer in which a bit was turned is asked for once more, or understood, and nothing else is heard of it", async () => {
    const source = sourceOn(server(), { queryTimeoutSeconds: 1 });
    await linesOf(source);
    const before = server().bytesSent();
    await linesOf(source);
    const bytes = server().bytesSent() - before;
    // A row has the length of a number every five bytes.
    const middle = Math.floor(bytes / 2);
    for (const afterBytes of [4, 60, ...[0, 1, 2, 3, 4, 5].map((more) => middle + more), bytes - 2]) {
      server().setFaults({ turnBit: { afterBytes } });
      expect(await linesOf(source)).toBeGreaterThan(0);
    }
    await source.close();
  });
});

test("a server that restarts is waited for, also while it lets nobody in yet", async () => {
  const source = sourceOn(encrypted);
  await linesOf(source);
  const up = await encrypted.shutDown();
  const reading = linesOf(source);
  encrypted.setFaults({ refuseLogin: { errors: [RECOVERING], times: 4 } });
  await up();
  expect(await reading.finally(() => source.close())).toBe(LINES);
});

test("patience ends, and is not begun anew for the next read", async () => {
  const source = sourceOn(encrypted, { patienceSeconds: 9 });
  await linesOf(source);
  const endInstead = { statementMatches: /OPENJSON/, times: 1 };
  encrypted.setFaults({ endInstead, refuseLogin: { errors: [RECOVERING] } });
  await expect(linesOf(source)).rejects.toThrow(/state 38: Login failed .*waited for \d+ s, as FORECAST_PATIENCE says/);
  const before = encrypted.passwords.length;
  await expect(linesOf(source)).rejects.toMatchObject({ unavailable: true });
  expect(encrypted.passwords.length - before).toBe(4);
  encrypted.setFaults({});
  expect(await linesOf(source).finally(() => source.close())).toBe(LINES);
});

test("without patience there are a few tries", async () => {
  const source = sourceOn(encrypted, { patienceSeconds: 0 });
  encrypted.setFaults({ refuseLogin: { errors: [RECOVERING] } });
  const before = encrypted.passwords.length;
  await expect(linesOf(source).finally(() => source.close())).rejects.toMatchObject({ unavailable: true });
  expect(encrypted.passwords.length - before).toBe(4);
});

test("a login that is refused for good is tried once, and the cause is told", async () => {
  const missing = { number: 4060, severity: 11, message: 'Cannot open database "orders" requested by the login.' };
  encrypted.setFaults({ refuseLogin: { errors: [missing, { ...RECOVERING, state: 1 }] } });
  const before = encrypted.passwords.length;
  const source = sourceOn(encrypted);
  await expect(linesOf(source).finally(() => source.close())).rejects.toThrow(
    /error 4060, state 1: Cannot open database/,
  );
  expect(encrypted.passwords.length - before).toBe(1);
});

test("a server that refuses encryption is not told the password", async () => {
  const source = sourceOn(plain, { encrypt: true });
  const before = plain.passwords.length;
  await expect(linesOf(source).finally(() => source.close())).rejects.toThrow(/refuses encryption \(DB_ENCRYPT=false/);
  expect(plain.passwords).toHaveLength(before);
});

test("nothing but our own statements is asked, so that no other takes of the time for one", async () => {
  const source = sourceOn(encrypted);
  const before = encrypted.statements.length;
  await linesOf(source);
  await linesOf(source);
  await source.close();
  const others = encrypted.statements.slice(before).filter((statement) => !statement.includes("OPENJSON"));
  expect(others).toEqual([SELECT_KIND]);
});

test("a source is closed while its server says nothing, and what was under way ends", async () => {
  const source = sourceOn(encrypted, { queryTimeoutSeconds: 60 });
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  encrypted.setFaults({ delay: { ms: 25_000, statementMatches: /OPENJSON/, begun: resolve } });
  const reading = linesOf(source);
  const failed = expect(reading).rejects.toThrow("the source was closed");
  await begun;
  await source.close();
  await failed;
});
