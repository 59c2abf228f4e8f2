import { type ArgsDef, defineCommand } from "citty";
import { CACHE, cacheSettings } from "../job/connection-settings.ts";
import { duration, type Setting, share } from "../job/setting.ts";
import { flagsOf, JSON_FLAG, LOG_FLAGS } from "./arguments.ts";
import { givenTo, logFor } from "./given.ts";
import { print } from "./print.ts";

const MAX_AGE = {
  flag: "max-age",
  fallback: "8d",
  description: "age of the last run that is still healthy",
  ...duration(),
} satisfies Setting<number>;
const MAX_FAILED = {
  flag: "max-failed",
  fallback: "5%",
  description: "share of failed products that is still healthy",
  ...share(0, 1),
} satisfies Setting<number>;

export const command = defineCommand<ArgsDef>({
  meta: { name: "status", description: "Say when the last run was and whether it was good (exit code 0) or not (1)" },
  args: { ...flagsOf("Options", [CACHE, MAX_AGE, MAX_FAILED]), ...JSON_FLAG, ...LOG_FLAGS },
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const limits = { maxAgeSeconds: given.value(MAX_AGE)!, maxFailed: given.value(MAX_FAILED)! };
    const settings = cacheSettings(given);
    const [{ openCache }, { readMetadata }, { assess, formatAge }, { reportLines }] = await Promise.all([
      import("../caches/open.ts"),
      import("../job/metadata.ts"),
      import("../job/health.ts"),
      import("../job/report.ts"),
    ]);
    const log = logFor(given);
    const cache = openCache(settings);
    const metadata = await readMetadata(cache).finally(() => cache.close());
    if (!metadata) {
      log.error("the cache holds no last run: none was made, or it has expired; forecast run makes one");
      if (args.json) await print(`${JSON.stringify({ healthy: false, problems: ["no last run"] })}\n`);
      return 1;
    }
    const { ageSeconds, problems } = assess(metadata, limits, Date.now());
    if (args.json) {
      const healthy = problems.length === 0;
      await print(`${JSON.stringify({ healthy, problems, age_seconds: Math.round(ageSeconds), ...metadata })}\n`);
    } else {
      const { last_run, as_of_date, partial, version } = metadata;
      const scope = partial ? " (only some products: --limit or --product)" : "";
      await print(
        [
          `Last Run: ${last_run.replace("T", " ").replace("Z", " UTC")}, ${formatAge(ageSeconds)} ago, by forecast ${version}`,
          `As Of: ${as_of_date}${scope}`,
          ...reportLines(metadata),
          ...(problems.length === 0 ? ["Healthy"] : []),
          "",
        ].join("\n"),
      );
    }
    if (problems.length > 0) log.error(`not healthy: ${problems.join("; ")}`);
    return problems.length > 0 ? 1 : 0;
  },
});
