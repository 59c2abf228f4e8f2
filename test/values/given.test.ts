import { expect, test } from "vitest";
import { Given } from "../../src/values/given.ts";
import { noValue, text } from "../../src/values/kinds.ts";

const PASSWORD = { flag: "password", env: "PASSWORD", secret: true, description: "", ...text("PASSWORD") };
const NAME = { ...PASSWORD, secret: false, fallback: "nobody" };
const SWITCH = { flag: "dry", description: "", ...noValue() };

test("a value is told with where it comes from: flag, credential, environment, default", () => {
  const by = (flags: Record<string, unknown>, env: Record<string, string>, credential?: string) => {
    return [PASSWORD, NAME].map((setting) => new Given(flags, env, () => credential).raw(setting)?.by);
  };
  expect(by({ password: "x" }, { PASSWORD: "y" }, "z")).toEqual(["flag", "flag"]);
  expect(by({}, { PASSWORD: "y" }, "z")).toEqual(["credential", "environment"]);
  expect(by({}, { PASSWORD: "y" })).toEqual(["environment", "environment"]);
  expect(by({}, { PASSWORD: "" })).toEqual([undefined, "default"]);
});

test("a switch is on where it is given, and only there", () => {
  expect(new Given({ dry: true }, {}).value(SWITCH)).toBe(true);
  expect(new Given({}, { dry: "true" }).value(SWITCH)).toBeUndefined();
});

test("a secret that is not allowed is not shown", () => {
  const empty = { ...PASSWORD, parse: () => undefined };
  expect(() => new Given({ password: "s3cret" }, {}).value(empty)).toThrow(
    /^--password: what was given is not allowed/,
  );
});
