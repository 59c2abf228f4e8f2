import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { instanceQueueService, instanceService } from "../../build/instance-units.ts";
import { ROOT } from "../parts/root.ts";

const read = (name: string) => readFileSync(join(ROOT, "systemd", name), "utf8");
const plain = read("forecast-worker.service");

test.each([
  ["forecast-worker.service", instanceService],
  ["forecast-worker-queue.service", instanceQueueService],
])("an instance of %s shares no file, user or key with the plain unit or another one", (name, instance) => {
  const plain = read(name);
  const unit = instance(plain);
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
