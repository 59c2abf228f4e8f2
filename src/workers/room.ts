import { join } from "node:path";
import { textOf } from "./small-file.ts";

/** Threads that the runtime starts for itself while ours work, to compile and to collect garbage. */
const OF_THE_RUNTIME = 6;

/** Where the kernel tells of limits. */
export interface Kernel {
  readonly proc: string;
  readonly cgroups: string;
  readonly isRoot: boolean;
}

const THIS_MACHINE: Kernel = { proc: "/proc/self", cgroups: "/sys/fs/cgroup", isRoot: process.getuid?.() === 0 };

/**
 * Refuses before the first thread what the runtime would not survive: one that cannot start its threads stops for ever, or
 * crashes.
 *
 * @throws Error of one line where the machine lets fewer threads start than so many workers need.
 */
export function checkRoom(workers: number, kernel = THIS_MACHINE): void {
  const needed = workers + OF_THE_RUNTIME;
  const room = Math.min(roomInGroups(kernel), roomOfUser(kernel));
  if (room < needed) throw new Error(tooFewThreads(`only ${Math.max(0, room)} more can be started`, workers));
}

/** What to do where threads do not start, in one line. */
export function tooFewThreads(reason: string, workers: number): string {
  return (
    `${workers} worker threads need room for ${workers + OF_THE_RUNTIME} threads, and ${reason} ` +
    "(limits are set by TasksMax=, by a container's pids limit and by ulimit -u; FORECAST_WORKERS sets the workers)"
  );
}

/** Of the control groups that this process is in, up to the root (cgroups(7)). */
function roomInGroups({ proc, cgroups }: Kernel): number {
  const lines = (textOf(join(proc, "cgroup")) ?? "").split("\n");
  const folders = lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined || (controllers !== "" && !controllers!.split(",").includes("pids"))) return [];
    const names = path.split("/").filter((name) => name !== "");
    const root = controllers === "" ? cgroups : join(cgroups, "pids");
    return Array.from({ length: names.length + 1 }, (_, depth) => join(root, ...names.slice(0, depth)));
  });
  return folders.reduce((least, folder) => {
    const [most, now] = ["pids.max", "pids.current"].map((file) =>
      Number.parseInt(textOf(join(folder, file)) ?? "", 10),
    );
    return most! >= 0 && now! >= 0 ? Math.min(least, most! - now!) : least;
  }, Number.POSITIVE_INFINITY);
}

/** Of a user's limit as far as this process uses it up; it does not bind root (getrlimit(2)). */
function roomOfUser({ proc, isRoot }: Kernel): number {
  const most = /^Max processes +(\d+)/m.exec(textOf(join(proc, "limits")) ?? "")?.[1];
  const threads = /^Threads:\s*(\d+)/m.exec(textOf(join(proc, "status")) ?? "")?.[1];
  return isRoot || most === undefined || threads === undefined
    ? Number.POSITIVE_INFINITY
    : Number(most) - Number(threads);
}
