import { type ArgsDef, defineCommand } from "citty";
import { cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { forecastSettings } from "../settings/forecast.ts";
import { JSON_OUTPUT } from "../settings/output.ts";
import { plausibilityLimits } from "../settings/plausibility.ts";
import { checkFiles, EXAMINED_SETTINGS, LOCK_FILE, METRICS_FILE } from "../settings/run.ts";
import { sourceSettings } from "../settings/source.ts";
import { timeZone } from "../settings/time-zone.ts";
import { flagsOf } from "./arguments.ts";
import { printJson, printLines } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "doctor", description: "Examine all that a run needs, and say what to do about each problem" },
  args: flagsOf(EXAMINED_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    checkFiles(given);
    const settings = {
      ...forecastSettings(given),
      ...plausibilityLimits(given),
      // Whoever asks wants to know how it is now.
      source: { ...sourceSettings(given), patienceSeconds: 0 },
      cache: cacheSettings(given),
      timeZone: timeZone(given),
      lockFile: given.value(LOCK_FILE)!,
      metricsFile: given.value(METRICS_FILE),
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
