import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, type RedisServer, redisAt, startRedis } from "./redis.ts";

/** Redis servers that take each other's place. */
export interface RedisServers {
  readonly servers: readonly RedisServer[];
  /** Where clients are to ask: as their settings take it. */
  readonly addresses: string;
  stop(): Promise<void>;
}

/** After so long without an answer a server is taken for dead. */
const DEAD_MS = 2000;
const MOST_TRIES = 3000;

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > MOST_TRIES) throw new Error(`does not come: ${holds}`);
    await sleep(20);
  }
}

/** A cluster of three masters, each with a replica. @param options of each server. */
export async function startCluster(...options: string[]): Promise<RedisServers> {
  const servers: RedisServer[] = [];
  for (let i = 0; i < 6; i++) {
    // Nodes speak to each other at a port that is 10,000 higher.
    let port = await freePort();
    while (port > 55_000) port = await freePort();
    servers.push(await redisAt(port, "--cluster-enabled", "yes", "--cluster-node-timeout", `${DEAD_MS}`, ...options));
  }
  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
  servers[0]!.cli("--cluster", "create", ...nodes, "--cluster-replicas", "1", "--cluster-yes");
  for (const { cli } of servers) await until(() => cli("CLUSTER", "INFO").includes("cluster_state:ok"));
  await until(
    () => servers.filter(({ cli }) => cli("INFO", "replication").includes("master_link_status:up")).length === 3,
  );
  const stop = async () => {
    for (const server of servers) await server.stop();
  };
  return { servers, addresses: nodes.slice(0, 3).join(), stop };
}

/** A master, its replica, and three Sentinels that watch it as `main`. @param password of all of them. */
export async function startSentinels(password: string): Promise<RedisServers> {
  const secret = ["--requirepass", password, "--masterauth", password];
  const master = await startRedis(...secret);
  const replica = await startRedis(...secret, "--replicaof", "127.0.0.1", `${master.port}`);
  await until(() => replica.cli("INFO", "replication").includes("master_link_status:up"));
  const folder = mkdtempSync(join(tmpdir(), "forecast-sentinels-"));
  const ports = [await freePort(), await freePort(), await freePort()];
  const sentinels = ports.map((port) => {
    const file = join(folder, `${port}.conf`);
    const lines = [
      `port ${port}`,
      `requirepass ${password}`,
      `sentinel monitor main 127.0.0.1 ${master.port} 2`,
      `sentinel auth-pass main ${password}`,
      `sentinel sentinel-pass ${password}`,
      `sentinel down-after-milliseconds main ${DEAD_MS}`,
      "sentinel failover-timeout main 5000",
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
    return Bun.spawn(["redis-server", file, "--sentinel"], { stdio: ["ignore", "ignore", "ignore"] });
  });
  const ask = (port: number) =>
    Bun.spawnSync(["redis-cli", "-p", `${port}`, "SENTINEL", "MASTER", "main"], {
      env: { ...process.env, REDISCLI_AUTH: password },
      stderr: "ignore",
    }).stdout.toString();
  for (const port of ports) await until(() => /num-slaves\n1\nnum-other-sentinels\n2\n/.test(ask(port)));
  const stop = async () => {
    for (const sentinel of sentinels) sentinel.kill("SIGKILL");
    for (const server of [master, replica]) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { servers: [master, replica], addresses: ports.map((port) => `127.0.0.1:${port}`).join(), stop };
}
