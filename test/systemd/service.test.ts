import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { upToDate } from "../../build/up-to-date.ts";
import { version } from "../../package.json" with { type: "json" };
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { type Folder, type Line, orderBook, simulatedBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { ROOT } from "../parts/root.ts";
import { Machine, obstacle } from "./machine.ts";

const SERVICE = "forecast-worker.service";
const TIMER = "forecast-worker.timer";
const EXAMPLES = "/usr/share/doc/forecast-worker/examples";
const DROP_INS = `/etc/systemd/system/${SERVICE}.d`;
const TELL_STATUS = "[Service]\nExecStopPost=+/bin/sh -c 'echo $EXIT_STATUS >/run/last-status'\n";
const ERROR = "3";
const WARNING = "4";
const INFO = "6";

const missing = obstacle();
// Past the reporter, so that it is seen in any case.
if (missing) writeSync(2, `\n!!! NOTHING OF SYSTEMD IS TESTED: no machine can be booted here, ${missing} !!!\n\n`);

interface JournalEntry {
  readonly PRIORITY: string;
  readonly MESSAGE: string;
}

describe.skipIf(missing)("in a booted Debian", () => {
  let machine: Machine;
  let folder: Folder;
  beforeAll(async () => {
    const debianPackage = upToDate(join(ROOT, `dist/forecast-worker_${version}_amd64.deb`), "package", ROOT);
    folder = temporaryFolder();
    machine = await Machine.boot();
    machine.take(debianPackage, "/srv/package.deb");
    machine.take(folder.database(simulatedBook(300)), "/srv/orders.sqlite");
    machine.must("systemctl", "enable", "--now", "--quiet", "redis-server.service");
    machine.write(`${DROP_INS}/status.conf`, TELL_STATUS);
  });
  afterAll(async () => {
    await machine?.powerOff();
    folder?.remove();
  });
  afterEach(() => {
    machine.run("systemctl", "reset-failed", SERVICE);
  });

  const settings = (more: Record<string, string> = {}) => {
    const variables = { AS_OF_DATE: "2025-11-11", FORECAST_SOURCE: "sqlite:/srv/orders.sqlite", ...more };
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    machine.write("/etc/forecast-worker/forecast.env", lines.join(""), 0o640);
  };
  const property = (name: string, unit = SERVICE) =>
    machine.must("systemctl", "show", "--value", `--property=${name}`, unit).trim();
  const redis = (...args: string[]) => machine.must("redis-cli", ...args).trim();
  /** All that the journal has of the service, said by itself or by systemd. */
  const journal = (by: "forecast" | "systemd" = "forecast"): JournalEntry[] => {
    machine.must("journalctl", "--sync");
    return machine
      .must("journalctl", "-u", SERVICE, "-o", "json", "--no-pager")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .filter(({ SYSLOG_IDENTIFIER }) => SYSLOG_IDENTIFIER === by);
  };
  /** Starts the service, waits for its end, and gives what it said. */
  const start = () => {
    const before = journal().length;
    const { exitCode } = machine.run("systemctl", "start", SERVICE);
    return { exitCode, entries: journal().slice(before) };
  };
  const isUnderWay = () => /a run is under way/.test(machine.run("forecast-worker", "doctor", "--source=demo").stdout);
  /** Holds the order database, so that a run that is started waits; gives what lets it go on. */
  const holdOrders = () => {
    const orders = new DatabaseSync(machine.path("/srv/orders.sqlite"));
    orders.exec("BEGIN EXCLUSIVE");
    return () => orders.close();
  };
  /** Exit code of the last run, as systemd tells those that come after it. */
  const lastStatus = () => machine.must("cat", "/run/last-status").trim();
  const hasFailed = () => machine.run("systemctl", "is-failed", "--quiet", SERVICE).exitCode === 0;

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

  test("the timer starts the service, which ends well", async () => {
    machine.write(
      `/etc/systemd/system/${TIMER}.d/test.conf`,
      "[Timer]\nOnCalendar=\nOnCalendar=*:*:0/2\nAccuracySec=1s\nRandomizedDelaySec=0\n",
    );
    machine.must("systemctl", "daemon-reload");
    machine.must("systemctl", "enable", "--now", "--quiet", TIMER);
    await machine.until(() => redis("EXISTS", METADATA_KEY) === "1");
    redis("DEL", `${METADATA_KEY}:doctor`);
    machine.must("systemctl", "disable", "--now", "--quiet", TIMER);
    machine.remove(`/etc/systemd/system/${TIMER}.d`);
    await machine.until(() => property("ActiveState") === "inactive");
    expect(lastStatus()).toBe("0");
    const metadata = JSON.parse(redis("GET", METADATA_KEY));
    expect(metadata).toMatchObject({ as_of_date: "2025-11-11", failed: 0, interrupted: false });
    expect(redis("DBSIZE")).toBe(`${metadata.successful + 3}`);
  });

  test("any user may ask whether the last run was good", () => {
    const { exitCode, stdout } = machine.run("runuser", "-u", "nobody", "--", "forecast", "status");
    expect(stdout).toMatch(/\nHealthy\n$/);
    expect(exitCode).toBe(0);
  });

  test("the metrics of the run are there for everyone", () => {
    const metrics = machine.must("runuser", "-u", "nobody", "--", "cat", "/var/lib/forecast-metrics/forecast.prom");
    expect(metrics).toMatch(/^forecast_worker_exit_code 0$/m);
    expect(metrics).toMatch(/^forecast_worker_last_success_timestamp_seconds \d+$/m);
  });

  test("what is said is information in the journal, without colours or a bar", () => {
    const { exitCode, entries } = start();
    expect(exitCode).toBe(0);
    expect(new Set(entries.map(({ PRIORITY }) => PRIORITY))).toEqual(new Set([INFO]));
    expect(entries[0]!.MESSAGE).toMatch(/^forecasting [\d,]+ products in \d+ worker threads?$/);
    expect(entries.at(-1)!.MESSAGE).toMatch(/^run finished: exit_code=0 /);
  });

  test("a warning is a warning", () => {
    settings({ FORECAST_WEEK: "8" });
    const warnings = start().entries.filter(({ PRIORITY }) => PRIORITY === WARNING);
    expect(warnings.map(({ MESSAGE }) => MESSAGE)).toEqual([
      'warning: unknown variable "FORECAST_WEEK"; did you mean FORECAST_WEEKS?',
    ]);
  });

  test("a source that has lost its products fails the unit, and status tells of it", () => {
    settings({ FORECAST_MIN_CUSTOMERS: "1000" });
    expect(start().exitCode).toBe(1);
    expect(hasFailed()).toBe(true);
    const { exitCode, stderr } = machine.run("forecast-worker", "status");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: not healthy: the last attempt, of .*, failed: no product is eligible/m);
  });

  test("a failed product is an error, and in JSON its id and batch are fields", () => {
    const lines = steadyOrders(["1", "2", "3"]).map((line): Line => {
      return line[1] === "2" ? [line[0], line[1], line[2], line[3], 1e308] : line;
    });
    machine.take(folder.database(orderBook(lines)), "/srv/bad.sqlite");
    const few = { FORECAST_SOURCE: "sqlite:/srv/bad.sqlite", FORECAST_MOST_DROP: "100%" };
    settings({ ...few, FORECAST_LOG_LEVEL: "debug" });
    const text = start();
    expect(text.exitCode).toBe(1);
    expect(lastStatus()).toBe("1");
    const [failure, ...others] = text.entries.filter(({ PRIORITY }) => PRIORITY === ERROR);
    expect(failure!.MESSAGE).toMatch(/^error: product 2: .* not finite: \w+ \| .* \| at /);
    expect(others).toEqual([]);

    settings({ ...few, FORECAST_LOG_FORMAT: "json" });
    const json = start().entries.map(({ PRIORITY, MESSAGE }) => ({ PRIORITY, ...JSON.parse(MESSAGE) }));
    expect(json.filter(({ product_id }) => product_id === "2")).toEqual([
      expect.objectContaining({ PRIORITY: ERROR, level: "error", batch: expect.any(Number) }),
    ]);
    expect(json.at(-1)).toMatchObject({ PRIORITY: INFO, exit_code: 1, failed: 1 });
  });

  test("without Redis the unit fails with an error, which the example of an alarm mails", async () => {
    settings({ REDIS_PATIENCE: "1" });
    machine.must("systemctl", "stop", "redis-server.service");
    machine.must("cp", `${EXAMPLES}/on-failure.conf`, DROP_INS);
    machine.must("cp", `${EXAMPLES}/forecast-worker-alarm@.service`, "/etc/systemd/system");
    machine.write(
      "/usr/local/bin/mail",
      '#!/bin/sh\n(echo "$@"; cat) >/run/mail.unfinished; mv /run/mail.unfinished /run/mail\n',
      0o755,
    );
    machine.must("systemctl", "daemon-reload");
    const { exitCode, entries } = start();
    expect(exitCode).toBe(1);
    expect(hasFailed()).toBe(true);
    expect(lastStatus()).toBe("1");
    expect(entries.at(-1)).toMatchObject({
      PRIORITY: ERROR,
      MESSAGE: expect.stringMatching(/^error: Redis 127\.0\.0\.1:6379: connect ECONNREFUSED/),
    });
    await machine.until(() => machine.run("test", "-e", "/run/mail").exitCode === 0);
    expect(machine.must("cat", "/run/mail")).toMatch(
      /^-s forecast-worker\.service failed on \S+ root\n.*ECONNREFUSED/s,
    );
    machine.must("rm", "/etc/systemd/system/forecast-worker-alarm@.service", `${DROP_INS}/on-failure.conf`);
    const metrics = machine.must("cat", "/var/lib/forecast-metrics/forecast.prom");
    expect(metrics).toMatch(/^forecast_worker_cache_up 0$/m);
    expect(metrics).toMatch(/^forecast_worker_last_success_timestamp_seconds \d+$/m);
    machine.must("systemctl", "start", "redis-server.service");
  });

  test("a second run is turned away, which is no alarm, and does not disturb the first", async () => {
    const goOn = holdOrders();
    machine.must("systemctl", "start", "--no-block", SERVICE);
    await machine.until(isUnderWay);
    const second = machine.run("forecast-worker", "run");
    expect(second).toMatchObject({ exitCode: 75, stdout: "" });
    expect(second.stderr).toMatch(
      /^error: another instance, pid \d+, started .*, holds the lock \/run\/forecast-worker/m,
    );
    goOn();
    await machine.until(() => property("ActiveState") === "inactive");
    expect(hasFailed()).toBe(false);

    const letByHandGoOn = holdOrders();
    machine.must("systemd-run", "--unit=by-hand", "forecast-worker", "run");
    await machine.until(isUnderWay);
    const { exitCode, entries } = start();
    expect(exitCode).toBe(0);
    expect(lastStatus()).toBe("75");
    expect(hasFailed()).toBe(false);
    expect(entries.at(-1)).toMatchObject({ PRIORITY: ERROR, MESSAGE: expect.stringContaining("holds the lock") });
    letByHandGoOn();
    await machine.until(() => !isUnderWay());
  });

  test("systemctl stop ends a run with 143, its metadata written", async () => {
    redis("FLUSHALL");
    const goOn = holdOrders();
    machine.must("systemctl", "start", "--no-block", SERVICE);
    await machine.until(isUnderWay);
    machine.must("systemctl", "stop", "--no-block", SERVICE);
    await machine.until(() => property("ActiveState") === "deactivating");
    goOn();
    await machine.until(() => property("ActiveState") === "inactive");
    expect(lastStatus()).toBe("143");
    expect(hasFailed()).toBe(false);
    const { interrupted, successful, total_products: total } = JSON.parse(redis("GET", METADATA_KEY));
    expect(interrupted).toBe(true);
    expect(successful).toBeLessThan(total);
  });

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

  test("a second tenant has settings, keys, metrics and a timer of its own, beside the first", () => {
    const before = redis("GET", METADATA_KEY);
    const lines = "AS_OF_DATE=2025-11-11\nFORECAST_SOURCE=sqlite:/srv/orders.sqlite\nFORECAST_WEEKS=6\n";
    machine.write("/etc/forecast-worker/acme.env", lines, 0o640);
    const names = ["forecast-worker@.timer", "forecast-worker@.service", "forecast-worker-queue@.service"];
    const units = names.map((name) => `/usr/lib/systemd/system/${name}`);
    expect(machine.run("systemd-analyze", "verify", "--man=no", ...units)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(machine.must("forecast-worker", "-i", "acme", "doctor")).toMatch(
      /^ok +lock +\/run\/forecast-worker-acme\/forecast\.lock can be taken\nok +metrics /m,
    );
    machine.must("systemctl", "start", "forecast-worker@acme.service");
    expect(machine.must("forecast-worker", "-i", "acme", "status")).toContain("Healthy");
    expect(JSON.parse(redis("GET", "forecast-acme:index")).forecast_weeks).toBe(6);
    expect(redis("GET", METADATA_KEY)).toBe(before);
    const metrics = (name: string) => machine.must("cat", `/var/lib/forecast-metrics/${name}.prom`);
    expect(metrics("forecast-acme")).toMatch(/^forecast_worker_exit_code\{tenant="acme"\} 0$/m);
    expect(metrics("forecast")).toMatch(/^forecast_worker_exit_code \d+$/m);
    machine.must("systemctl", "enable", "--now", "--quiet", "forecast-worker@acme.timer");
    expect(property("NextElapseUSecRealtime", "forecast-worker@acme.timer")).not.toBe("");
    expect(machine.run("forecast-worker", "-i", "nobody", "status")).toMatchObject({
      exitCode: 2,
      stderr: "forecast-worker: there is no instance nobody: /etc/forecast-worker/nobody.env is not there\n",
    });
  });

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

  test("a new version keeps the settings, and purging leaves nothing", () => {
    settings({ FORECAST_WEEKS: "8" });
    machine.must("dpkg", "-i", "/srv/package.deb");
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
