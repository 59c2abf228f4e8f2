import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ATTEMPT_KEY, INDEX_KEY, LEASE_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { ROOT } from "../parts/root.ts";
import type { Arranged, Case, Stage } from "./bench.ts";
import { redisPlace, SECRETS } from "./places.ts";
import { IMPATIENT, redisOf } from "./redis-servers.ts";

/** Another user than the one that looks after the server. */
const WRITER = { REDIS_USERNAME: "writer", REDIS_PASSWORD: SECRETS.redis };

/** A command that the server does not know, until it is another one. */
function without(command: string, database = 0) {
  return async (stage: Stage): Promise<Arranged> => {
    const { redis } = await redisOf(stage, "--rename-command", command, "");
    const whole = await redisOf(stage);
    const place = redisPlace(redis, redis.port, database);
    place.fill(stage.world.lastRun);
    let now = place;
    return {
      place: { ...place, fill: place.fill, look: () => now.look() },
      env: IMPATIENT,
      mend: () => {
        now = redisPlace(whole.redis, whole.redis.port);
      },
      mendedEnv: { REDIS_PORT: `${whole.redis.port}`, REDIS_DB: "0" },
    };
  };
}

/** A user with these rights, which later has all. */
function userWith(...rights: string[]) {
  return async (stage: Stage): Promise<Arranged> => {
    const { redis, place } = await redisOf(stage);
    redis.cli("ACL", "SETUSER", "writer", "on", `>${SECRETS.redis}`, ...rights);
    return {
      ...{ place, env: { ...WRITER, ...IMPATIENT } },
      mend: () => redis.cli("ACL", "SETUSER", "writer", "~*", "+@all"),
    };
  };
}

/** The user that README advises to make. */
function advisedUser(): string[] {
  const [, rights] = /ACL SETUSER forecast on '>[A-Z]+' (.+)/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))!;
  return rights!.replaceAll("'", "").trim().split(" ");
}

/** Of another type than the program puts there. */
function otherType(key: string, stays = false) {
  return async (stage: Stage): Promise<Arranged> => {
    const { redis, place } = await redisOf(stage);
    redis.cli("DEL", key);
    redis.cli("RPUSH", key, "something else");
    redis.cli("EXPIRE", key, "600");
    return { place, env: IMPATIENT, mend: () => stays && redis.cli("DEL", key) };
  };
}

