import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LASTING_SETTINGS } from "../../src/settings/run.ts";
import { isSwitch, nameOf, type Setting } from "../../src/values/setting.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";

const DATABASE = { DB_HOST: "db.example", DB_NAME: "orders", DB_USER: "planner" };

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(folder.path("credentials"));
  writeFileSync(folder.path("credentials/DB_PASSWORD"), "from-file\n");
});
afterAll(() => folder.remove());

test("every setting is told with its value and where it comes from, and no password is", async () => {
  const env = { ...DATABASE, DB_PASSWORD: "in-environment", FORECAST_WEEKS: "8", REDIS_PASSWORD: "s3cret" };
  const credentials = { CREDENTIALS_DIRECTORY: folder.path("credentials") };
  const flags = ["--weeks", "20", "--json"];
  const { exitCode, stdout } = await forecast(["config", ...flags], { env: { ...env, ...credentials } });
  expect(exitCode).toBe(0);
  const rows: { name: string; value: string | null; origin: string | null }[] = JSON.parse(stdout);
  const settings = Object.values<readonly Setting<unknown>[]>(LASTING_SETTINGS)
    .flat()
    .filter((setting) => !isSwitch(setting) || setting.env);
  expect(rows.map(({ name }) => name)).toEqual(settings.map(nameOf));
  const told = new Map(rows.map(({ name, value, origin }) => [name, [value, origin]]));
  expect(told.get("FORECAST_WEEKS")).toEqual(["20", "flag"]);
  expect(told.get("DB_HOST")).toEqual(["db.example", "environment"]);
  expect(told.get("DB_PASSWORD")).toEqual(["********", "credential"]);
  expect(told.get("REDIS_PASSWORD")).toEqual(["********", "environment"]);
  expect(told.get("REDIS_PORT")).toEqual(["6379", "default"]);
  expect(told.get("REDIS_USERNAME")).toEqual([null, null]);
  expect(stdout).not.toMatch(/from-file|in-environment|s3cret/);
});

test("a person gets them as a table", async () => {
  const { stdout } = await forecast(["config"], { env: { ...DATABASE, DB_PASSWORD: "s3cret" } });
  expect(stdout).toMatch(/^Source$/m);
  expect(stdout).toMatch(/^ {2}FORECAST_CACHE_TTL +--ttl +604800 +default$/m);
  expect(stdout).toMatch(/^ {2}DB_PASSWORD +\*{8} +environment$/m);
  expect(stdout).not.toContain("s3cret");
});

test("what is wrong or missing is told as a run would tell it, after the table", async () => {
  const { exitCode, stdout, stderr } = await forecast(["config"], { env: { ...DATABASE, FORECAST_WEEKS: "99" } });
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^ {2}FORECAST_WEEKS +--weeks +99 +environment$/m);
  expect(stderr).toMatch(/^error: FORECAST_WEEKS: "99" is not allowed/);
  const { stderr: missing } = await forecast(["config"], { env: DATABASE });
  expect(missing).toMatch(/^error: DB_PASSWORD is not set, and the source mssql needs it/);
});
