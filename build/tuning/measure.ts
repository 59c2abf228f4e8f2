import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ForecastDocument, parseDocument } from "../../src/forecast/document.ts";
import { parseDay } from "../../src/history/calendar.ts";
import type { DataSet, Experiment } from "./experiments.ts";
import { OrdersAfter } from "./orders-after.ts";
import type { ProgramCopy } from "./program.ts";

/** Numbers by the keys of measures; those of which there is nothing are left out. */
export type Numbers = Readonly<Record<string, number>>;

/** What the program, as it is in its copy, makes of a data set. */
export function measure(
  program: ProgramCopy,
  method: Experiment["method"],
  { origin }: DataSet,
  database: string,
): Promise<Numbers> {
  return method === "documents"
    ? measureDocuments(program, origin, database)
    : measureForecasts(program, method, origin, database);
}

async function measureForecasts(
  program: ProgramCopy,
  method: string,
  origin: string,
  database: string,
): Promise<Numbers> {
  const source = `sqlite:${database}`;
  const report = JSON.parse(await program.run("backtest", "--source", source, "--origins", origin, "--models", method));
  const { rmsse, wql, total_wape, bias, coverage, total_coverage } = report.models[0];
  const { mean_estimate, mean_accuracy } = report.honesty ?? {};
  const optimism = mean_estimate === undefined ? {} : { optimism: mean_estimate - mean_accuracy };
  return { rmsse, wql, total_wape, bias, coverage, total_coverage, ...optimism };
}

async function measureDocuments(program: ProgramCopy, origin: string, database: string): Promise<Numbers> {
  const cache = join(program.folder, "cache.sqlite");
  for (const leftover of ["", "-wal", "-shm"]) rmSync(cache + leftover, { force: true });
  const lock = join(program.folder, "lock");
  const to = ["--cache", `sqlite:${cache}`, "--lock-file", lock];
  await program.run("run", "--as-of", origin, "--source", `sqlite:${database}`, ...to);
  const documents = documentsIn(cache);
  const counts: Record<string, number> = { products: documents.length };
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  for (const { notes, customers, at_risk_customers } of documents) {
    for (const { kind } of notes) count(`note ${kind}`);
    const listed = new Map([...customers, ...at_risk_customers].map((customer) => [customer.id, customer]));
    for (const { status } of listed.values()) count(`customer ${status}`);
  }
  return { ...counts, ...customerErrors(documents, new OrdersAfter(database, parseDay(origin))) };
}

function documentsIn(cache: string): ForecastDocument[] {
  using db = new DatabaseSync(cache, { readOnly: true });
  const values = db.prepare("SELECT value FROM cache WHERE key LIKE 'forecast:%' ORDER BY key").all();
  return values.flatMap(({ value }) => {
    const text = String(value);
    return text.startsWith('{"product_id"') ? [parseDocument(text)] : [];
  });
}

function customerErrors(documents: readonly ForecastDocument[], after: OrdersAfter): Numbers {
  const quantities = { error: 0, actual: 0 };
  const active = { error: 0, actual: 0 };
  const alive = { error: 0, customers: 0 };
  for (const { product_id, forecast_weeks, predictions, customers } of documents) {
    for (const [week, { active_customers }] of predictions.entries()) {
      const actual = after.customersInWeek(product_id, week);
      active.error += Math.abs(active_customers - actual);
      active.actual += actual;
    }
    for (const { id, expected_quantity, probability_alive } of customers) {
      const actual = after.unitsOf(product_id, id, forecast_weeks);
      quantities.error += Math.abs(expected_quantity - actual);
      quantities.actual += Math.abs(actual);
      alive.error += (probability_alive - (after.hasOrderOf(product_id, id) ? 1 : 0)) ** 2;
      alive.customers++;
    }
  }
  return {
    quantity_wape: quantities.error / quantities.actual,
    active_wape: active.error / active.actual,
    brier: alive.error / alive.customers,
  };
}
