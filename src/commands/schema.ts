import { type ArgsDef, defineCommand } from "citty";
import schema from "../../build/forecast.schema.json" with { type: "json" };
import { print } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "schema", description: "Print the JSON Schema of all that is left in the cache" },
  args: {},
  async run(): Promise<number> {
    await print(`${JSON.stringify(schema, null, 2)}\n`);
    return 0;
  },
});
