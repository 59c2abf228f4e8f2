import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";
import { type RedisServer, startRedis } from "../parts/redis.ts";
import { ROOT } from "../parts/root.ts";

const EXAMPLES = join(ROOT, "build/examples");
const PYTHON = ["python3", "/usr/bin/python3"].find(
  (python) => Bun.which(python) && Bun.spawnSync([python, "-c", "import redis"]).exitCode === 0,
);
const READERS = [
  ["TypeScript", ["bun", "read.ts"]],
  ...(PYTHON ? [["Python", [PYTHON, "-B", "read.py"]] as const] : []),
] as const;

let folder: Folder;
let redis: RedisServer;
beforeAll(async () => {
  folder = temporaryFolder();
  redis = await startRedis();
  const source = `sqlite:${folder.database(orderBook(steadyOrders(["1"]), { products: new Map([["1", "Oak chair"]]) }))}`;
  const args = ["run", "--as-of", "2025-11-11", "--source", source, "--lock-file", folder.path("lock")];
  const { exitCode, stderr } = await forecast(args, { program: ON_BUN, env: { REDIS_PORT: `${redis.port}` } });
  expect(exitCode, stderr).toBe(0);
});
afterAll(async () => {
  await redis.stop();
  folder.remove();
});

function read(command: readonly string[], id: string) {
  const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  const { exitCode, stdout, stderr } = Bun.spawnSync([...command, id], { cwd: EXAMPLES, env });
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}

describe.each(READERS)("the reader in %s", (_language, command) => {
  test("says what the document says, and that it is stale once a later run made none", () => {
    const document = JSON.parse(redis.cli("GET", "forecast:1"));
    const { predictions, summary, model_metadata } = document;
    const lines = (state: string) => [
      `Oak chair as of 2025-11-11${state}`,
      ...predictions.map(
        (week: Record<string, unknown>) =>
          `${week.week_start} ${week.predicted_quantity} (${week.confidence_lower} to ${week.confidence_upper})`,
      ),
      `total ${summary.total_predicted_quantity}`,
      `accuracy ${model_metadata.forecast_accuracy_estimate ?? "not known"}`,
      "",
    ];
    expect(read(command, "1")).toEqual({ exitCode: 0, stdout: lines("").join("\n"), stderr: "" });
    const lastRun = redis.cli("GET", "forecast:metadata:last_run");
    redis.cli("SET", "forecast:metadata:last_run", lastRun.replace(/"last_run":"\d/, '"last_run":"9'));
    expect(read(command, "1").stdout).toBe(lines(", stale").join("\n"));
    redis.cli("SET", "forecast:metadata:last_run", lastRun);
  });

  test("takes null for what is not known, and refuses what it does not understand", () => {
    const text = redis.cli("GET", "forecast:1");
    redis.cli(
      "SET",
      "forecast:2",
      text.replace(/"forecast_accuracy_estimate":[\d.]+/, '"forecast_accuracy_estimate":null'),
    );
    expect(read(command, "2").stdout).toContain("accuracy not known\n");
    redis.cli("SET", "forecast:2", text.replace('"schema_version":1', '"schema_version":2'));
    for (const id of ["2", "3"]) {
      const { exitCode, stderr } = read(command, id);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("no forecast of this product, or one that this does not understand");
    }
  });
});

test("the readers take about twenty lines", () => {
  for (const name of ["read.ts", "read.py", "Read.cs"]) {
    expect(readFileSync(join(EXAMPLES, name), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(24);
  }
});
