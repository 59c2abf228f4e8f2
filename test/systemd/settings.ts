import { expect, test } from "vitest";
import { DROP_INS, machine, redis, settings, start } from "./host.ts";

/** Where settings and passwords come from. */
export function testSettings(): void {
  test("passwords come as credentials, and the runtime's own variables change nothing", () => {
    expect(redis("CONFIG", "SET", "requirepass", "s3cret")).toBe("OK");
    settings({ BUN_BE_BUN: "1", BUN_OPTIONS: "--preload=/nowhere.js" });
    const refused = start();
    expect(refused.exitCode).toBe(1);
    expect(refused.entries.at(-1)!.MESSAGE).toContain("NOAUTH");
    machine.write("/etc/credstore/forecast-worker.REDIS_PASSWORD", "s3cret\n", 0o600);
    expect(start().exitCode).toBe(0);
    expect(machine.must("forecast-worker", "config")).toMatch(/REDIS_PASSWORD +\*{8} +credential/);
    expect(machine.must("forecast-worker", "status")).toContain("Healthy");
    expect(machine.must("journalctl", "--no-pager")).not.toContain("s3cret");
    redis("-a", "s3cret", "--no-auth-warning", "CONFIG", "SET", "requirepass", "");
  });

  test("forecast-worker has the settings of drop-ins, and leaves files where its caller wants them", () => {
    settings();
    const dropIn = '[Service]\nEnvironment=FORECAST_WEEKS=8 "FORECAST_TIMEZONE=Europe/Berlin"\n';
    machine.write(`${DROP_INS}/weeks.conf`, dropIn);
    machine.must("systemctl", "daemon-reload");
    const config = machine.must("forecast-worker", "config");
    expect(config).toMatch(/FORECAST_WEEKS .* 8 +environment/);
    expect(config).toMatch(/FORECAST_TIMEZONE +Europe\/Berlin +environment/);
    expect(config).toMatch(/FORECAST_METRICS_FILE .*\/var\/lib\/forecast-metrics\/forecast\.prom +environment/);
    machine.remove(`${DROP_INS}/weeks.conf`);
    machine.must("systemctl", "daemon-reload");
    machine.must(
      "sh",
      "-c",
      "cd /srv && forecast-worker list --html page.html --csv=/tmp/list.csv --xlsx - >/srv/list.xlsx",
    );
    expect(machine.must("head", "-c", "15", "/srv/page.html")).toMatch(/^<!doctype html>/i);
    expect(machine.must("head", "-n", "1", "/tmp/list.csv")).toMatch(/^product_id,/);
    expect(machine.must("head", "-c", "2", "/srv/list.xlsx")).toBe("PK");
    expect(machine.must("find", "/run", "-maxdepth", "1", "-name", "forecast-worker.*")).toBe("");
    expect(machine.run("forecast-worker", "list", "--html", "/nowhere/page.html")).toMatchObject({
      exitCode: 2,
      stderr: "forecast-worker: --html: /nowhere/page.html cannot be written: there is no such folder\n",
    });
    const hidden = machine.run("forecast-worker", "status", "--cache", "sqlite:/tmp/cache.sqlite");
    expect(hidden).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("a folder for temporary files of its own"),
    });
  });
}
