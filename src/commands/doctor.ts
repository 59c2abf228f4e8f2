import { type ArgsDef, defineCommand } from "citty";
import { cacheSettings, sourceSettings } from "../job/connection-settings.ts";
import { forecastSettings, LOCK_FILE } from "../job/settings.ts";
import { JSON_FLAG, LOG_FLAGS } from "./arguments.ts";
import { givenTo } from "./given.ts";
import { print } from "./print.ts";
import { RUN_FLAGS } from "./run.ts";
import { METRICS_FILE } from "./run-settings.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "doctor", description: "Examine all that a run needs, and say what to do about each problem" },
  args: { ...RUN_FLAGS, ...JSON_FLAG, ...LOG_FLAGS },
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const settings = {
      ...forecastSettings(given, Temporal.Now.plainDateISO().toString()),
      source: sourceSettings(given),
      cache: cacheSettings(given),
      lockFile: given.value(LOCK_FILE)!,
      metricsFile: given.value(METRICS_FILE),
    };
    const [{ examine }, { pad }] = await Promise.all([import("../job/doctor.ts"), import("../show/terminal/text.ts")]);
    const findings = await examine(settings);
    const problems = findings.filter(({ state }) => state === "problem").length;
    if (given.has("json")) await print(`${JSON.stringify({ healthy: problems === 0, findings })}\n`);
    else {
      const lines = findings.flatMap(({ what, state, text, advice }) => [
        `${pad(state, 8, "left")} ${pad(what, 8, "left")} ${text}`,
        ...advice.map((line) => `${" ".repeat(18)}→ ${line}`),
      ]);
      await print(`${lines.join("\n")}\n`);
    }
    return problems === 0 ? 0 : 1;
  },
});
