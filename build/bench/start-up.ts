import type { RedisServer } from "../../test/parts/redis.ts";

export const START_UPS = ["--help", "status", "inspect"] as const;

/** Milliseconds from start to end, one entry a round. */
export type StartUpTimes = Record<(typeof START_UPS)[number], number[]>;

const ROUNDS = 15;

/** Starts what answers at once, in turn, with the documents of a run in Redis. */
export async function measureStartUp(program: string, redis: RedisServer): Promise<StartUpTimes> {
  const [key = ""] = redis.cli("--scan", "--pattern", "forecast:[0-9]*").split("\n");
  const times: StartUpTimes = { "--help": [], status: [], inspect: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of START_UPS) {
      const args = name === "inspect" ? [name, key.replace("forecast:", "")] : [name];
      const env = { ...process.env, REDIS_PORT: `${redis.port}` };
      const started = performance.now();
      await Bun.spawn([program, ...args], { env, stdio: ["ignore", "ignore", "ignore"] }).exited;
      times[name].push(performance.now() - started);
    }
  }
  return times;
}
