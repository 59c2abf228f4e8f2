import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { openCache } from "../../src/caches/registry.ts";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { withoutStamp } from "../parts/stamp.ts";
import { startTdsServer, type TdsServer } from "../tds/server.ts";

let folder: Folder;
let server: TdsServer;
beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(simulatedBook(260));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
});
afterEach(() => server.setFaults({}));
afterAll(async () => {
  await server.close();
  folder.remove();
});

const cacheOf = (name: string) => ["--cache", `sqlite:${folder.path(`${name}.sqlite`)}`];

function run(name: string, patienceSeconds: number) {
  const env = environmentOf({ ...settingsFor(server.port), patienceSeconds });
  const options = ["--as-of", "2025-11-11", "--workers", "2", "--lock-file", folder.path("lock")];
  return forecast(["run", ...options, ...cacheOf(name)], { env });
}

/** The documents that a run left, but for what tells of it, and its metadata. */
async function left(name: string) {
  const cache = await openCache({ kind: "sqlite", file: folder.path(`${name}.sqlite`) });
  const keys = simulatedBook(260).productIds.map((id) => `forecast:${id}`);
  const documents = await Promise.all(keys.map((key) => cache.read(key)));
  const metadata = JSON.parse((await cache.read(METADATA_KEY)) ?? "null");
  await cache.close();
  return { documents: documents.map((text) => text && withoutStamp(text)), metadata };
}

test("a server that restarts while a run learns changes nothing", async () => {
  expect((await run("whole", 300)).exitCode).toBe(0);
  const expected = await left("whole");
  expect(expected.metadata).toMatchObject({ learned: true, learning_failed: null });
  const recovering = { number: 18456, state: 38, severity: 14, message: "Login failed for user 'planner'." };
  server.setFaults({
    endInstead: { statementMatches: /OPENJSON/, times: 2 },
    refuseLogin: { errors: [recovering], times: 3 },
  });
  const { exitCode, stderr } = await run("restarted", 300);
  const others = stderr.match(/^(warning|error): (?!SQL Server .*: (waited for, 300 s at most|back after \d+ s)).*$/gm);
  expect({ exitCode, others }).toEqual({ exitCode: 0, others: null });
  expect((await left("restarted")).documents).toEqual(expected.documents);
});

test("a run that could not learn warns, and metadata and status tell of it", async () => {
  const shutdown = { number: 6005, severity: 10, message: "SHUTDOWN is in progress." };
  // Either thread's first read fails with all its tries.
  server.setFaults({ errorNumber: { ...shutdown, times: 8, statementMatches: /OPENJSON/ } });
  const { exitCode, stderr } = await run("unlearned", 0);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^warning: learning across products failed, .*SHUTDOWN is in progress/m);
  const { metadata } = await left("unlearned");
  expect(metadata).toMatchObject({ learned: false, interval_coverage: null, failed: 0 });
  expect(metadata.learning_failed).toContain("SHUTDOWN is in progress");
  const status = await forecast(["status", ...cacheOf("unlearned"), "--max-age", "9999d"]);
  expect(status.stdout).toMatch(/^Learning Failed: .*SHUTDOWN is in progress/m);
});
