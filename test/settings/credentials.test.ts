import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cacheSettings } from "../../src/settings/cache.ts";
import { credentialsIn } from "../../src/settings/credentials.ts";
import { Given } from "../../src/values/given.ts";
import { UsageError } from "../../src/values/setting.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

test.each([
  ["s3cret", "s3cret"],
  ["s3cret\n", "s3cret"],
  ["s3cret\r\n", "s3cret"],
  [" s3 cret \n", " s3 cret "],
  ["pä$s=wörd 漢 😀", "pä$s=wörd 漢 😀"],
  ["\uFEFFs3cret\r\n", "s3cret"],
])("the credential %j is the password %j", (content, password) => {
  writeFileSync(folder.path("DB_PASSWORD"), content);
  expect(credentialsIn(folder.path("."))("DB_PASSWORD")).toBe(password);
});

test.each(["", "\n"])("an empty credential %j is an error that names it", (content) => {
  writeFileSync(folder.path("REDIS_PASSWORD"), content);
  const read = () => credentialsIn(folder.path("."))("REDIS_PASSWORD");
  expect(read).toThrow(UsageError);
  expect(read).toThrow(/^REDIS_PASSWORD: the credential .*REDIS_PASSWORD is empty; it takes the password$/);
});

test.each([
  ["two lines", "s3cret\nother", /has more than one line; it takes the password alone$/],
  ["an empty line after it", "s3cret\n\n", /has more than one line; it takes the password alone$/],
  ["a byte of zero", "s3cret\0", /has more than one line; it takes the password alone$/],
  ["other bytes than UTF-8", Buffer.from([0x70, 0xe4, 0x73]), /is not UTF-8; it takes the password as text$/],
  ["more than 64 kB", "x".repeat(65_537), /cannot be read: it has 65537 bytes, and a password 65536 at most$/],
])("a credential of %s is an error that names it and does not show it", (_name, content, expected) => {
  writeFileSync(folder.path("DB_PASSWORD"), content);
  const read = () => credentialsIn(folder.path("."))("DB_PASSWORD");
  expect(read).toThrow(UsageError);
  expect(read).toThrow(/^DB_PASSWORD: the credential .*DB_PASSWORD /);
  expect(read).toThrow(expected);
  expect(read).not.toThrow(/s3cret/);
});

test.each([
  ["a folder", () => mkdirSync(folder.path("odd/DB_PASSWORD"), { recursive: true })],
  ["a pipe that nobody writes to", () => execFileSync("mkfifo", [folder.path("odd/DB_PASSWORD")])],
  ["a device", () => symlinkSync("/dev/zero", folder.path("odd/DB_PASSWORD"))],
])("%s is no credential", (_name, make) => {
  rmSync(folder.path("odd"), { recursive: true, force: true });
  mkdirSync(folder.path("odd"));
  make();
  expect(() => credentialsIn(folder.path("odd"))("DB_PASSWORD")).toThrow(
    /^DB_PASSWORD: the credential .*DB_PASSWORD cannot be read: it is not a regular file$/,
  );
});

test("a link to a file is read, as containers leave them", () => {
  mkdirSync(folder.path("linked"));
  writeFileSync(folder.path("linked/data"), "s3cret\n");
  symlinkSync("data", folder.path("linked/DB_PASSWORD"));
  expect(credentialsIn(folder.path("linked"))("DB_PASSWORD")).toBe("s3cret");
});

test("no directory and no file are no credential", () => {
  expect(credentialsIn(undefined)("DB_PASSWORD")).toBeUndefined();
  expect(credentialsIn("")("DB_PASSWORD")).toBeUndefined();
  expect(credentialsIn(folder.path("nowhere"))("DB_PASSWORD")).toBeUndefined();
});

test("a credential goes before the environment, for passwords only", () => {
  const given = new Given({}, { REDIS_PASSWORD: "old", REDIS_HOST: "cache" }, (name) =>
    name === "REDIS_URL" ? undefined : "new",
  );
  expect(cacheSettings(given)).toMatchObject({ password: "new", host: "cache" });
});
