import { mkdirSync, writeFileSync } from "node:fs";
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
  [" s3 cret \n\n", " s3 cret \n"],
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

test("a credential that cannot be read is an error that names it", () => {
  mkdirSync(folder.path("directory/DB_PASSWORD"), { recursive: true });
  expect(() => credentialsIn(folder.path("directory"))("DB_PASSWORD")).toThrow(
    /^DB_PASSWORD: the credential .*DB_PASSWORD cannot be read: EISDIR/,
  );
});

test("no directory and no file are no credential", () => {
  expect(credentialsIn(undefined)("DB_PASSWORD")).toBeUndefined();
  expect(credentialsIn("")("DB_PASSWORD")).toBeUndefined();
  expect(credentialsIn(folder.path("nowhere"))("DB_PASSWORD")).toBeUndefined();
});

test("a credential goes before the environment, for passwords only", () => {
  const given = new Given({}, { REDIS_PASSWORD: "old", REDIS_HOST: "cache" }, () => "new");
  expect(cacheSettings(given)).toMatchObject({ password: "new", host: "cache" });
});
