import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeOrdersDatabase } from "../../build/orders-database.ts";
import { forecastKey } from "../../src/caches/cache.ts";
import { orderBook, steadyOrders } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";
import { withoutStamp } from "../parts/stamp.ts";
import { type Entries, sqlitePlace } from "./places.ts";

export const ORIGIN = "2025-11-11";
/** Short, so that a run takes a quarter of a second. */
const WEEKS_OF_ORDERS = 8;
/** By its horizon a document of the run before is told from one of this run. */
const LAST_RUN = ["--weeks", "8"];

/** Orders, and what runs without any fault make of them. */
export interface World {
  /** SQLite file. */
  readonly orders: string;
  readonly productIds: readonly string[];
  /** All that the run before left in its cache. */
  readonly lastRun: Entries;
  /** Its metrics. */
  readonly lastMetrics: string;
  /** Documents of this run by key, without what tells of the run. */
  readonly thisRun: ReadonlyMap<string, string>;
}

export async function makeWorld(folder: string, products: number, weeks = WEEKS_OF_ORDERS): Promise<World> {
  mkdirSync(folder, { recursive: true });
  const productIds = Array.from({ length: products }, (_, i) => `${i + 1}`);
  const orders = join(folder, "orders.sqlite");
  writeOrdersDatabase(orders, orderBook(steadyOrders(productIds, ORIGIN, weeks)));
  const metrics = join(folder, "last.prom");
  const left = async (name: string, ...args: string[]) => {
    const place = sqlitePlace(join(folder, name));
    const files = ["--source", `sqlite:${orders}`, "--lock-file", join(folder, "lock"), "--metrics-file", metrics];
    const { exitCode, stderr } = await forecast(["run", "--as-of", ORIGIN, ...files, ...args], { env: place.env });
    if (exitCode !== 0) throw new Error(`a run without any fault ends with ${exitCode}: ${stderr}`);
    return place.look()!;
  };
  const thisRun = await left("this.sqlite");
  const lastRun = await left("last.sqlite", ...LAST_RUN);
  const documents = productIds.map(forecastKey).map((key) => [key, withoutStamp(thisRun.get(key)!.value)] as const);
  return { orders, productIds, lastRun, lastMetrics: readFileSync(metrics, "utf8"), thisRun: new Map(documents) };
}
