import { expect, test } from "vitest";
import { allCommands } from "../../src/commands/all.ts";
import { describe as described } from "../../src/commands/describe.ts";
import { forecast } from "../parts/program.ts";

/** What bash offers for the words that are typed. */
async function offered(...words: string[]): Promise<string[]> {
  const script = (await forecast(["completion", "bash"])).stdout;
  const type = `compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _forecast; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = Bun.spawnSync(["bash", "-c", `${script}\n${type}`, "bash", "forecast", ...words]);
  expect(stderr.toString()).toBe("");
  return stdout.toString().trimEnd().split("\n");
}

test("bash completes subcommands, and the flags of each", async () => {
  const commands = (await allCommands()).map(described);
  expect(await offered("")).toEqual([...commands.map(({ name }) => name), "--help", "--version"]);
  expect(await offered("ins")).toEqual(["inspect"]);
  for (const { name, groups } of commands) {
    const flags = [...groups.values()].flat().map((flag) => `--${flag.name}`);
    expect(await offered(name, "--")).toEqual(flags);
  }
});

test("bash completes values: words, files, and none where anything may stand", async () => {
  expect(await offered("run", "--log-format", "")).toEqual(["text", "json"]);
  expect(await offered("run", "--log-format", "=", "j")).toEqual(["json"]);
  expect(await offered("run", "--metrics-file", "/et")).toEqual(["/etc"]);
  expect(await offered("run", "--weeks", "")).toEqual([""]);
  expect(await offered("run", "--csv-date", "=")).toEqual(["dmy", "mdy", "ymd"]);
  expect(await offered("run", "--log-format=j")).toEqual(["--log-format=json"]);
  expect(await offered("run", "--metrics-file=/et")).toEqual(["--metrics-file=/etc"]);
  expect(await offered("list", "--sort", "")).toEqual(["total", "change", "accuracy", "at-stake"]);
  // A switch of one command may take a value in another.
  expect(await offered("list", "--weeks", "--cs")).toEqual(["--csv"]);
  expect(await offered("completion", "f")).toEqual(["fish"]);
});

test("bash completes sources and caches, and the files that they are in", async () => {
  expect(await offered("run", "--source", "")).toEqual(["mssql", "sqlite:", "csv:", "demo"]);
  expect(await offered("run", "--source", "=", "c")).toEqual(["csv:"]);
  expect(await offered("status", "--cache=s")).toEqual(["--cache=sqlite:"]);
  expect(await offered("run", "--source", "csv", ":", "/et")).toEqual(["/etc"]);
  expect(await offered("run", "--source", "=", "csv", ":", "/et")).toEqual(["/etc"]);
  expect(await offered("run", "--source", "csv:/et")).toEqual(["csv:/etc"]);
  expect(await offered("run", "--source=csv:/et")).toEqual(["--source=csv:/etc"]);
  expect((await offered("run", "--source", "csv", ":")).length).toBeGreaterThan(5);
});

test.each(["zsh", "fish"])("there is a script for %s that knows every command and flag", async (shell) => {
  const { exitCode, stdout } = await forecast(["completion", shell]);
  expect(exitCode).toBe(0);
  for (const { name, groups } of (await allCommands()).map(described)) {
    expect(stdout).toContain(name);
    for (const flag of [...groups.values()].flat()) expect(stdout).toMatch(new RegExp(`(--|-l )${flag.name}\\b`));
  }
});

test("a shell that is not known is one clear line", async () => {
  const { exitCode, stderr } = await forecast(["completion", "tcsh"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: SHELL: "tcsh" is not allowed; it takes bash, zsh or fish\n/);
});
