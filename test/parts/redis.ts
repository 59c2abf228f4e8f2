import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

export interface RedisServer {
  readonly port: number;
  readonly pid: number;
  /** Runs redis-cli and gives what it prints. */
  cli(...args: string[]): string;
  /** Ends it at once, as a machine that dies. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Longer than a Redis takes to start on a machine under load. */
const MOST_TRIES = 1000;

/** A real redis-server of its own on a free port; `options` are those of its command line. */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  return redisAt(await freePort(), ...options);
}

/** The same on a port that is known. */
export async function redisAt(port: number, ...options: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "forecast-redis-"));
  const server = Bun.spawn(["redis-server", "--port", `${port}`, "--save", "", "--dir", folder, ...options], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const password = options[options.indexOf("--requirepass") + 1];
  const env = { ...process.env, ...(options.includes("--requirepass") && password ? { REDISCLI_AUTH: password } : {}) };
  const cli = (...args: string[]) =>
    Bun.spawnSync(["redis-cli", "-p", `${port}`, ...args], { stderr: "ignore", env })
      .stdout.toString()
      .trimEnd();
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > MOST_TRIES) throw new Error("redis-server does not start");
    await sleep(10);
  }
  const kill = async () => {
    server.kill("SIGKILL");
    await server.exited;
  };
  const stop = async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, pid: server.pid, cli, kill, stop };
}

/** Whether somebody who speaks Redis listens there, and be it to say that one has to log in or to wait. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    socket.write("PING\r\n");
    await once(socket, "data");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A server that ends with the test that starts it. */
export async function redisServer(...options: string[]): Promise<RedisServer> {
  const redis = await startRedis(...options);
  onTestFinished(redis.stop);
  return redis;
}

export function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address() as { port: number };
    server.close(() => resolve(port));
  });
  return promise;
}

export function redisSettings(port: number, password?: string) {
  return {
    kind: "redis",
    host: "127.0.0.1",
    port,
    database: 0,
    username: undefined,
    password,
    tls: false,
    patienceSeconds: 10,
  } as const;
}
