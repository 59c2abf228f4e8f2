import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { ROOT } from "../parts/root.ts";
import { type Case, type Loop, tryOut, type Worlds } from "./bench.ts";
import { ELSEWHERE } from "./elsewhere.ts";
import { FILE_CASES } from "./files.ts";
import { IMPOSTOR_CASES } from "./redis-impostors.ts";
import { OUTAGE_CASES } from "./redis-outages.ts";
import { REPLY_CASES, REPLY_LOOPS } from "./redis-replies.ts";
import { RIGHTS_CASES } from "./redis-rights.ts";
import { SERVER_CASES } from "./redis-servers.ts";
import { SIGNAL_CASES } from "./signals.ts";
import { SQL_SERVER_CASES, SQL_SERVER_LOOPS } from "./sql-server.ts";
import { MOMENT_CASES } from "./sql-server-moments.ts";
import { WIRE_CASES } from "./sql-server-wire.ts";
import { readme } from "./table.ts";
import { makeWorld } from "./world.ts";

const GROUPS: Readonly<Record<string, readonly (Case | Loop)[]>> = {
  "Every reply, row and statement": [...REPLY_LOOPS, ...SQL_SERVER_LOOPS],
  "Replies of Redis": REPLY_CASES,
  "Redis servers": SERVER_CASES,
  "What Redis does not know or allow": RIGHTS_CASES,
  "Outages of Redis": OUTAGE_CASES,
  "In the place of Redis": IMPOSTOR_CASES,
  "SQL Server for a moment": MOMENT_CASES,
  "SQL Server": [...SQL_SERVER_CASES, ...WIRE_CASES],
  "Files and sources": FILE_CASES,
  "Signals and streams": SIGNAL_CASES,
};
const LEAST_CASES = 120;
/** A loop has dozens of steps. */
const MOST_MS = 1_800_000;

let folder: Folder;
let worlds: Worlds;
const held: (Case | Loop)[] = [];
let steps = 0;

beforeAll(async () => {
  folder = temporaryFolder();
  worlds = {
    many: await makeWorld(folder.path("many"), 24),
    least: await makeWorld(folder.path("least"), 2, 3),
  };
});
afterAll(() => folder.remove());

describe.each(Object.entries(GROUPS))("%s", (_title, cases) => {
  for (const given of cases) {
    test.concurrent(given.what, { timeout: MOST_MS }, async () => {
      const taken = await tryOut(given, worlds);
      steps += taken;
      held.push(given);
    });
  }
});

test("there are enough cases, and loops that came to an end", () => {
  expect(held.length).toBeGreaterThanOrEqual(LEAST_CASES);
  expect(steps).toBeGreaterThan(held.length + 50);
});

test("the table tells what was tried in this run (npx vitest --update writes it)", async () => {
  await expect(readme(GROUPS, new Set(held))).toMatchFileSnapshot("README.md");
});

test.each(ELSEWHERE)("$what: is tried in $file", ({ file, name }) => {
  expect(readFileSync(join(ROOT, "test", file), "utf8")).toContain(name);
});
