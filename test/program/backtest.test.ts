import { afterAll, beforeAll, expect, test } from "vitest";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(simulatedBook(60));
});
afterAll(() => folder.remove());

test("the error of every method at past origins", async () => {
  const args = ["backtest", "--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--origins", "2"];
  const { exitCode, stdout } = await forecast(args);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^auto /m);
  expect(stdout).toMatch(/^empq /m);
  const { origins, models } = JSON.parse((await forecast([...args, "--json"])).stdout);
  expect(origins).toEqual(["2025-08-19", "2025-07-22"]);
  for (const { wape } of models) expect(wape).toBeGreaterThan(0.1);
  for (const { wape } of models) expect(wape).toBeLessThan(1.5);
});
