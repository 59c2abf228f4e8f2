import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";

let folder: Folder;
let cache: string;
let id: string;
beforeAll(async () => {
  folder = temporaryFolder();
  const book = simulatedBook(20);
  cache = `sqlite:${folder.path("cache.sqlite")}`;
  const args = ["--source", `sqlite:${folder.database(book)}`, "--cache", cache, "--lock-file", folder.path("lock")];
  const { exitCode } = await forecast(["run", "--as-of", "2025-11-11", "--json", ...args]);
  expect(exitCode).toBe(0);
  id = book.productIds[0]!;
});
afterAll(() => folder.remove());

describe("forecast inspect --html", () => {
  test.each(["en-US", "de-DE"])("writes the same page on every runtime, numbers and dates as in %s", async (locale) => {
    const pages = await Promise.all(
      [binary(), ON_BUN, ON_DENO].map(async (program, i) => {
        const file = folder.path(`${locale}-${i}.html`);
        const args = ["inspect", id, "--cache", cache, "--html", file, "--locale", locale];
        const { exitCode, stdout, stderr } = await forecast(args, { program });
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        expect(stdout).toContain(`Product ${id}`);
        return readFileSync(file, "utf8");
      }),
    );
    expect(pages[0]).toContain("<svg");
    expect(pages[1]).toBe(pages[0]);
    expect(pages[2]).toBe(pages[0]);
  });

  test.each(["de_DE", "klingon", "xx-YY", "C"])("refuses %s as a locale in one line", async (locale) => {
    const { exitCode, stderr } = await forecast(["inspect", id, "--cache", cache, "--locale", locale]);
    expect(exitCode).toBe(2);
    expect(stderr.split("\n")[0]).toBe(
      `error: --locale: "${locale}" is not allowed; it takes a language tag such as en-GB, de-DE or pt-BR`,
    );
  });

  test("says in one line that the file cannot be written", async () => {
    const file = folder.path("missing/page.html");
    const { exitCode, stderr } = await forecast(["inspect", id, "--cache", cache, "--html", file]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: --html: \S+page\.html cannot be written: ENOENT.*\n/);
  });
});
