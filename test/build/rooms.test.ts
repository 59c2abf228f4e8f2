import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsIn, roomsIn } from "../../build/rooms.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { ROOT } from "../parts/root.ts";

let folder: Folder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const README = `
| \`upper/\` | what uses | \`lower/\` | |
| \`lower/\` | what is used | | pure |
`;
const SOUND = {
  "README.md": README,
  "main.ts": `import "./upper/first.ts";\n`,
  "upper/first.ts": `import { one } from "../lower/one.ts";\nexport const first = one;\n`,
  "upper/second.ts": "export const second = 2;\n",
  "lower/one.ts": `import { two } from "./two.ts";\nexport const one = two - 1;\n`,
  "lower/two.ts": "/** Not Math.exp(2). */\nexport const two = 2;\n",
};

function problemsOf(change: Record<string, string>): string[] {
  for (const [path, text] of Object.entries({ ...SOUND, ...change })) {
    mkdirSync(dirname(folder.path(path)), { recursive: true });
    writeFileSync(folder.path(path), text);
  }
  return problemsIn(folder.path("."));
}

test("a tree as its table says has no problem", () => {
  expect(problemsOf({})).toEqual([]);
});

test.each([
  [
    "an arrow against the table",
    { "lower/two.ts": `export type { second } from "../upper/second.ts";\n` },
    "which lower/ may not",
  ],
  [
    "a lazy import against it",
    { "lower/two.ts": `export const two = await import("../upper/second.ts");\n` },
    "which lower/ may not",
  ],
  ["an arrow nobody uses", { "upper/first.ts": "export const first = 1;\n" }, "upper/ may import lower/, and does not"],
  [
    "a ring of files, if only of types",
    { "lower/two.ts": `import type { one } from "./one.ts";\nexport type Two = typeof one;\n` },
    "a ring of imports: lower/one.ts → lower/two.ts → lower/one.ts",
  ],
  [
    "input and output in a pure room",
    { "lower/two.ts": `import "node:fs";\nexport const two = 2;\n` },
    "lower/two.ts imports node:fs, and is pure",
  ],
  [
    "what differs between engines in a pure room",
    { "lower/two.ts": "export const two = Math.exp(0.7);\n" },
    "lower/two.ts:1 uses Math.exp",
  ],
  [
    "a folder that the table does not know",
    { "other/a.ts": "export {};\n", "other/b.ts": "export {};\n" },
    "other/ is in no row",
  ],
  [
    "a room without a folder",
    { "README.md": `${README}| \`gone/\` | nothing | | |\n` },
    "gone/ is in the table, and is no folder",
  ],
  [
    "a folder with a single file",
    { "alone/a.ts": "export {};\n", "README.md": `${README}| \`alone/\` | a | | |\n` },
    "alone/ has a single file",
  ],
  [
    "a file that is too long",
    { "upper/second.ts": "export {};\n".repeat(261) },
    "upper/second.ts has more than 260 lines",
  ],
])("%s is told", (_what, change, problem) => {
  const problems = problemsOf(change as Record<string, string>);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

test("the linter keeps clocks, input and output out of the rooms that the table calls pure", () => {
  const rooms = roomsIn(readFileSync(join(ROOT, "src/README.md"), "utf8"));
  const pure = rooms.filter((room) => room.pure).map(({ name }) => `src/${name}/**`);
  const { overrides } = JSON.parse(readFileSync(join(ROOT, ".biome.json"), "utf8"));
  const guarded = overrides.find((override: { linter: { rules: { style?: { noRestrictedGlobals?: object } } } }) => {
    return override.linter.rules.style?.noRestrictedGlobals;
  });
  expect(guarded.includes).toEqual(pure.toSorted());
});
