import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { ROOT } from "../parts/root.ts";
import { machine, property, redis, SERVICE, settings, start, TIMER } from "./host.ts";

const QUEUE = "forecast-worker-queue.service";
const OF_ACME = ["forecast-worker@.timer", "forecast-worker@.service", "forecast-worker-queue@.service"];

/** The commands that README has under this title, a line each. */
function recipe(title: string): string[] {
  const [, section] = readFileSync(join(ROOT, "README.md"), "utf8").split(`\n### ${title}\n`);
  const [block] = /(?<=\n\n)(?: {4}.+\n)+/.exec(section!)!;
  return block.split("\n").flatMap((line) => line.slice(4).replace(/^#.*/, "") || []);
}

/** Runs the lines one after the other, and gives what they print. @param edited what the administrator leaves in the editor. */
function follow(lines: readonly string[], edited = ""): string {
  machine.write("/usr/bin/sudo", '#!/bin/sh\nexec "$@"\n', 0o755);
  machine.write("/usr/bin/sudoedit", '#!/bin/sh\ncat /srv/edited >"$1"\n', 0o755);
  machine.write("/srv/edited", edited);
  machine.write("/srv/typed", "s3cret\n");
  try {
    return lines.map((line) => machine.must("sh", "-c", `{ ${line}\n} </srv/typed 2>&1`)).join("");
  } finally {
    for (const name of ["sudo", "sudoedit"]) machine.remove(`/usr/bin/${name}`);
  }
}

const ofQueue = () => machine.must("journalctl", "-u", QUEUE, "-o", "cat", "--no-pager");

/** The recipes of README for more than one tenant and more than one machine, as they stand there. */
export function testRecipes(): void {
  test("README's recipe makes a second tenant with settings, keys, metrics and a timer of its own, beside the first", () => {
    settings();
    const before = redis("GET", METADATA_KEY);
    const units = OF_ACME.map((name) => `/usr/lib/systemd/system/${name}`);
    expect(machine.run("systemd-analyze", "verify", "--man=no", ...units)).toMatchObject({ exitCode: 0, stderr: "" });
    const env = "AS_OF_DATE=2025-11-11\nFORECAST_SOURCE=sqlite:/srv/orders.sqlite\nFORECAST_WEEKS=6\n";
    const said = follow(recipe("A second tenant"), env);
    expect(said).toMatch(/^ok +lock +\/run\/forecast-worker-acme\/forecast\.lock can be taken\r?\nok +metrics /m);
    expect(said).toMatch(/^Healthy\r?$/m);
    expect(machine.mode("/etc/forecast-worker/acme.env")).toBe("640");
    expect(machine.mode("/etc/credstore/forecast-worker-acme.DB_PASSWORD")).toBe("600");
    expect(machine.must("forecast-worker", "-i", "acme", "config")).toMatch(/DB_PASSWORD +\*{8} +credential/);
    expect(JSON.parse(redis("GET", "forecast-acme:index")).forecast_weeks).toBe(6);
    expect(redis("GET", METADATA_KEY)).toBe(before);
    const metrics = (name: string) => machine.must("cat", `/var/lib/forecast-metrics/${name}.prom`);
    expect(metrics("forecast-acme")).toMatch(/^forecast_worker_exit_code\{tenant="acme"\} 0$/m);
    expect(metrics("forecast")).toMatch(/^forecast_worker_exit_code \d+$/m);
    expect(property("NextElapseUSecRealtime", "forecast-worker@acme.timer")).not.toBe("");
    expect(machine.run("forecast-worker", "-i", "nobody", "status")).toMatchObject({
      exitCode: 2,
      stderr: "forecast-worker: there is no instance nobody: /etc/forecast-worker/nobody.env is not there\n",
    });
  });

  test("README's recipe for several machines has the forecasts of the night made by the queue", async () => {
    settings();
    redis("FLUSHALL");
    follow(recipe("Several machines"));
    expect(property("UnitFileState", TIMER)).toBe("enabled");
    expect(property("UnitFileState", QUEUE)).toBe("enabled");
    const { exitCode, entries } = start();
    expect(exitCode).toBe(0);
    expect(entries[0]!.MESSAGE).toMatch(/^forecasting [\d,]+ products by workers of the queue$/);
    const { total_products, successful, failed } = JSON.parse(redis("GET", METADATA_KEY));
    expect({ failed, successful }).toEqual({ failed: 0, successful: total_products });
    await machine.until(() => ofQueue().includes("\ndone: "));
    expect(ofQueue()).toMatch(new RegExp(`^done: \\d+ batches, ${total_products} products$`, "m"));
    await machine.until(() => redis("KEYS", "{forecast:}*") === "");
  });

  test("a worker whose settings are wrong fails for good, and is there again once they are right", async () => {
    settings({ FORECAST_WORKERS: "none" });
    machine.run("systemctl", "restart", QUEUE);
    await machine.until(() => property("ActiveState", QUEUE) === "failed");
    settings();
    const begins = () => ofQueue().split("waiting for batches").length;
    const before = begins();
    machine.must("systemctl", "restart", QUEUE);
    await machine.until(() => begins() > before);
    machine.must("systemctl", "disable", "--now", "--quiet", TIMER, QUEUE);
    expect(property("ActiveState", SERVICE)).toBe("inactive");
  });
}
