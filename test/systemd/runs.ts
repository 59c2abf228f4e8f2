import { expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { type Line, orderBook, steadyOrders } from "../parts/orders.ts";
import {
  DROP_INS,
  ERROR,
  EXAMPLES,
  folder,
  hasFailed,
  holdOrders,
  INFO,
  isUnderWay,
  lastStatus,
  machine,
  property,
  redis,
  SERVICE,
  settings,
  start,
  TIMER,
  WARNING,
} from "./host.ts";

/** What becomes of runs, and what is said of them. */
export function testRuns(): void {
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
}
