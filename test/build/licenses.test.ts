import { beforeAll, expect, test } from "vitest";
import { type BundledPackage, debianCopyright, licensesText } from "../../build/licenses.ts";
import packageJson from "../../package.json" with { type: "json" };
import { forecast, ON_BUN } from "../parts/program.ts";

let text: string;
beforeAll(async () => {
  const { exitCode, stdout } = await forecast(["licenses"]);
  expect(exitCode).toBe(0);
  text = stdout;
});

/** Licences that let the binary be handed on as it is. */
const FREE = /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|\(?MIT (OR|or|AND) .*|BSD|Unlicense)$/;

test("the binary has the licence of every package that it was built from", () => {
  for (const name of Object.keys(packageJson.dependencies)) {
    expect(text).toMatch(new RegExp(`^${name} \\d[\\w.-]* \\(.+\\)$`, "m"));
  }
  expect(text).toMatch(new RegExp(`^bun ${packageJson.devDependencies.bun} \\(MIT\\)$`, "m"));
  expect(text).toContain("tedious");
  expect(text).toContain("Permission is hereby granted");
});

test("all of them let the binary be handed on", () => {
  const named = [...text.matchAll(/^(?:@?[\w./-]+) \d[\w.+-]* \((.+)\)$/gm)].map(([, license]) => license!);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((license) => !FREE.test(license))).toEqual([]);
});

test("a package without a text of its licence names it all the same", () => {
  const bare: BundledPackage = { name: "bare", version: "1.0.0", license: "MIT", text: "" };
  expect(licensesText([bare])).toMatch(/\nbare 1\.0\.0 \(MIT\)\n=+\n\nIts package brings no text of the licence/);
});

test("Debian's copyright file has them as one stanza without an empty line", () => {
  const copyright = debianCopyright("Format: x\n\nFiles: *\n", "one\n\n  two  \n");
  expect(copyright).toBe(
    "Format: x\n\nFiles: *\n\nFiles: usr/bin/forecast\n" +
      "Copyright: 2026 the forecast authors, and the authors of what is built in\n" +
      "License: Expat-and-others\n one\n .\n   two\n .\n",
  );
});

test("the source says where they are", async () => {
  const { exitCode, stderr } = await forecast(["licenses"], { program: ON_BUN });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: "error: the licences are part of the binary; the source has them in node_modules\n",
  });
});
