import { randomUUID } from "node:crypto";
import { FlowProducer, Queue, Worker } from "bullmq";
import type { RedisSettings } from "../caches/redis/settings.ts";
import { openConnection, placeOf, prefixOf, queueError } from "./connection.ts";

const LIMIT_SECONDS = 10;
/** Those of a queue that a user who may do some of it leaves behind. */
const KEYS = ["meta", "id", "wait", "active", "events", "marker", "waiting-children"];
const KEPT_SECONDS = 60;

/**
 * Whether a run can hand out batches and workers can take them: one of nobody's is put there, taken and removed.
 *
 * @returns the same in words.
 * @throws Error of one line
 */
export async function tryQueue(redis: RedisSettings): Promise<string> {
  const place = placeOf(redis);
  const connection = openConnection(redis, () => {});
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${place}: no answer for ${LIMIT_SECONDS} s`)), 1000 * LIMIT_SECONDS);
  try {
    await Promise.race([passBatch(connection, prefixOf(redis)), silence]);
    return `${place}: takes batches and gives them to workers`;
  } catch (error) {
    throw queueError(error as Error, redis);
  } finally {
    clearTimeout(timer);
    connection.disconnect();
  }
}

/** In queues that no run and no worker looks into, of which nothing is left for longer than a minute. @throws Error */
async function passBatch(connection: ReturnType<typeof openConnection>, prefix: string): Promise<void> {
  const id = randomUUID();
  const options = { connection, prefix, skipVersionCheck: true };
  const [runs, batches] = [`doctor-runs-${id}`, `doctor-batches-${id}`].map((name) => new Queue(name, options));
  const flows = new FlowProducer(options);
  // What is asked for fails with the same error.
  for (const queue of [runs!, batches!]) queue.on("error", () => {});
  flows.on("error", () => {});
  const outcomes = `${prefix}:doctor:${id}`;
  let worker: Worker | undefined;
  try {
    // As a run does, so that Redis refuses both in the same words.
    await runs!.getJobs();
    const children = [{ name: "batch", queueName: batches!.name, data: {}, opts: { jobId: id } }];
    await flows.add({ name: "run", queueName: runs!.name, data: {}, opts: { jobId: id }, children });
    const { promise: passed, resolve, reject } = Promise.withResolvers<unknown>();
    worker = new Worker(batches!.name, async () => {}, { ...options, name: "forecast doctor", skipStalledCheck: true });
    worker.on("error", reject).on("completed", resolve);
    await passed;
    await connection.multi().hset(outcomes, "batch", "{}").expire(outcomes, LIMIT_SECONDS).exec();
    await connection.hmget(outcomes, "batch");
    await connection.setex(outcomes, LIMIT_SECONDS, "");
  } finally {
    await worker?.close(true).catch(() => {});
    const gone = [batches!, runs!].map((queue) => queue.obliterate({ force: true }));
    await Promise.allSettled([...gone, connection.del(outcomes)]);
    const left = [runs!, batches!].flatMap((queue) =>
      [...KEYS, id, `${id}:dependencies`].map((key) => queue.toKey(key)),
    );
    await Promise.allSettled(left.map((key) => connection.expire(key, KEPT_SECONDS)));
  }
}
