import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";
import { isOpened, openSource, type SourceSettings } from "../sources/registry.ts";
import { SourceError, type Waits } from "../sources/source.ts";
import type { Interruption } from "../workers/interruption.ts";
import { openConnection, placeOf, prefixOf, queueError } from "./connection.ts";
import { type QueuedRun, RUNS, sourceOf } from "./messages.ts";
import { serve, type WorkObserver, type WorkSettings } from "./serve.ts";
import { LOOK_MS } from "./times.ts";

/**
 * Takes batches of one run after the other, until it is asked to stop, or until the queue is empty where once is enough.
 *
 * @throws Error of one line where what every batch needs is out of reach; others may take the batches then.
 */
export async function work(
  settings: WorkSettings,
  version: string,
  observer: WorkObserver,
  interruption: Interruption,
): Promise<void> {
  await checkSource(settings.source, observer.waits);
  if (!settings.once) observer.watches(placeOf(settings.cache));
  const connection = openConnection(settings.cache, observer.waits);
  const runs = new Queue<QueuedRun>(RUNS, { connection, prefix: prefixOf(settings.cache), skipVersionCheck: true });
  // The connection itself tells of its errors.
  runs.on("error", () => {});
  const left = new Set<string>();
  let serving: Promise<void> | undefined;
  const workOn = async () => {
    for (;;) {
      const [run] = await runs.getJobs(["waiting-children"], 0, 0);
      if (interruption.exitCode !== undefined) return;
      const reason = run && reasonToLeave(run.data, settings.source, version);
      if (run && reason === undefined) {
        serving = serve(run, settings, connection, observer, interruption);
        await serving;
        continue;
      }
      if (run && !left.has(run.id!)) observer.leaves(reason!);
      if (run) left.add(run.id!);
      if (settings.once) {
        if (!run && !serving) observer.findsNone(placeOf(settings.cache));
        return;
      }
      await sleep(LOOK_MS);
    }
  };
  try {
    await Promise.race([workOn(), interruption.asked.then(() => serving)]);
  } catch (error) {
    throw queueError(error as Error, settings.cache);
  } finally {
    connection.disconnect();
  }
}

/** @throws SourceError before a batch is taken that could not be read. */
async function checkSource(settings: SourceSettings, waits: Waits): Promise<void> {
  if (!isOpened(settings)) return;
  const source = await openSource(settings, waits);
  const { problems } = await source.check().finally(() => source.close());
  if (problems.length > 0) throw new SourceError(problems.join("; "));
}

/** Why batches of a run are not for a worker; nothing where they are. */
function reasonToLeave(
  { version, source }: QueuedRun,
  settings: SourceSettings,
  ownVersion: string,
): string | undefined {
  const own = sourceOf(settings);
  if (version !== ownVersion) return `a run of forecast ${version} is under way, and this is ${ownVersion}`;
  if (source !== own) return `a run reads ${source}, and this worker ${own} (FORECAST_SOURCE, DB_NAME)`;
  return undefined;
}
