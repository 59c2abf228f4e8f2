import { type ArgsDef, defineCommand } from "citty";
import { cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { forecastSettings } from "../settings/forecast.ts";
import { JSON_OUTPUT } from "../settings/output.ts";
import { QUEUE } from "../settings/queue.ts";
import { redisOfQueue } from "../settings/redis-of-queue.ts";
import { checkFiles, LASTING_SETTINGS } from "../settings/run.ts";
import { sourceSettings } from "../settings/source.ts";
import type { Given } from "../values/given.ts";
import { isSwitch, nameOf, type Setting } from "../values/setting.ts";
import { flagsOf } from "./arguments.ts";
import { print, printJson } from "./print.ts";

const MASK = "********";

interface Row {
  readonly name: string;
  readonly flag: string | null;
  readonly value: string | null;
  /** flag, credential, environment, default; null where nothing holds. */
  readonly origin: string | null;
}

export const command = defineCommand<ArgsDef>({
  meta: { name: "config", description: "Print every setting in force and where it comes from" },
  args: flagsOf(LASTING_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const groups = Object.entries(LASTING_SETTINGS).map(([group, settings]) => {
      return {
        group,
        rows: settings.filter((setting) => !isSwitch(setting) || setting.env).map((setting) => rowOf(setting, given)),
      };
    });
    if (given.value(JSON_OUTPUT)) await printJson(groups.flatMap(({ rows }) => rows));
    else {
      const { table } = await import("../show/terminal/table.ts");
      const cells = groups.flatMap(({ group, rows }) => [
        [group],
        ...rows.map(({ name, flag, value, origin }) => [`  ${name}`, flag ?? "", value ?? "", origin ?? ""]),
      ]);
      await print(table(cells, { align: ["left", "left", "left", "left"] }));
    }
    // Wrong settings and missing ones are told as a run would tell them.
    forecastSettings(given);
    sourceSettings(given);
    cacheSettings(given);
    checkFiles(given);
    if (given.value(QUEUE)) redisOfQueue(given);
    return 0;
  },
});

function rowOf(setting: Setting<unknown>, given: Given): Row {
  const raw = given.raw(setting);
  const { flag, env, secret } = setting;
  return {
    name: nameOf(setting),
    flag: flag !== undefined && env !== undefined ? `--${flag}` : null,
    value: raw ? (secret ? MASK : raw.text) : null,
    origin: raw?.by ?? null,
  };
}
