import { ATTEMPT_KEY, forecastKey, LEASE_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { type Passing, proxyTo } from "../parts/proxy.ts";
import { startRedis } from "../parts/redis.ts";
import type { Case, Loop, Stage } from "./bench.ts";
import { redisPlace, SECRETS } from "./places.ts";
import { type Fate, GARBAGE, type Reply, refusal, replies } from "./tcp.ts";

/** A Redis with the documents of the run before, and a proxy before it that breaks what passes until it is mended. */
export async function behindProxy(stage: Stage, passing: Passing, options: readonly string[] = [], database = 0) {
  const redis = await startRedis("--requirepass", SECRETS.redis, ...options);
  stage.afterwards(redis.stop);
  let isBroken = true;
  const { pace, commands = (data) => data, answers = (data) => data } = passing;
  const proxy = await proxyTo(redis.port, {
    ...(pace ? { pace } : {}),
    commands: (data, ...where) => (isBroken ? commands(data, ...where) : data),
    answers: (data, ...where) => (isBroken ? answers(data, ...where) : data),
  });
  stage.afterwards(proxy.stop);
  const place = redisPlace(redis, proxy.port, database);
  place.fill(stage.world.lastRun);
  const mend = () => {
    isBroken = false;
  };
  return { redis, place, mend };
}

/** Where a run asks Redis for something, in its order. */
const PLACES: readonly [name: string, (reply: Reply) => boolean][] = [
  ["logs in", ({ command }) => command === "auth"],
  ["chooses its database", ({ command }) => command === "select"],
  ["looks whether Redis is there", ({ command }) => command === "ping"],
  ["takes the lease", ({ command }) => command === "set"],
  ["prolongs the lease", ({ command }) => command === "expire"],
  ["reads the last attempt", ({ command, key }) => command === "get" && key === ATTEMPT_KEY],
  ["writes that it began", ({ command, key }) => command === "setex" && key === ATTEMPT_KEY],
  ["writes its first document", ({ command, key }) => command === "setex" && key === forecastKey("1")],
  ["writes its last document", ({ command, key }) => command === "setex" && key === forecastKey("24")],
  ["counts its documents", ({ command }) => command === "pttl"],
  ["writes its metadata", ({ command, key }) => command === "setex" && key === METADATA_KEY],
  ["gives the lease back", ({ command, key }) => command === "get" && key === LEASE_KEY],
];

interface Kind {
  readonly words: string;
  readonly fate: Fate;
  /** Whether each reply is so that answers this, and not only the first. */
  readonly always?: boolean;
  readonly exitCodes: readonly number[];
  readonly limitSeconds: number;
  /** All places without a list. */
  readonly at?: readonly string[];
}

const PASSING = { exitCodes: [0], limitSeconds: 60 };
const KINDS: readonly Kind[] = [
  {
    ...{ words: "the reply is garbage", fate: GARBAGE, ...PASSING },
    at: ["chooses its database", "takes the lease", "writes its first document", "counts its documents"],
  },
  {
    words: "Redis is loading for a moment",
    fate: refusal("LOADING Redis is loading the dataset in memory"),
    ...PASSING,
  },
  {
    ...{ words: "Redis says nothing any more, on this connection", fate: "stall", ...PASSING },
    at: ["takes the lease", "writes its first document"],
  },
];

function once(kind: Kind, isHere: (reply: Reply) => boolean): Passing {
  let hasStruck = false;
  return replies((reply) => {
    if (!isHere(reply) || (hasStruck && !kind.always)) return "pass";
    hasStruck = true;
    return kind.fate;
  });
}

export const REPLY_CASES: readonly Case[] = KINDS.flatMap((kind) =>
  PLACES.filter(([name]) => kind.at?.includes(name) ?? true).map(([name, isHere]): Case => {
    return {
      what: `${kind.words} as a run ${name}`,
      exitCodes: kind.exitCodes,
      limitSeconds: kind.limitSeconds,
      arrange: (stage) => behindProxy(stage, once(kind, isHere), [], 3),
    };
  }),
);

/** More replies than it takes to connect again and to ask once more. */
const APART = 12;

export const REPLY_LOOPS: readonly Loop[] = [
  {
    what: "the connection ends before the first, second, … reply of Redis, and before each twelfth after it",
    ...{ exitCodes: [0], limitSeconds: 60, products: "least" },
    async arrange(stage, step) {
      const fate = replies(({ index }) => (index % APART === step ? "cut" : "pass"));
      return { ...(await behindProxy(stage, fate, [], 3)), hasStruck: () => step + 1 < APART };
    },
  },
  {
    what: "the first, second, … reply of Redis is a refusal that lasts",
    ...{ exitCodes: [0, 1], leaseMayStay: true, limitSeconds: 60, products: "least" },
    async arrange(stage, step) {
      let hasStruck = false;
      const fate = replies(({ index }) => {
        if (index !== step) return "pass";
        hasStruck = true;
        return refusal("ERR no");
      });
      return { ...(await behindProxy(stage, fate)), hasStruck: () => hasStruck };
    },
  },
];
