import { expect, test } from "vitest";
import { forecast } from "../parts/program.ts";

const DRY_RUN = ["run", "--source", "demo", "--dry-run", "--limit", "1", "--log-level", "warn"];

test("a variable that sets nothing is named with the nearest that does, and the run goes on", async () => {
  const { exitCode, stderr } = await forecast(["config"], { env: { FORECAST_WEEK: "8", ...database() } });
  expect(stderr).toBe('warning: unknown variable "FORECAST_WEEK"; did you mean FORECAST_WEEKS?\n');
  expect(exitCode).toBe(0);
});

test.each([
  ["BUN_OPTIONS", "--smol"],
  ["BUN_INSPECT", "ws://127.0.0.1:1/x"],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0"],
])("%s=%s ends the program with one line", async (name, value) => {
  const { exitCode, stdout, stderr } = await forecast(DRY_RUN, { env: { [name]: value } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^error: ${name} is .*: unset it\n`));
});

test("a time zone that nobody knows is no UTC", async () => {
  const { exitCode, stderr } = await forecast(DRY_RUN, { env: { TZ: "Europe/Berlni" } });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: TZ: "Europe\/Berlni" is not allowed; it takes a time zone such as /);
});

test("doctor tells the zone and the date that will be used", async () => {
  const env = { FORECAST_TIMEZONE: "Pacific/Kiritimati", TZ: "Etc/GMT+12" };
  const { stdout } = await forecast(["doctor", "--source", "sqlite:/none", "--cache", "sqlite:/none/cache"], { env });
  const today = Temporal.Now.plainDateISO("Pacific/Kiritimati");
  expect(stdout).toContain(`Z, today is ${today} in Pacific/Kiritimati (by FORECAST_TIMEZONE)`);
});

function database(): Record<string, string> {
  return { DB_HOST: "localhost", DB_NAME: "orders", DB_USER: "planner", DB_PASSWORD: "s3cret" };
}
