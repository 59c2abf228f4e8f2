import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkRoom } from "../../src/workers/room.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { binary } from "../parts/program.ts";

let folder: Folder;
let machine: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());
beforeEach(() => {
  machine?.remove();
  machine = temporaryFolder();
});
afterAll(() => machine.remove());

/** A machine whose kernel tells this. */
function kernel(files: Record<string, string>, isRoot = true) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(machine.path(name)), { recursive: true });
    writeFileSync(machine.path(name), `${text}\n`);
  }
  return { proc: machine.path("proc"), cgroups: machine.path("cgroups"), isRoot };
}

test("a machine that tells of no limit has room", () => {
  checkRoom(256, kernel({}));
  checkRoom(256, kernel({ "proc/cgroup": "0::/", "cgroups/pids.max": "max", "cgroups/pids.current": "9" }));
});

test.each([
  ["the second version", "0::/a/b", "cgroups/a"],
  ["the first version", "4:memory:/x\n8:cpu,pids:/a/b", "cgroups/pids/a"],
])("a limit of a group above, of %s of control groups, holds", (_, cgroup, group) => {
  const limited = kernel({ "proc/cgroup": cgroup, [`${group}/pids.max`]: "16", [`${group}/pids.current`]: "6" });
  checkRoom(4, limited);
  expect(() => checkRoom(5, limited)).toThrow(
    "5 worker threads need room for 11 threads, and only 10 more can be started (limits are set by TasksMax=, by a " +
      "container's pids limit and by ulimit -u; FORECAST_WORKERS sets the workers)",
  );
});

test("the limit of a user binds everybody but root", () => {
  const files = { "proc/limits": "Max processes             8       8    processes", "proc/status": "Threads:\t6" };
  checkRoom(1, kernel(files));
  expect(() => checkRoom(1, kernel(files, false))).toThrow("and only 2 more can be started");
});

// Only root can start a program as another user.
test.skipIf(process.getuid!() !== 0)("a run that may not start its threads ends with one line", async () => {
  chmodSync(folder.path(""), 0o777);
  const program = folder.path("forecast");
  copyFileSync(binary()[0]!, program);
  chmodSync(program, 0o755);
  const limited = ["setpriv", "--reuid=65534", "--clear-groups", "prlimit", "--nproc=12", program];
  const args = ["run", "--source", "demo", "--dry-run", "--workers", "4", "--lock-file", folder.path("lock")];
  const child = Bun.spawn([...limited, ...args], { env: {}, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
  const stderr = await new Response(child.stderr).text();
  expect(stderr).toMatch(/^error: 4 worker threads need room for 10 threads, and .*\n$/m);
  expect(await child.exited).toBe(1);
});
