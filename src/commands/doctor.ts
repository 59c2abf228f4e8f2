import { type ArgsDef, defineCommand } from "citty";
import { cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { JSON_OUTPUT } from "../settings/output.ts";
import { QUEUE } from "../settings/queue.ts";
import { redisOfQueue } from "../settings/redis-of-queue.ts";
import { EXAMINED_SETTINGS, METRICS_FILE, runSettings } from "../settings/run.ts";
import { timeZone } from "../settings/time-zone.ts";
import type { Given } from "../values/given.ts";
import { flagsOf } from "./arguments.ts";
import { printJson, printLines } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "doctor", description: "Examine all that a run needs, and say what to do about each problem" },
  args: flagsOf(EXAMINED_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const run = runSettings(given);
    const settings = {
      ...run,
      // Whoever asks wants to know how it is now.
      source: { ...run.source, patienceSeconds: 0 },
      cache: { ...cacheSettings(given), patienceSeconds: 0 },
      timeZone: timeZone(given),
      metricsFile: given.value(METRICS_FILE),
      tryQueue: given.value(QUEUE) ? queueOf(given) : undefined,
    };
    const [{ examine }, { pad }] = await Promise.all([import("../job/doctor.ts"), import("../show/terminal/text.ts")]);
    const findings = await examine(settings);
    const problems = findings.filter(({ state }) => state === "problem").length;
    if (given.value(JSON_OUTPUT)) await printJson({ healthy: problems === 0, findings });
    else {
      const lines = findings.flatMap(({ what, state, text, advice }) => [
        `${pad(state, 8, "left")} ${pad(what, 10, "left")} ${text}`,
        ...advice.map((line) => `${" ".repeat(20)}→ ${line}`),
      ]);
      await printLines(lines);
    }
    return problems === 0 ? 0 : 1;
  },
});

function queueOf(given: Given): () => Promise<string> {
  const redis = redisOfQueue(given);
  return async () => (await import("../queue/examine.ts")).tryQueue(redis);
}