/** What Redis does not know, does not let a user do, or has in our place. */
export const RIGHTS_CASES: readonly Case[] = [
  ...(
    [
      ["AUTH", [1], /AUTH was refused in words that repeat the password/],
      ["PING", [1], /unknown command/],
      ["SETEX", [1], /unknown command/],
      ["GET", [1], /unknown command/],
    ] as const
  ).map(
    ([command, exitCodes, says]): Case => ({
      what: `Redis does not know ${command} (rename-command)`,
      ...{ exitCodes, says, doctor: new RegExp(`^problem +cache +.*${says.source}`, "im") },
      leaseMayStay: command === "GET",
      arrange: without(command),
    }),
  ),
  ...(["SET", "EXPIRE", "DEL"] as const).map(
    (command): Case => ({
      what: `Redis does not know ${command}, of which only the lease has need`,
      ...{ exitCodes: [0], doctor: /^warning +lease +.*unknown command/m, leaseMayStay: command === "DEL" },
      arrange: without(command),
    }),
  ),
  {
    what: "Redis does not know PTTL, by which documents of this run are told from earlier ones",
    ...{ exitCodes: [0], doctor: /^warning +rights +.*the cache denies PTTL/m },
    arrange: without("PTTL"),
  },
  {
    what: "Redis does not know INFO, by which doctor tells how much room there is",
    ...{ exitCodes: [0], doctor: /^warning +memory +.*cannot be told/m },
    arrange: without("INFO"),
  },
  {
    what: "Redis does not know SELECT, and another database is wanted",
    ...{ exitCodes: [1], says: /database 3 cannot be used \(REDIS_DB\)/, doctor: /^problem +cache +.*REDIS_DB/m },
    arrange: without("SELECT", 3),
  },
  {
    what: "the database that is wanted (REDIS_DB) is not there",
    ...{
      exitCodes: [1],
      says: /^error: Redis .*: database 16 cannot be used \(REDIS_DB\): ERR .*\n$/,
      doctor: /^problem +cache +.*REDIS_DB/m,
    },
    async arrange(stage) {
      const { place } = await redisOf(stage);
      return { place, env: { REDIS_DB: "16" }, mendedEnv: { REDIS_DB: "0" } };
    },
  },
  {
    what: "the user of Redis may do what README advises, and no more",
    ...{ exitCodes: [0], doctor: /^ok +cache +/m },
    arrange: (stage) => userWith(...advisedUser())(stage),
  },
  {
    what: "the user of Redis may not write",
    ...{ exitCodes: [1], says: /NOPERM/, doctor: /^problem +cache +.*NOPERM/m },
    arrange: userWith("~*", "+@read", "+@connection", "+ping"),
  },
  {
    what: "the user of Redis may not touch our keys",
    ...{ exitCodes: [1], says: /NOPERM/, doctor: /^problem +cache +.*NOPERM/m },
    arrange: userWith("~somebody:*", "+@all"),
  },
  {
    what: "the user of Redis may not write one of the documents",
    ...{ exitCodes: [3], says: /product 7: Redis .*NOPERM/, doctor: "it is one key of many" },
    arrange: userWith("~forecast:[1-68-9]", "~forecast:??", `~${INDEX_KEY}`, "~forecast:metadata:*", "+@all"),
  },
  {
    what: "the user of Redis may write documents and not the run's metadata",
    ...{
      exitCodes: [1],
      says: /the run's metadata was not written: Redis .*NOPERM/,
      doctor: /^problem +cache +.*NOPERM/m,
    },
    arrange: userWith("~forecast:[0-9]*", `~${LEASE_KEY}`, `~${ATTEMPT_KEY}`, `%R~${METADATA_KEY}`, "+@all"),
  },
  {
    what: "the user of Redis may write all but the record of the run",
    ...{ exitCodes: [1], says: /the end of the run could not be recorded: Redis .*NOPERM/ },
    doctor: /^problem +cache +a run could not be recorded: Redis .*NOPERM/m,
    arrange: userWith(
      "~forecast:[0-9]*",
      `~${LEASE_KEY}`,
      `%R~${ATTEMPT_KEY}`,
      `~${INDEX_KEY}`,
      `~${METADATA_KEY}*`,
      "+@all",
    ),
  },
  {
    what: "the user of Redis may not choose a database",
    ...{ exitCodes: [1], says: /REDIS_DB/, doctor: /^problem +cache +.*REDIS_DB/m },
    async arrange(stage) {
      const { place, env, mend } = await userWith("~*", "+@all", "-select")(stage);
      return { place, env: { ...env, REDIS_DB: "3" }, mend: mend!, mendedEnv: { REDIS_DB: "0" } };
    },
  },
  {
    what: "the password of Redis is wrong",
    ...{
      exitCodes: [1],
      says: /^error: Redis .*WRONGPASS.*\(check REDIS_USERNAME and REDIS_PASSWORD\)\n$/,
      doctor: /^problem +cache +.*WRONGPASS/m,
    },
    async arrange(stage) {
      const { place } = await redisOf(stage);
      return { place, env: { REDIS_PASSWORD: `${SECRETS.redis}-not` }, mendedEnv: { REDIS_PASSWORD: SECRETS.redis } };
    },
  },
  {
    what: "Redis wants a password and is given none",
    ...{ exitCodes: [1], says: /NOAUTH.*check REDIS_USERNAME/, doctor: /^problem +cache +.*NOAUTH/m },
    async arrange(stage) {
      const { place } = await redisOf(stage);
      const { REDIS_PASSWORD, ...env } = place.env;
      return { place: { ...place, env }, mendedEnv: { REDIS_PASSWORD: REDIS_PASSWORD! } };
    },
  },
  { what: "the key of the metadata holds a list", exitCodes: [0], arrange: otherType(METADATA_KEY) },
  {
    what: "the key of the last attempt holds a list",
    ...{ exitCodes: [1], says: /WRONGTYPE/, doctor: /^problem +cache +.*WRONGTYPE/m },
    arrange: otherType(ATTEMPT_KEY, true),
  },
  {
    what: "the key of the lease holds a list",
    ...{ exitCodes: [0], says: /would not be kept out/, doctor: /^warning +lease +.*WRONGTYPE/m },
    arrange: otherType(LEASE_KEY),
  },
  { what: "the key of a document holds a list", exitCodes: [0], arrange: otherType("forecast:1") },
];
