import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { upToDate } from "../../build/up-to-date.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

const NOON = Date.parse("2026-11-01T12:00:00Z") / 1000;

let folder: Folder;
beforeEach(() => {
  folder = temporaryFolder();
  for (const name of ["src/show", "build", "dist"]) mkdirSync(folder.path(name), { recursive: true });
  for (const name of ["src/main.ts", "src/show/text.ts", "build/compile.ts", "package.json", "package-lock.json"]) {
    write(name, NOON);
  }
  write("dist/forecast", NOON + 60);
});
afterEach(() => folder.remove());

function write(name: string, seconds: number) {
  writeFileSync(folder.path(name), "");
  utimesSync(folder.path(name), seconds, seconds);
}

const binary = () => upToDate(folder.path("dist/forecast"), "build", folder.path(""));

test("a binary that is newer than its source is taken", () => {
  expect(binary()).toBe(folder.path("dist/forecast"));
});

test.each(["src/show/text.ts", "build/compile.ts", "package.json", "package-lock.json"])(
  "a binary older than %s is refused in one line that says how to make it",
  (name) => {
    write(name, NOON + 61);
    const times = ["2026-11-01T12:01:00.000Z", "2026-11-01T12:01:01.000Z"];
    expect(binary).toThrow(
      `${folder.path("dist/forecast")} of ${times[0]} is older than ${folder.path(name)} of ${times[1]}; make it with: npm run build`,
    );
  },
);

test("of several newer files the newest is named", () => {
  write("src/main.ts", NOON + 70);
  write("src/show/text.ts", NOON + 80);
  expect(binary).toThrow(/older than \S*text\.ts of/);
});

test("a binary that is not there is asked for", () => {
  const file = folder.path("dist/other");
  const makePackage = () => upToDate(file, "package", folder.path(""));
  expect(makePackage).toThrow(`${file} is not there; make it with: npm run package`);
});
