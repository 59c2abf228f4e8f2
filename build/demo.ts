// `npm run demo`: a simulated order database, a run on it, and what a planner sees afterwards. No server needed.

import { mkdirSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parseDay } from "../src/history/calendar.ts";
import { simulateOrders } from "../src/simulation/wholesaler.ts";
import { writeOrdersDatabase } from "./orders-database.ts";
import { BINARY, upToDate } from "./up-to-date.ts";

const PROGRAM = upToDate(BINARY, "build");
const FOLDER = "dist/demo";
const AS_OF = "2025-11-11";
const ORDERS = `${FOLDER}/orders.sqlite`;
const CACHE = `sqlite:${FOLDER}/cache.sqlite`;

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const book = simulateOrders({
  seed: 1,
  products: 500,
  customers: 300,
  start: parseDay("2019-01-01"),
  end: parseDay(AS_OF),
});
writeOrdersDatabase(ORDERS, book);
console.log(`Wrote ${book.lines.day.length.toLocaleString("en-US")} simulated order lines to ${ORDERS}`);

forecast("run", "--as-of", AS_OF, "--source", `sqlite:${ORDERS}`, "--cache", CACHE, "--lock-file", `${FOLDER}/lock`);
forecast("status", "--cache", CACHE);
forecast("inspect", topProduct(), "--cache", CACHE, "--html", `${FOLDER}/product.html`);
forecast("list", "--cache", CACHE, "--limit", "10");
forecast("list", "--cache", CACHE, "--html", `${FOLDER}/catalogue.html`);
forecast("backtest", "--as-of", AS_OF, "--source", `sqlite:${ORDERS}`, "--html", `${FOLDER}/backtest.html`);
console.log(`\nThree pages for a browser: product.html, catalogue.html and backtest.html in ${FOLDER}`);

function forecast(...args: string[]): void {
  console.log(`\n$ ${PROGRAM} ${args.join(" ")}`);
  const { exitCode } = Bun.spawnSync([PROGRAM, ...args], { stdio: ["ignore", "inherit", "inherit"] });
  if (exitCode !== 0) process.exit(exitCode);
}

function topProduct(): string {
  const orders = new DatabaseSync(ORDERS, { readOnly: true });
  const top = orders.prepare("SELECT ProductID FROM OrderItem GROUP BY ProductID ORDER BY COUNT(*) DESC LIMIT 1").get();
  orders.close();
  return String(top?.ProductID);
}
