import { expect, test } from "vitest";
import { dangerousVariable } from "../../src/settings/runtime-variables.ts";
import { unknownVariables } from "../../src/settings/variables.ts";

test("variables that are named as ours and set nothing are known, those of others are not ours", () => {
  const env = {
    FORECAST_WEEK: "8",
    REDIS_HOTS: "db",
    DB_PASS: "x",
    FORECAST_WEEKS: "8",
    PATH: "/bin",
    FORECAST_EMPTY: "",
  };
  expect(unknownVariables(env)).toEqual(["FORECAST_WEEK", "REDIS_HOTS", "DB_PASS"]);
});

test("what Kubernetes makes of the names of services is none of ours", () => {
  const links = ["SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_TLS", "PORT_6379_TCP", "PORT_6379_TCP_ADDR"];
  expect(unknownVariables(Object.fromEntries(links.map((name) => [`REDIS_${name}`, "x"])))).toEqual([]);
});

test.each(["BUN_OPTIONS", "BUN_BE_BUN", "BUN_INSPECT", "BUN_INSPECT_CONNECT_TO"])(
  "%s is refused in the binary, whose runtime is ours",
  (name) => {
    expect(dangerousVariable({ [name]: "x" }, true)).toMatch(new RegExp(`^${name} is set, `));
    expect(dangerousVariable({ [name]: "" }, true)).toBeUndefined();
    expect(dangerousVariable({ [name]: "x" }, false)).toBeUndefined();
  },
);

test("a switch that lets every certificate pass is refused everywhere", () => {
  for (const isCompiled of [true, false]) {
    expect(dangerousVariable({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }, isCompiled)).toContain("every certificate");
    expect(dangerousVariable({ NODE_TLS_REJECT_UNAUTHORIZED: "1" }, isCompiled)).toBeUndefined();
  }
});
