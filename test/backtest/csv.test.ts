import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CsvFile } from "../../src/backtest/csv.ts";
import type { EvaluatedForecast } from "../../src/backtest/summary.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const numbers = (...values: number[]) => Float64Array.from(values);

function evaluated(productId: string, origin: string, actual: Float64Array): EvaluatedForecast {
  const interval = { lower: numbers(0.5, 1), upper: numbers(2.5, 3) };
  return {
    ...{ productId, origin: parseDay(origin), demandClass: "smooth", historyWeeks: 60, volume: 1 },
    ...{ accuracyEstimate: null, accuracy: null, scores: numbers() },
    forecasts: { history: numbers(1), actual, methods: [{ mean: numbers(1.5, 2), interval }, { mean: numbers(2, 2) }] },
  };
}

test("a row a product, origin, week and model", async () => {
  const file = folder.path("forecasts.csv");
  const csv = new CsvFile(file, ["auto", "naive"]);
  csv.add([evaluated('say "A, B"', "2025-06-02", numbers(1, 2.5))]);
  csv.add([evaluated("7", "2025-05-05", numbers(-1, 0))]);
  await csv.finish();
  expect(readFileSync(file, "utf8").split("\n")).toEqual([
    "product_id,origin,week,model,actual,forecast,lower,upper",
    '"say ""A, B""",2025-06-02,1,auto,1,1.5,0.5,2.5',
    '"say ""A, B""",2025-06-02,1,naive,1,2,,',
    '"say ""A, B""",2025-06-02,2,auto,2.5,2,1,3',
    '"say ""A, B""",2025-06-02,2,naive,2.5,2,,',
    "7,2025-05-05,1,auto,-1,1.5,0.5,2.5",
    "7,2025-05-05,1,naive,-1,2,,",
    "7,2025-05-05,2,auto,0,2,1,3",
    "7,2025-05-05,2,naive,0,2,,",
    "",
  ]);
});

test.each(["/dev/full", "none/forecasts.csv"])("%s cannot be written, and is named", async (file) => {
  const csv = new CsvFile(file, ["naive"]);
  csv.add([evaluated("1", "2025-06-02", numbers(1, 2))]);
  await expect(csv.finish()).rejects.toThrow(`${file} cannot be written: EN`);
});
