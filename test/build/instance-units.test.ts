import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { instanceService } from "../../build/instance-units.ts";
import { ROOT } from "../parts/root.ts";

const plain = readFileSync(join(ROOT, "systemd/forecast-worker.service"), "utf8");

test("an instance shares no file, user or key with the plain unit or another one", () => {
  const unit = instanceService(plain);
  const own =
    /^(EnvironmentFile|LoadCredential|User|StateDirectory|WorkingDirectory|RuntimeDirectory|Environment=FORECAST_METRICS_FILE)=/;
  for (const line of unit.split("\n").filter((text) => own.test(text))) expect(line).toContain("%i");
  expect(unit).toContain("FORECAST_KEY_PREFIX=forecast-%i:");
  expect(unit.split("\n").filter((line) => /^[A-Z]\w+=/.test(line)).length).toBe(
    plain.split("\n").filter((line) => /^[A-Z]\w+=/.test(line)).length + 1,
  );
});

test("a line that the plain unit no longer has is an error, and not left out", () => {
  expect(() => instanceService(plain.replace("StateDirectory=", "CacheDirectory="))).toThrow(
    "StateDirectory=forecast-worker",
  );
});
