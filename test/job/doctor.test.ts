import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { examine } from "../../src/job/doctor.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { settingsFor } from "../parts/sql-server.ts";
import { startTdsServer, type TdsServer } from "../tds/server.ts";

let folder: Folder;
let server: TdsServer;
beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1"])));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
});
afterAll(async () => {
  await server.close();
  folder.remove();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test.each([-120, 120])("a clock that is %i s apart from the database's is a problem", async (seconds) => {
  const now = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => now() + seconds * 1000);
  const findings = await examine({
    source: { kind: "mssql", ...settingsFor(server.port) },
    cache: undefined,
    historyStart: parseDay("2019-01-01"),
    origin: parseDay("2025-11-11"),
    minCustomers: 2,
    minOrders: 3,
    mostDrop: 0.5,
    mostAgeDays: 21,
    timeZone: { id: "UTC", by: "TZ" },
    lockFile: folder.path("lock"),
    metricsFile: undefined,
    tryQueue: undefined,
  });
  expect(findings.find(({ what }) => what === "clock")).toMatchObject({
    state: "problem",
    text: expect.stringMatching(/: (11\d|12\d) s apart from the database's$/),
    advice: ["set this machine's clock: timedatectl set-ntp true"],
  });
});
