import { onTestFinished } from "vitest";
import { start } from "./program.ts";
import type { RedisServer } from "./redis.ts";
import { withoutStamp } from "./stamp.ts";

/** A program under way, with what it has said so far. */
export interface UnderWay {
  readonly pid: number;
  readonly exited: Promise<number>;
  said(): string;
  /** Waits until it has said this. */
  until(words: RegExp): Promise<void>;
  kill(signal: "SIGKILL" | "SIGTERM"): void;
}

/** Starts a program that ends with the test. */
export function underWay(...asked: Parameters<typeof start>): UnderWay {
  const child = start(...asked);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await child.exited;
  });
  let text = "";
  const heard = new Set<() => void>();
  const listen = async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      text += part;
      for (const tell of heard) tell();
    }
  };
  listen().catch(() => {});
  const until = async (words: RegExp) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const tell = () => words.test(text) && resolve();
    heard.add(tell);
    tell();
    const over = child.exited.then((code) => Bun.sleep(100).then(() => code));
    const code = await Promise.race([promise, over]);
    heard.delete(tell);
    if (code !== undefined && !words.test(text))
      throw new Error(`ended with ${code} before it said ${words}:\n${text}`);
  };
  return {
    ...{ pid: child.pid, exited: child.exited, said: () => text, until },
    kill: (signal) => child.kill(signal),
  };
}

/** Batches that workers are at, by the worker's process. */
export function batchesOf(redis: RedisServer): Map<number, string> {
  const ids = redis.cli("LRANGE", "{forecast:}queue:batches:active", "0", "-1").split("\n").filter(Boolean);
  return new Map(
    ids.map((id) => [Number(redis.cli("HGET", `{forecast:}queue:batches:${id}`, "pb").split(":")[1]), id]),
  );
}

export function keysOfQueue(redis: RedisServer): string[] {
  return redis.cli("KEYS", "{forecast:}*").split("\n").filter(Boolean);
}

/** Documents by key, without the time at which they were made. */
export function documentsIn(redis: RedisServer): Map<string, string> {
  const keys = redis.cli("KEYS", "forecast:[0-9]*").split("\n").filter(Boolean).sort();
  const texts = redis.cli("MGET", ...keys).split("\n");
  return new Map(keys.map((key, i) => [key, withoutStamp(texts[i]!)]));
}

/** Waits until something that other processes do is so; to ask for it takes a process, too. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await Bun.sleep(200);
}
