import { type ArgsDef, defineCommand } from "citty";
import { type CacheSettings, SETTINGS_OF_CACHES } from "../caches/registry.ts";
import { CACHE, cacheSettings, TTL } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { HEALTH_SETTINGS, healthLimits } from "../settings/health.ts";
import { JSON_OUTPUT, logFor, OUTPUT_SETTINGS } from "../settings/output.ts";
import { flagsOf } from "./arguments.ts";
import { sayDefaultCache } from "./default-cache.ts";
import { printJson, printLines } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "status", description: "Say when the last run was and whether it was good (exit code 0) or not (1)" },
  args: flagsOf({ Options: [CACHE, TTL, ...SETTINGS_OF_CACHES, ...HEALTH_SETTINGS], Output: OUTPUT_SETTINGS }),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const limits = healthLimits(given);
    const settings = cacheSettings(given);
    const log = logFor(given);
    sayDefaultCache(given, log);
    const [{ lastAttempt }, { assess, attemptLines, attemptProblem, formatAge, inWords }, { reportLines }] =
      await Promise.all([import("../job/attempt.ts"), import("../job/health.ts"), import("../job/report.ts")]);
    const ttl = given.value(TTL)!;
    if (limits.maxAgeSeconds > ttl) {
      const ages = `${formatAge(limits.maxAgeSeconds)} is longer than a forecast lives, ${formatAge(ttl)}`;
      log.warn(`--max-age: ${ages} (${TTL.env}): what is old may be gone before anybody is told`);
    }
    const isProgram = given.value(JSON_OUTPUT) === true;
    const { metadata, last } = await lastRuns(settings).catch(async (error) => {
      const attempt = await lastAttempt(settings, undefined);
      if (!isProgram) await printLines(attemptLines({ attempt, isUnderWay: false }));
      throw error;
    });
    const last_attempt = last.attempt ?? null;
    if (!metadata) {
      const problem = attemptProblem(last);
      const why = problem ?? "none was made, or it has expired; forecast run makes one";
      log.error(`the cache holds no last run: ${why}`);
      const problems = ["no last run", ...(problem === undefined ? [] : [problem])];
      if (isProgram) await printJson({ healthy: false, problems, last_attempt });
      else await printLines(attemptLines(last));
      return 1;
    }
    const { ageSeconds, problems } = assess(metadata, last, limits, Date.now());
    const healthy = problems.length === 0;
    const age_seconds = Math.round(ageSeconds);
    if (isProgram) await printJson({ healthy, problems, age_seconds, ...metadata, last_attempt });
    else {
      const { last_run, as_of_date, version } = metadata;
      await printLines([
        `Last Run: ${inWords(last_run)}, ${formatAge(ageSeconds)} ago, by forecast ${version}`,
        `As Of: ${as_of_date}`,
        ...reportLines(metadata),
        ...attemptLines(last),
        ...(healthy ? ["Healthy"] : []),
      ]);
    }
    if (!healthy) log.error(`not healthy: ${problems.join("; ")}`);
    return healthy ? 0 : 1;
  },
});

/** What the cache knows of the last run of all products, and of what has been tried last. */
async function lastRuns(settings: CacheSettings) {
  const [{ openCache }, { LEASE_KEY }, { readMetadata }, { lastAttempt }] = await Promise.all([
    import("../caches/registry.ts"),
    import("../caches/cache.ts"),
    import("../job/metadata.ts"),
    import("../job/attempt.ts"),
  ]);
  const cache = await openCache(settings);
  try {
    const metadata = await readMetadata(cache);
    // What cannot be read there is no sign of a run.
    const isUnderWay = (await cache.read(LEASE_KEY).catch(() => undefined)) !== undefined;
    return { metadata, last: { attempt: await lastAttempt(settings, cache), isUnderWay } };
  } finally {
    await cache.close();
  }
}
