import { createServer, type Socket } from "node:net";
import { freePort } from "../parts/redis.ts";
import type { Arranged, Case, Stage } from "./bench.ts";
import { behindProxy } from "./redis-replies.ts";

/** Something else than a Redis at its port. */
function impostor(answer: (socket: Socket) => void) {
  return async (stage: Stage): Promise<Arranged> => {
    const { place, redis } = await behindProxy(stage, {});
    const server = createServer((socket) => answer(socket.on("error", () => {})));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stage.afterwards(() => server.close());
    const { port } = server.address() as { port: number };
    return {
      ...{ place, env: { REDIS_PORT: `${port}`, REDIS_PATIENCE: "0" } },
      mendedEnv: { REDIS_PORT: `${redis.port}` },
    };
  };
}

/** Something else, or nothing, where Redis was said to be. */
export const IMPOSTOR_CASES: readonly Case[] = [
  {
    what: "nobody listens at the port of Redis",
    ...{
      exitCodes: [1],
      says: /^error: Redis \S+: connect ECONNREFUSED \S+\n$/,
      doctor: /^problem +cache +.*ECONNREFUSED/m,
    },
    async arrange(stage) {
      const { place, redis } = await behindProxy(stage, {});
      const env = { REDIS_PORT: `${await freePort()}`, REDIS_PATIENCE: "0" };
      return { place, env, mendedEnv: { REDIS_PORT: `${redis.port}` } };
    },
  },
  {
    what: "the host of Redis has no address",
    ...{ exitCodes: [1], says: /Redis no\.such\.host\.invalid/, doctor: /^problem +cache +/m },
    async arrange(stage) {
      const { place } = await behindProxy(stage, {});
      const env = { REDIS_HOST: "no.such.host.invalid", REDIS_PATIENCE: "0" };
      return { place, env, mendedEnv: { REDIS_HOST: "127.0.0.1" } };
    },
  },
  {
    what: "a web server answers at the port of Redis",
    ...{ exitCodes: [1], doctor: /^problem +cache +/m },
    arrange: impostor((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
  },
  {
    what: "something accepts connections at the port of Redis and ends them",
    ...{ exitCodes: [1], doctor: /^problem +cache +/m },
    arrange: impostor((socket) => socket.destroy()),
  },
  {
    what: "Redis is in protected mode and says so before it is asked",
    ...{ exitCodes: [1], says: /DENIED Redis is running in protected mode/, doctor: /^problem +cache +.*DENIED/m },
    arrange: impostor((socket) => socket.end("-DENIED Redis is running in protected mode because it is\r\n")),
  },
  {
    what: "something accepts connections at the port of Redis and says nothing",
    ...{
      exitCodes: [1],
      limitSeconds: 10,
      says: /no answer for 10 s/,
      doctor: /^problem +cache +.*no answer for 10 s/m,
    },
    arrange: impostor((socket) => void socket.resume()),
  },
];
