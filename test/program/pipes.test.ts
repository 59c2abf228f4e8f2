import { closeSync, constants, openSync, readSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { binary } from "../parts/program.ts";

/** More lines and more JSON than a pipe holds. */
const PRODUCTS = 2000;

let folder: Folder;
let database: string;
/** A pipe with nobody at its other end but this test, which reads when it wants to. */
let pipe: number;

beforeAll(() => {
  folder = temporaryFolder();
  const ids = Array.from({ length: PRODUCTS }, (_, i) => `${i + 1}`);
  database = folder.database(orderBook(steadyOrders(ids, "2025-11-11", 4)));
  const orders = new DatabaseSync(database);
  orders.exec("UPDATE OrderItem SET Qty = 1e308");
  orders.close();
});
afterAll(() => folder.remove());
beforeEach(() => {
  Bun.spawnSync(["mkfifo", folder.path("pipe")]);
  pipe = openSync(folder.path("pipe"), constants.O_RDWR);
});
afterEach(() => {
  closeSync(pipe);
  Bun.spawnSync(["rm", "-f", folder.path("pipe"), folder.path("cache.sqlite")]);
});

/** A run in which every product fails, and says so. */
function start(args: readonly string[], streams: { stdout?: number; stderr?: number }) {
  const paths = ["--cache", `sqlite:${folder.path("cache.sqlite")}`, "--lock-file", folder.path("lock")];
  const { stdout = "ignore", stderr = "ignore" } = streams;
  return Bun.spawn([...binary(), "run", "--as-of", "2025-11-11", "--source", `sqlite:${database}`, ...paths, ...args], {
    env: {},
    stdio: ["ignore", stdout, stderr],
  });
}

/** Waits until the run has written its metadata: what it says of each product comes after it. */
async function untilDone(): Promise<void> {
  for (;;) {
    try {
      const cache = new DatabaseSync(folder.path("cache.sqlite"), { readOnly: true });
      const row = cache.prepare("SELECT 1 FROM cache WHERE key = ?").get(METADATA_KEY);
      cache.close();
      if (row) return;
    } catch {
      // There is no cache yet.
    }
    await Bun.sleep(20);
  }
}

/** Reads the pipe until `end` has come. */
async function read(end: RegExp): Promise<string> {
  const reader = openSync(folder.path("pipe"), constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(1 << 16);
  let text = "";
  while (!end.test(text.slice(-2000))) {
    try {
      text += buffer.toString("utf8", 0, readSync(reader, buffer));
    } catch {
      await Bun.sleep(5);
    }
  }
  closeSync(reader);
  return text;
}

test("a log into a pipe whose reader is late arrives whole", async () => {
  const child = start(["--log-format", "json"], { stderr: pipe });
  await untilDone();
  const lines = (await read(/run finished.*\n$/)).trimEnd().split("\n");
  expect(lines.filter((line) => JSON.parse(line).product_id !== undefined)).toHaveLength(PRODUCTS);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ exit_code: 1, failed: PRODUCTS });
  expect(await child.exited).toBe(1);
});

test("a log that nobody reads keeps no run from its end", async () => {
  const child = start(["--log-format", "json"], { stderr: pipe });
  expect(await child.exited).toBe(1);
});

test("a run whose JSON nobody reads ends when it is told to", async () => {
  const child = start(["--json"], { stdout: pipe });
  await untilDone();
  child.kill("SIGTERM");
  expect(await child.exited).toBe(143);
});

test("the JSON of a run is alone on standard output, whole", async () => {
  const child = start(["--json"], { stdout: pipe });
  const report = JSON.parse(await read(/\}\n$/));
  expect(report.failed_products).toHaveLength(PRODUCTS);
  expect(await child.exited).toBe(1);
});
