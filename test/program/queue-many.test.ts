import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { briefOrders, type Folder, orderBook, temporaryFolder } from "../parts/orders.ts";
import { underWay, until } from "../parts/queue.ts";
import { type RedisServers, startCluster, startSentinels } from "../parts/redis-many.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

const PASSWORD = "s3cret";
const PRODUCTS = 40;

let folder: Folder;
let server: Awaited<ReturnType<typeof startTdsServer>>;
beforeAll(async () => {
  folder = temporaryFolder();
  const book = orderBook(briefOrders(PRODUCTS));
  server = await startTdsServer({ database: folder.database(book), user: "planner", password: "s3cret" });
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

/** A queued run whose master of Redis, or of the queue's part of it, is lost while a worker is at its batches. */
async function runWithout({ servers }: RedisServers, env: Record<string, string>) {
  const all = { ...environmentOf({ ...settingsFor(server.port), queryTimeoutSeconds: 60 }), ...env };
  const flags = ["--as-of", "2025-11-11", "--workers", "4", "--lock-file", folder.path("lock")];
  server.setFaults({});
  const run = underWay(["run", "--queue", ...flags], { env: all });
  await run.until(/batches wait in the queue/);
  server.setFaults({ delay: { ms: 1000, statementMatches: /OPENJSON\(@product_ids\)/ } });
  underWay(["work", "--workers", "1"], { env: all });
  const isMaster = ({ cli }: (typeof servers)[number]) => cli("INFO", "replication").includes("role:master");
  const holder = () =>
    servers.find((one) => isMaster(one) && Number(one.cli("LLEN", "{forecast:}queue:batches:active")) > 0);
  await until(() => holder() !== undefined);
  const victim = holder()!;
  await victim.kill();
  server.setFaults({});
  expect(await run.exited, run.said()).toBe(0);
  const masters = servers.filter((one) => one !== victim && isMaster(one));
  const values = (command: string, ...args: string[]) =>
    masters.map(({ cli }) => cli(command, ...args)).filter(Boolean);
  const metadata = values("GET", METADATA_KEY).find((text) => text.startsWith("{"));
  const documents = values("KEYS", "forecast:[0-9]*").flatMap((keys) => keys.split("\n"));
  await until(() => masters.every(({ cli }) => cli("KEYS", "{forecast:}*") === ""));
  return { documents, ...JSON.parse(metadata!) };
}

describe("a queue goes on when its master is lost in the middle of a run", () => {
  let many: RedisServers;
  afterAll(() => many?.stop());

  test("that Sentinels watch", async () => {
    many = await startSentinels(PASSWORD);
    const passwords = { REDIS_PASSWORD: PASSWORD, REDIS_SENTINEL_PASSWORD: PASSWORD };
    const env = { REDIS_SENTINELS: many.addresses, REDIS_SENTINEL_MASTER: "main", ...passwords };
    const { documents, successful, failed } = await runWithout(many, env);
    await many.stop();
    expect({ successful, failed }).toEqual({ successful: PRODUCTS, failed: 0 });
    expect(documents).toHaveLength(PRODUCTS);
  });

  test("of a cluster", async () => {
    many = await startCluster();
    const { documents, successful, failed } = await runWithout(many, { REDIS_CLUSTER: many.addresses });
    expect({ successful, failed }).toEqual({ successful: PRODUCTS, failed: 0 });
    expect(documents).toHaveLength(PRODUCTS);
  });
});
