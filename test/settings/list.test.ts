import { expect, test } from "vitest";
import { listSettings } from "../../src/settings/list.ts";
import { Given } from "../../src/values/given.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

const settings = (flags: Record<string, unknown>) => listSettings(new Given(flags, {}));

test("all products are listed by their total where nothing is said", async () => {
  expect(await settings({})).toMatchObject({ sort: "total", byWeek: false, json: false, hasLocale: false });
  expect(await settings({ note: "stopped,new", locale: "de-DE" })).toMatchObject({
    ...{ notes: ["stopped", "new"], locale: "de-DE", hasLocale: true },
  });
});

test("what is not allowed is one line that names what is", async () => {
  await expect(settings({ note: "stoped" })).rejects.toThrow(
    /^--note: "stoped" is not allowed; it takes kinds .*stopped/,
  );
  await expect(settings({ sort: "name" })).rejects.toThrow("it takes total, change, accuracy or at-stake");
  await expect(settings({ months: true })).rejects.toThrow("--months is of --csv, --xlsx and --json");
  await expect(settings({ weeks: true, months: true, csv: "-" })).rejects.toThrow("--weeks and --months: rows are of");
  await expect(settings({ weeks: true, html: "-" })).rejects.toThrow("--weeks is of --csv, --xlsx and --json");
  await expect(settings({ csv: "-", json: true })).rejects.toThrow(
    "--csv - and --json: standard output takes only one",
  );
  await expect(settings({ csv: "/nowhere/a.csv" })).rejects.toThrow("--csv: /nowhere/a.csv cannot be written");
});

test("a lead time is in weeks, and what belongs to it stands beside it in a list of products", async () => {
  expect((await settings({})).leadTime).toBeUndefined();
  const asked = { "lead-time": "5w", "service-level": "95%", stock: "stock.csv" };
  expect((await settings(asked)).leadTime).toEqual({ weeks: 5, serviceLevel: 0.95, stock: "stock.csv" });
  for (const time of ["0w", "27w", "5", "5d"]) {
    await expect(settings({ "lead-time": time })).rejects.toThrow("it takes 1w to 26w");
  }
  await expect(settings({ "lead-time": "5w", "service-level": "0.4" })).rejects.toThrow("a share from 0.5 to 0.995");
  await expect(settings({ "service-level": "95%" })).rejects.toThrow("--service-level is of --lead-time");
  await expect(settings({ stock: "stock.csv" })).rejects.toThrow("--stock is of --lead-time");
  await expect(settings({ "lead-time": "5w", html: "-" })).rejects.toThrow("--lead-time is of lists of products");
  await expect(settings({ "lead-time": "5w", weeks: true, json: true })).rejects.toThrow("not of --weeks");
});

test("no file is written twice, nor is the cache", async () => {
  const folder: Folder = temporaryFolder();
  const file = folder.path("a");
  await expect(settings({ csv: file, xlsx: file })).rejects.toThrow("--csv and --xlsx name the same file");
  await expect(settings({ csv: file, cache: `sqlite:${file}` })).rejects.toThrow("name the same file");
  folder.remove();
});
