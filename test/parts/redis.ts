import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface RedisServer {
  readonly port: number;
  /** Runs redis-cli and gives what it prints. */
  cli(...args: string[]): string;
  stop(): Promise<void>;
}

/** A real redis-server of its own on a free port; `options` are those of its command line. */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "forecast-redis-"));
  const port = await freePort();
  const server = Bun.spawn(["redis-server", "--port", `${port}`, "--save", "", "--dir", folder, ...options], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const cli = (...args: string[]) =>
    Bun.spawnSync(["redis-cli", "-p", `${port}`, ...args], { stderr: "ignore" })
      .stdout.toString()
      .trimEnd();
  for (let tries = 0; !/PONG|NOAUTH/.test(cli("PING")); tries++) {
    if (tries > 100) throw new Error("redis-server does not start");
    await sleep(50);
  }
  const stop = async () => {
    server.kill("SIGKILL");
    await server.exited;
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, cli, stop };
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
