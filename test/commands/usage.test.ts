import { stripVTControlCharacters } from "node:util";
import type { ArgsDef } from "citty";
import { expect, test } from "vitest";
import { allCommands } from "../../src/commands/all.ts";
import { strictArguments } from "../../src/commands/arguments.ts";
import { describe } from "../../src/commands/describe.ts";
import { EXAMPLES } from "../../src/commands/examples.ts";
import { usageOf, usageOfAll } from "../../src/commands/usage.ts";
import { forecast } from "../parts/program.ts";

test("the usage text of every command has examples, and fits the terminal", async () => {
  for (const command of await allCommands()) {
    for (const width of [40, 80, 120]) {
      const lines = stripVTControlCharacters(usageOf(command, width)).split("\n");
      const { name, examples } = describe(command);
      expect(examples, name).not.toHaveLength(0);
      const start = lines.indexOf("EXAMPLES");
      for (const [line] of examples) expect(lines.slice(start).join("\n")).toContain(`  ${line}`);
      // A flag or a command line is not broken, and its words stand beneath it.
      const text = lines.filter((line) => !/^ {2}(--|forecast |zcat |source )|^USAGE/.test(line));
      expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  }
  expect(stripVTControlCharacters(usageOfAll(await allCommands(), 80))).toContain("EXAMPLES\n  forecast run");
});

test("every example is a command line that the program takes", async () => {
  const commands = new Map((await allCommands()).map((command) => [describe(command).name, command]));
  for (const [line] of Object.values(EXAMPLES).flat()) {
    const [, name, rest = ""] = /forecast (\w+)([^|)>]*)/.exec(line)!;
    const { stdout } = Bun.spawnSync(["bash", "-c", `printf '%s\\n' ${rest}`]);
    const words = stdout
      .toString()
      .split("\n")
      .filter((word) => word !== "");
    const definition = commands.get(name!)!.args as ArgsDef;
    expect(() => strictArguments(words, definition), line).not.toThrow();
  }
});

test("help COMMAND says the same as COMMAND --help", async () => {
  const [help, flag] = [await forecast(["help", "status"]), await forecast(["status", "--help"])];
  expect(help).toEqual(flag);
  expect(help.exitCode).toBe(0);
  expect((await forecast(["help"])).stdout).toBe((await forecast(["--help"])).stdout);
  const wrong = await forecast(["help", "statsu"]);
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("did you mean status?") });
});

test("doctor and config take only flags that say something of them", async () => {
  const flags = Object.fromEntries(
    (await allCommands())
      .map(describe)
      .map(({ name, groups }) => [name, [...groups.values()].flat().map((flag) => flag.name)]),
  );
  for (const flag of ["product", "limit", "dry-run"]) {
    expect(flags.run).toContain(flag);
    expect(flags.doctor).not.toContain(flag);
    expect(flags.config).not.toContain(flag);
  }
  expect(flags.doctor).toEqual(expect.arrayContaining(["source", "skip-bad-rows", "most-age", "cache", "lock-file"]));
  expect(flags.doctor).not.toContain("ttl");
  expect(flags.config).toEqual(expect.arrayContaining(["weeks", "ttl", "workers", "csv-delimiter", "json"]));
});
