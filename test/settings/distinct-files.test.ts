import { linkSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkFiles } from "../../src/settings/run.ts";
import { Given } from "../../src/values/given.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(folder.path("orders"), "orders");
  symlinkSync(folder.path("orders"), folder.path("symbolic"));
  linkSync(folder.path("orders"), folder.path("hard"));
});
afterAll(() => folder.remove());

const check = (flags: Record<string, string>, env: Record<string, string> = {}) => checkFiles(new Given(flags, env));

test("a run that would overwrite what it reads is wrong use, by whatever name the file goes", () => {
  const source = `sqlite:${folder.path("orders")}`;
  for (const name of ["orders", "./orders", "symbolic", "hard"]) {
    const cache = `sqlite:${folder.path(name)}`;
    expect(() => check({ source, cache })).toThrow(/^--source and --cache name the same file, .*; each takes one/);
  }
  expect(() => check({ source, "metrics-file": folder.path("orders") })).toThrow("--source and --metrics-file");
  expect(() => check({ "lock-file": "here" }, { FORECAST_CACHE: "sqlite:./here" })).toThrow(
    "FORECAST_CACHE and --lock-file name the same file",
  );
});

test("different files, also such as do not exist yet, are none", () => {
  check({ source: "csv:a", cache: "sqlite:b", "lock-file": "c", "metrics-file": "d" });
  check({ source: "demo", cache: "redis" });
});
