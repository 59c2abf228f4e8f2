import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeManPages } from "../../build/man.ts";
import { billOfMaterials } from "../../build/sbom.ts";
import packageJson from "../../package.json" with { type: "json" };
import { allCommands } from "../../src/commands/all.ts";
import { describe as described } from "../../src/commands/describe.ts";
import { RUN_SETTINGS } from "../../src/settings/run.ts";
import type { Setting } from "../../src/values/setting.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

test("the bill of materials names what the binary is made of, and no tool", async () => {
  const text = await billOfMaterials(new Date(1_762_840_800_000));
  const bom = JSON.parse(text);
  const names = bom.components.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining([...Object.keys(packageJson.dependencies), "tedious", "bun"]));
  for (const tool of ["vitest", "typescript", "deno"]) expect(names).not.toContain(tool);
  expect(bom.metadata.component).toMatchObject({ name: "forecast-worker", version: packageJson.version });
  expect(await billOfMaterials(new Date(1_762_840_800_000))).toBe(text);
});

test("there is a man page for each command with all its flags, and one with all variables", async () => {
  await writeManPages(folder.path("man"));
  const page = (name: string) => readFileSync(folder.path(`man/${name}.1`), "utf8").replaceAll("\\-", "-");
  const commands = (await allCommands()).map(described);
  expect(readdirSync(folder.path("man"))).toHaveLength(commands.length + 1);
  for (const { name, groups } of commands) {
    for (const flag of [...groups.values()].flat()) expect(page(`forecast-${name}`)).toContain(`--${flag.name}`);
    expect(page("forecast")).toContain(`.BR forecast-${name} (1)`);
  }
  const settings: readonly Setting<unknown>[] = Object.values(RUN_SETTINGS).flat();
  for (const { env } of settings) if (env !== undefined) expect(page("forecast")).toContain(`.B ${env}\n`);
});
