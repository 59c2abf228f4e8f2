import { writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { upToDate } from "../../build/up-to-date.ts";
import { version } from "../../package.json" with { type: "json" };
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { ROOT } from "../parts/root.ts";
import { Machine, obstacle } from "./machine.ts";

export const SERVICE = "forecast-worker.service";
export const TIMER = "forecast-worker.timer";
export const EXAMPLES = "/usr/share/doc/forecast-worker/examples";
export const DROP_INS = `/etc/systemd/system/${SERVICE}.d`;
const TELL_STATUS = "[Service]\nExecStopPost=+/bin/sh -c 'echo $EXIT_STATUS >/run/last-status'\n";
export const ERROR = "3";
export const WARNING = "4";
export const INFO = "6";

export const missing = obstacle();
// Past the reporter, so that it is seen in any case.
if (missing) writeSync(2, `\n!!! NOTHING OF SYSTEMD IS TESTED: no machine can be booted here, ${missing} !!!\n\n`);

interface JournalEntry {
  readonly PRIORITY: string;
  readonly MESSAGE: string;
}

/** The machine of all tests, with the package at hand. */
export let machine: Machine;
export let folder: Folder;

export async function boot(): Promise<void> {
  const debianPackage = upToDate(join(ROOT, `dist/forecast-worker_${version}_amd64.deb`), "package", ROOT);
  folder = temporaryFolder();
  machine = await Machine.boot();
  machine.take(debianPackage, "/srv/package.deb");
  machine.take(folder.database(simulatedBook(300)), "/srv/orders.sqlite");
  machine.must("systemctl", "enable", "--now", "--quiet", "redis-server.service");
  machine.write(`${DROP_INS}/status.conf`, TELL_STATUS);
}

export async function powerOff(): Promise<void> {
  await machine?.powerOff();
  folder?.remove();
}

export const settings = (more: Record<string, string> = {}) => {
  const variables = { AS_OF_DATE: "2025-11-11", FORECAST_SOURCE: "sqlite:/srv/orders.sqlite", ...more };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  machine.write("/etc/forecast-worker/forecast.env", lines.join(""), 0o640);
};
export const property = (name: string, unit = SERVICE) =>
  machine.must("systemctl", "show", "--value", `--property=${name}`, unit).trim();
export const redis = (...args: string[]) => machine.must("redis-cli", ...args).trim();
/** All that the journal has of the service, said by itself or by systemd. */
export const journal = (by: "forecast" | "systemd" = "forecast"): JournalEntry[] => {
  machine.must("journalctl", "--sync");
  return machine
    .must("journalctl", "-u", SERVICE, "-o", "json", "--no-pager")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ SYSLOG_IDENTIFIER }) => SYSLOG_IDENTIFIER === by);
};
/** Starts the service, waits for its end, and gives what it said. */
export const start = () => {
  const before = journal().length;
  const { exitCode } = machine.run("systemctl", "start", SERVICE);
  return { exitCode, entries: journal().slice(before) };
};
export const isUnderWay = () =>
  /a run is under way/.test(machine.run("forecast-worker", "doctor", "--source=demo").stdout);
/** Holds the order database, so that a run that is started waits; gives what lets it go on. */
export const holdOrders = () => {
  const orders = new DatabaseSync(machine.path("/srv/orders.sqlite"));
  orders.exec("BEGIN EXCLUSIVE");
  return () => orders.close();
};
/** Exit code of the last run, as systemd tells those that come after it. */
export const lastStatus = () => machine.must("cat", "/run/last-status").trim();
export const hasFailed = () => machine.run("systemctl", "is-failed", "--quiet", SERVICE).exitCode === 0;
