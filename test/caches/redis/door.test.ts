import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { RedisCache } from "../../../src/caches/redis/cache.ts";
import type { RedisSettings } from "../../../src/caches/redis/settings.ts";
import { orderBook, steadyOrders, temporaryFolder } from "../../parts/orders.ts";
import { forecast, ON_BUN } from "../../parts/program.ts";
import { proxyTo } from "../../parts/proxy.ts";
import { redisServer, redisSettings } from "../../parts/redis.ts";
import { ROOT } from "../../parts/root.ts";

function cacheWith(port: number, settings: Partial<RedisSettings> = {}): RedisCache {
  const cache = new RedisCache({ ...redisSettings(port), ...settings });
  onTestFinished(() => cache.close());
  return cache;
}

const ENTRY = { key: "forecast:1", value: "{}" };

test.each([
  ["that is not there", [], /database 16 cannot be used \(REDIS_DB\): ERR DB index is out of range$/],
  ["that SELECT, renamed, does not reach", ["--rename-command", "SELECT", "CHOOSE"], /REDIS_DB.*unknown command/],
  ["without the right to choose", ["--user", "default", "on", "nopass", "~*", "+@all", "-select"], /REDIS_DB.*NOPERM/],
])("a database %s is an error before anything is written", async (_, options, words) => {
  const { port, cli } = await redisServer(...options);
  await expect(cacheWith(port, { database: 16 }).ping()).rejects.toThrow(words);
  await expect(cacheWith(port, { database: 16 }).write([ENTRY], 60)).rejects.toThrow(words);
  expect(cli("DBSIZE")).toBe("0");
});

test("a database that one of several connections cannot choose is never taken for another one", async () => {
  const { port, cli } = await redisServer();
  const { port: proxied, stop } = await proxyTo(port, {
    commands: (data, connection) => {
      return connection === 0 ? data : Buffer.from(data.toString().replace("$1\r\n3\r\n", "$2\r\n99\r\n"));
    },
  });
  onTestFinished(stop);
  await cacheWith(proxied, { database: 3 }).write([ENTRY], 60);
  await expect(cacheWith(proxied, { database: 3 }).write([ENTRY], 60)).rejects.toThrow("database 3 cannot be used");
  expect([cli("DBSIZE"), cli("-n", "3", "DBSIZE")]).toEqual(["0", "1"]);
});

test("a Redis that knows neither HELLO nor CLIENT nor INFO takes documents", async () => {
  const without = ["HELLO", "CLIENT", "INFO"].flatMap((command) => ["--rename-command", command, ""]);
  const { port } = await redisServer("--requirepass", "s3cret", ...without);
  const cache = cacheWith(port, { password: "s3cret" });
  await cache.write([ENTRY], 60);
  expect(await cache.read(ENTRY.key)).toBe(ENTRY.value);
});

test("a user who may give SETEX, GET and PING alone takes a whole run, which doctor says how to make safer", async () => {
  const { port, cli } = await redisServer();
  cli("ACL", "SETUSER", "default", "resetkeys", "~forecast:*", "-@all", "+setex", "+get", "+ping");
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const source = ["--source", `sqlite:${folder.database(orderBook(steadyOrders(["1", "2", "3"])))}`];
  const flags = [...source, "--as-of", "2025-11-11", "--lock-file", folder.path("lock")];
  const program = (...args: string[]) => forecast(args, { program: ON_BUN, env: { REDIS_PORT: `${port}` } });
  const run = await program("run", ...flags);
  expect(run).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^forecasting 3 products .*\nrun finished: .*\n$/s),
  });
  expect(run.stderr).not.toMatch(/warn|NOPERM|ioredis/i);
  expect((await program("status")).exitCode).toBe(0);
  const doctor = await program("doctor", ...flags);
  expect(doctor.stdout).toMatch(/^warning +memory .*NOPERM.*/m);
  expect(doctor.stdout).toMatch(/^warning +lease .*NOPERM.*/m);
  expect(doctor.stdout).toMatch(/^warning +rights +a run sees at its end.*: the cache denies PTTL$/m);
  expect(doctor.exitCode).toBe(0);
});

test("the user that ships with the package is the one of README, and doctor finds nothing that it lacks", async () => {
  const line = readFileSync(join(ROOT, "build/redis-user.acl"), "utf8");
  expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(line);
  const { port } = await redisServer();
  const added = Bun.spawnSync(["redis-cli", "-p", `${port}`], { stdin: Buffer.from(line) });
  expect(added.stdout.toString()).toBe("OK\n");
  const env = { REDIS_PORT: `${port}`, REDIS_USERNAME: "forecast", REDIS_PASSWORD: "PASSWORD", REDIS_DB: "1" };
  const { stdout } = await forecast(["doctor", "--source", "demo"], { program: ON_BUN, env });
  expect(stdout).toMatch(/^ok +cache /m);
  expect(stdout).not.toMatch(/^\w+ +(memory|lease|rights) /m);
});

test("a document that is gone is missed, also where times to live may not be asked for", async () => {
  const { port, cli } = await redisServer("--rename-command", "PTTL", "");
  const cache = cacheWith(port);
  await cache.write([ENTRY, { key: "forecast:2", value: "{}" }], 60);
  cli("DEL", "forecast:2");
  expect(await cache.missing([ENTRY.key, "forecast:2"], 30)).toEqual(["forecast:2"]);
  expect([...cache.denied]).toEqual(["PTTL"]);
});

test("a password that nobody asked for is no failure, and nothing is printed", async () => {
  const { port } = await redisServer();
  await cacheWith(port, { password: "s3cret" }).ping();
});

test.each([
  [
    "as Redis repeats them",
    (password: string) => `ERR unknown command 'AUTH', with args beginning with: '${password}'`,
  ],
  ["in capitals", (password: string) => `DENIED ${password.toUpperCase()} is not let in`],
  ["shortened", (password: string) => `ERR no such user: ${password.slice(0, 7)}…`],
])("words that repeat the password %s are not shown", async (_, words) => {
  const password = "correct-horse-battery";
  const refusing = createServer((socket) => {
    socket.on("error", () => {}).on("data", () => socket.write(`-${words(password)}\r\n`));
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void refusing.close());
  const { port } = refusing.address() as { port: number };
  const error: Error = await cacheWith(port, { password })
    .ping()
    .catch((reason) => reason);
  expect(error.message).toBe(
    `Redis 127.0.0.1:${port}: AUTH was refused in words that repeat the password, which are not shown ` +
      "(check REDIS_USERNAME and REDIS_PASSWORD)",
  );
  expect(Bun.inspect(error)).not.toMatch(/correct|horse|battery/i);
});

test("a Redis with too many clients says so itself", async () => {
  const { port, cli } = await redisServer();
  const first = cacheWith(port);
  await first.ping();
  cli("CONFIG", "SET", "maxclients", "1");
  await expect(cacheWith(port).ping()).rejects.toThrow("ERR max number of clients reached");
});

test("the room that is left and the policy of a full Redis are told, where there is a limit", async () => {
  const { port, cli } = await redisServer();
  const cache = cacheWith(port);
  expect(await cache.capacity()).toBeUndefined();
  cli("CONFIG", "SET", "maxmemory", "100mb");
  expect(await cache.capacity()).toEqual({
    bytes: 100 * 2 ** 20,
    usedBytes: expect.any(Number),
    evicts: undefined,
  });
  cli("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
  expect(await cache.capacity()).toMatchObject({ evicts: "volatile-ttl" });
});
