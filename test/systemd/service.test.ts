import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../parts/root.ts";
import { boot, DROP_INS, machine, missing, powerOff, property, SERVICE, settings, TIMER } from "./host.ts";
import { testRecipes } from "./recipes.ts";
import { testRuns } from "./runs.ts";
import { testSettings } from "./settings.ts";

describe.skipIf(missing)("in a booted Debian", () => {
  beforeAll(boot);
  afterAll(powerOff);
  afterEach(() => {
    machine.run("systemctl", "reset-failed", SERVICE);
  });

  test("dpkg installs the package, which enables and starts nothing", () => {
    machine.must("dpkg", "-i", "/srv/package.deb");
    expect(machine.run("systemctl", "is-enabled", TIMER).stdout).toBe("disabled\n");
    expect(property("ActiveState", TIMER)).toBe("inactive");
    expect(machine.mode("/etc/forecast-worker/forecast.env")).toBe("640");
    expect(machine.must("forecast", "--version")).toMatch(/^forecast \d/);
  });

  test("systemd finds nothing wrong with the units, and little exposed", () => {
    const units = [TIMER, SERVICE].map((unit) => `/usr/lib/systemd/system/${unit}`);
    const { exitCode, stderr } = machine.run("systemd-analyze", "verify", "--man=no", ...units);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const report = machine.must("systemd-analyze", "security", "--offline=true", "--threshold=15", units[1]!);
    expect(Number(/exposure level for .*: ([\d.]+)/.exec(report)?.[1])).toBeLessThanOrEqual(1.5);
  });

  test("completions load in zsh and fish", () => {
    const zsh = "autoload -U compinit; compinit -D; whence -w _forecast; source $functions_source[_forecast]";
    expect(machine.run("zsh", "-fc", zsh).stdout).toMatch(/^_forecast: function/);
    expect(machine.must("fish", "-c", "complete -C 'forecast run --log-format '")).toMatch(/^json\t.*\ntext\t/);
  });

  test("forecast-worker examines everything with the service's settings and user", () => {
    settings();
    expect(machine.must("forecast-worker", "config")).toMatch(/AS_OF_DATE .*2025-11-11 +environment/);
    const { exitCode, stdout } = machine.run("forecast-worker", "doctor");
    expect(stdout).toMatch(
      /^ok {7}source .*\nok {7}indexes .*\nok {7}orders .*\nok {7}duplicates .*\nok {7}cache .*\nok {7}clock .*\n/,
    );
    expect(stdout).toMatch(/^ok {7}lock +\/run\/forecast-worker\/forecast\.lock can be taken$/m);
    expect(exitCode).toBe(0);
  });

  testRuns();
  testSettings();
  testRecipes();

  test("what the Dockerfile puts into its image is all that the program needs", () => {
    const [, script] = /\nRUN (set -eu;.*?[^\\])\n/s.exec(readFileSync(join(ROOT, "build/Dockerfile"), "utf8"))!;
    machine.must("cp", "/srv/package.deb", "/tmp/forecast-worker.deb");
    machine.must("sh", "-c", script!);
    machine.must("mkdir", "/image/proc", "/image/dev");
    for (const folder of ["proc", "dev"]) machine.must("mount", "--bind", `/${folder}`, `/image/${folder}`);
    const run = ["/usr/bin/forecast", "run", "--source=demo", "--dry-run", "--as-of=2025-11-11"];
    const { exitCode, stderr } = machine.run("chroot", "--userspec=65532:65532", "/image", ...run);
    expect(stderr).toMatch(/^run finished: exit_code=0 /m);
    expect(exitCode).toBe(0);
    machine.must("umount", "/image/proc", "/image/dev");
    machine.must("rm", "-r", "/image");
  });

  test("a new version keeps the settings and takes the place of workers of the old one, and purging leaves nothing", () => {
    settings({ FORECAST_WEEKS: "8" });
    const queue = "forecast-worker-queue.service";
    const worker = () => machine.must("systemctl", "show", "--property=MainPID", "--value", queue);
    machine.must("systemctl", "start", queue);
    const old = worker();
    machine.must("dpkg", "-i", "/srv/package.deb");
    expect(old).toMatch(/^[1-9]/);
    expect(worker()).toMatch(/^[1-9]/);
    expect(worker()).not.toBe(old);
    expect(machine.must("cat", "/etc/forecast-worker/forecast.env")).toContain("FORECAST_WEEKS=8");
    machine.must("systemctl", "enable", "--now", "--quiet", TIMER);
    machine.remove(DROP_INS);
    machine.must("dpkg", "--purge", "forecast-worker");
    expect(
      machine.must("find", "/etc", "/usr", "/var", "/run", "-name", "*forecast*", "-not", "-path", "/var/log/*"),
    ).toBe("");
    expect(machine.run("systemctl", "is-enabled", TIMER).exitCode).not.toBe(0);
  });
});
