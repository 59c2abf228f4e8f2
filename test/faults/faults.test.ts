import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { tryOut, type Worlds } from "./bench.ts";
import { OUTAGE_CASES } from "./redis-outages.ts";
import { REPLY_CASES, REPLY_LOOPS } from "./redis-replies.ts";
import { SERVER_CASES } from "./redis-servers.ts";
import { makeWorld } from "./world.ts";

let folder: Folder;
let worlds: Worlds;
let tried = 0;
beforeAll(async () => {
  folder = temporaryFolder();
  worlds = { many: await makeWorld(folder.path("many"), 24), few: await makeWorld(folder.path("few"), 5) };
});
afterAll(() => folder.remove());

describe("faults", () => {
  test.concurrent.each([...REPLY_LOOPS, ...REPLY_CASES, ...SERVER_CASES, ...OUTAGE_CASES])("$what", async (given) => {
    const steps = await tryOut(given, worlds);
    tried += steps;
  });
});
test("many", () => {
  console.log(tried);
  expect(tried).toBeGreaterThan(1);
});
