import { expect, test } from "vitest";
import { strictArguments } from "../../src/commands/arguments.ts";
import { command } from "../../src/commands/run.ts";
import { whyMissing } from "../../src/job/missing-forecast.ts";
import { PRODUCTS } from "../../src/settings/run.ts";

test.each(["12345", "Screw, zinc", `it's 3/4" $HOME`, "-5", "--limit"])(
  "what is recommended for the product %s can be pasted into a shell",
  (id) => {
    const [, line] = /forecast (run .*) tells which$/.exec(whyMissing(id, []))!;
    const { stdout } = Bun.spawnSync(["bash", "-c", `printf '%s\\n' ${line}`]);
    const [, ...words] = stdout.toString().trimEnd().split("\n");
    const [flag] = strictArguments(words, command.args as never);
    expect(PRODUCTS.parse(flag!.replace("--product=", ""))).toEqual([id]);
  },
);
