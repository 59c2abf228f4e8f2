import { type ArgsDef, defineCommand } from "citty";
import { SETTINGS_OF_CACHES } from "../caches/registry.ts";
import { CACHE, cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { HEALTH_SETTINGS, healthLimits } from "../settings/health.ts";
import { JSON_OUTPUT, logFor, OUTPUT_SETTINGS } from "../settings/output.ts";
import { flagsOf } from "./arguments.ts";
import { printJson, printLines } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "status", description: "Say when the last run was and whether it was good (exit code 0) or not (1)" },
  args: flagsOf({ Options: [CACHE, ...SETTINGS_OF_CACHES, ...HEALTH_SETTINGS], Output: OUTPUT_SETTINGS }),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const limits = healthLimits(given);
    const settings = cacheSettings(given);
    const [{ openCache }, { readMetadata }, { assess, formatAge }, { reportLines }] = await Promise.all([
      import("../caches/registry.ts"),
      import("../job/metadata.ts"),
      import("../job/health.ts"),
      import("../job/report.ts"),
    ]);
    const log = logFor(given);
    const cache = await openCache(settings);
    const metadata = await readMetadata(cache).finally(() => cache.close());
    if (!metadata) {
      log.error("the cache holds no last run: none was made, or it has expired; forecast run makes one");
      if (given.value(JSON_OUTPUT)) await printJson({ healthy: false, problems: ["no last run"] });
      return 1;
    }
    const { ageSeconds, problems } = assess(metadata, limits, Date.now());
    if (given.value(JSON_OUTPUT)) {
      const healthy = problems.length === 0;
      await printJson({ healthy, problems, age_seconds: Math.round(ageSeconds), ...metadata });
    } else {
      const { last_run, as_of_date, partial, version } = metadata;
      const scope = partial ? " (only some products: --limit or --product)" : "";
      await printLines([
        `Last Run: ${last_run.replace("T", " ").replace("Z", " UTC")}, ${formatAge(ageSeconds)} ago, by forecast ${version}`,
        `As Of: ${as_of_date}${scope}`,
        ...reportLines(metadata),
        ...(problems.length === 0 ? ["Healthy"] : []),
      ]);
    }
    if (problems.length > 0) log.error(`not healthy: ${problems.join("; ")}`);
    return problems.length > 0 ? 1 : 0;
  },
});
