import { type ArgsDef, defineCommand } from "citty";
import { cacheSettings, sourceSettings } from "../job/connection-settings.ts";
import { type Given, nameOf, type Setting } from "../job/setting.ts";
import { forecastSettings } from "../job/settings.ts";
import { JSON_FLAG, LOG_FLAGS } from "./arguments.ts";
import { givenTo } from "./given.ts";
import { print } from "./print.ts";
import { RUN_FLAGS } from "./run.ts";
import { RUN_SETTINGS } from "./run-settings.ts";

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
  args: { ...RUN_FLAGS, ...JSON_FLAG, ...LOG_FLAGS },
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const groups = Object.entries(RUN_SETTINGS).map(([group, settings]) => {
      return { group, rows: settings.map((setting) => rowOf(setting, given)) };
    });
    if (given.has("json")) await print(`${JSON.stringify(groups.flatMap(({ rows }) => rows))}\n`);
    else {
      const { table } = await import("../show/terminal/table.ts");
      const cells = groups.flatMap(({ group, rows }) => [
        [group],
        ...rows.map(({ name, flag, value, origin }) => [`  ${name}`, flag ?? "", value ?? "", origin ?? ""]),
      ]);
      await print(table(cells, { align: ["left", "left", "left", "left"] }));
    }
    // Wrong settings and missing ones are told as a run would tell them.
    forecastSettings(given, Temporal.Now.plainDateISO().toString());
    sourceSettings(given);
    cacheSettings(given);
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
    origin: raw?.origin ?? null,
  };
}
