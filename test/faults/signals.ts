import { constants } from "node:os";
import { binary } from "../parts/program.ts";
import type { Arranged, Case, Stage } from "./bench.ts";
import { type Place, sqlitePlace } from "./places.ts";
import { behindProxy } from "./redis-replies.ts";
import { secondBatchWaits } from "./second-batch.ts";
import { replies } from "./tcp.ts";

/** A run that has written its first batch and waits for order lines of the next. */
async function underWay(stage: Stage, work: (child: Bun.Subprocess) => unknown, place: Place = placeOf(stage)) {
  const { begun, env } = await secondBatchWaits(stage, 500, 60);
  const during = async (child: Bun.Subprocess) => {
    await begun;
    await work(child);
  };
  return { place, during, env };
}

function placeOf(stage: Stage): Place {
  const place = sqlitePlace(stage.path("cache.sqlite"));
  place.fill(stage.world.lastRun);
  return place;
}

function redirected(to: string, ...args: string[]) {
  return (stage: Stage): Arranged => ({
    ...{ place: placeOf(stage), args },
    program: ["sh", "-c", `exec "$@" ${to}`, "sh", ...binary()],
  });
}

export const SIGNAL_CASES: readonly Case[] = [
  ...(["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const).map(
    (signal): Case => ({
      what: `${signal} in the middle of a run`,
      ...{ exitCodes: [128 + constants.signals[signal]], limitSeconds: 15, says: /warning: interrupted/ },
      arrange: (stage) => underWay(stage, (child) => child.kill(signal)),
    }),
  ),
  {
    what: "SIGKILL in the middle of a run",
    exitCodes: [137],
    arrange: (stage) => underWay(stage, (child) => child.kill("SIGKILL")),
  },
  {
    what: "two signals in the middle of a run",
    ...{ exitCodes: [130], leavesAtOnce: true },
    async arrange(stage) {
      const work = async (child: Bun.Subprocess) => {
        child.kill("SIGINT");
        while (child.exitCode === null && child.signalCode === null) {
          await Bun.sleep(50);
          child.kill("SIGINT");
        }
      };
      return underWay(stage, work);
    },
  },
  {
    what: "SIGTERM while Redis accepts and says nothing",
    ...{ exitCodes: [143], limitSeconds: 15 },
    async arrange(stage) {
      const { promise: silent, resolve } = Promise.withResolvers<void>();
      const fate = replies(({ command }) => {
        if (command !== "ping") return "pass";
        resolve();
        return "stall";
      });
      const behind = await behindProxy(stage, fate);
      return { ...behind, during: (child) => silent.then(() => child.kill("SIGTERM")) };
    },
  },
  {
    what: "SIGTERM while Redis says nothing as the lease is taken",
    ...{ exitCodes: [143], limitSeconds: 15, leaseMayStay: true },
    async arrange(stage) {
      const { promise: silent, resolve } = Promise.withResolvers<void>();
      const fate = replies(({ command }) => {
        if (command !== "set") return "pass";
        resolve();
        return "stall";
      });
      const behind = await behindProxy(stage, fate);
      return { ...behind, during: (child) => silent.then(() => child.kill("SIGTERM")) };
    },
  },
  {
    what: "a run is killed in the middle of its documents in Redis",
    exitCodes: [137],
    async arrange(stage) {
      const { place } = await behindProxy(stage, {});
      return underWay(stage, (child) => child.kill("SIGKILL"), place);
    },
  },
  {
    what: "standard output is a full disk",
    ...{ exitCodes: [1], says: /ENOSPC/ },
    arrange: redirected(">/dev/full", "--json"),
  },
  { what: "standard output is closed", exitCodes: [0, 1], arrange: redirected(">&-", "--json") },
  { what: "standard error is closed", exitCodes: [0, 1], arrange: redirected("2>&-") },
];
