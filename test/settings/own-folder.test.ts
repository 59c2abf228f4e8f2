import { chmodSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOwn, runtimeFolder, stateFolder } from "../../src/settings/own-folder.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

test("the lock is where systemd says, else where the user's programs run, else where they keep their state", () => {
  const all = { RUNTIME_DIRECTORY: "/run/a:/run/b", XDG_RUNTIME_DIR: "/run/user/7", STATE_DIRECTORY: "/var/lib/a" };
  expect(runtimeFolder(all)).toBe("/run/a");
  expect(runtimeFolder({ ...all, RUNTIME_DIRECTORY: "" })).toBe("/run/user/7/forecast");
  expect(runtimeFolder({ STATE_DIRECTORY: "/var/lib/a:/var/lib/b" })).toBe("/var/lib/a");
});

test("state is in the user's home, and of one without a home in a folder of its own among temporary files", () => {
  expect(stateFolder({ XDG_STATE_HOME: "/state" })).toBe("/state/forecast");
  expect(stateFolder({ HOME: folder.path("") })).toMatch(/\/\.local\/state\/forecast$/);
  const own = join(tmpdir(), `forecast-${process.getuid!()}`);
  for (const HOME of [undefined, "", "/", folder.path("nonexistent")]) {
    expect(stateFolder({ HOME: HOME as string })).toBe(own);
  }
});

test("a folder is made for its user alone, and one that others may write to, or that is a link, is refused", () => {
  makeOwn(folder.path("a/b"));
  expect(statSync(folder.path("a/b")).mode & 0o777).toBe(0o700);
  makeOwn(folder.path("a/b"));
  mkdirSync(folder.path("open"));
  chmodSync(folder.path("open"), 0o777);
  expect(() => makeOwn(folder.path("open"))).toThrow("others may write in");
  symlinkSync(folder.path("a"), folder.path("link"));
  if (process.getuid!() !== 0) expect(() => makeOwn(folder.path("link"))).toThrow("is no folder");
});
