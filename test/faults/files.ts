import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { writeOrdersDatabase } from "../../build/orders-database.ts";
import { orderBook, steadyOrders } from "../parts/orders.ts";
import { binary, openFiles } from "../parts/program.ts";
import type { Arranged, Case, Stage } from "./bench.ts";
import { sqlitePlace } from "./places.ts";
import { secondBatchWaits } from "./second-batch.ts";
import { ORIGIN } from "./world.ts";

function sqliteOf(stage: Stage) {
  const file = stage.path("cache.sqlite");
  const place = sqlitePlace(file);
  place.fill(stage.world.lastRun);
  return { file, place };
}

/** Another source for the run, and the right one for the next. */
function source(make: (stage: Stage) => string, args: readonly string[] = []) {
  return (stage: Stage): Arranged => {
    const { place } = sqliteOf(stage);
    const mendedEnv = { FORECAST_SOURCE: `sqlite:${stage.world.orders}` };
    return { place, args, doctorArgs: args, env: { FORECAST_SOURCE: make(stage) }, mendedEnv };
  };
}

function ordersOf(stage: Stage, ids: readonly string[], origin = ORIGIN, change = ""): string {
  writeOrdersDatabase(stage.path("other.sqlite"), orderBook(steadyOrders(ids, origin, 8)));
  const db = new DatabaseSync(stage.path("other.sqlite"));
  db.exec(change);
  db.close();
  return `sqlite:${stage.path("other.sqlite")}`;
}

/** Does something to the cache while a server keeps the last batch waiting; the first documents are written then. */
async function whileItWrites(stage: Stage, work: (file: string) => void) {
  const { file, place } = sqliteOf(stage);
  const { begun, env } = await secondBatchWaits(stage, 60_000, 1);
  const during = async () => {
    await begun;
    work(file);
  };
  return { place, during, env };
}

function withLimit(limit: string): readonly string[] {
  return ["sh", "-c", `ulimit ${limit}; exec "$@"`, "sh", ...binary()];
}

export const FILE_CASES: readonly Case[] = [
  {
    what: "the order database is not there",
    ...{ exitCodes: [1], says: /no order database at/, doctor: /^problem +source +/m },
    arrange: source((stage) => `sqlite:${stage.path("none.sqlite")}`),
  },
  {
    what: "the order database is no database",
    ...{ exitCodes: [1], doctor: /^problem +source +/m },
    arrange: source((stage) => {
      writeFileSync(stage.path("text"), "this is no database, but long enough to be looked at as one".repeat(20));
      return `sqlite:${stage.path("text")}`;
    }),
  },
  {
    what: "the source has no order line",
    ...{ exitCodes: [1], says: /no product is eligible/, doctor: /^problem +orders +/m },
    arrange: source((stage) => ordersOf(stage, [])),
  },
  {
    what: "the source has fewer than half of the last run's products",
    ...{
      exitCodes: [1],
      says: /are gone, more than 50\.0% \(FORECAST_MOST_DROP/,
      doctor: /^problem +orders +.*are gone/m,
    },
    arrange: source((stage) => ordersOf(stage, ["1", "2", "3", "4"])),
  },
  {
    what: "the newest order line is 47 days old",
    ...{ exitCodes: [1], says: /FORECAST_MOST_AGE/, doctor: /^problem +orders +/m },
    arrange: source((stage) => ordersOf(stage, stage.world.productIds, "2025-10-01")),
  },
  {
    what: "one product of 24 has a faulty order line",
    ...{ exitCodes: [3], says: /^error: product 7: /m, doctor: /^warning +duplicates +.*cannot be looked at: /m },
    arrange: source((stage) =>
      ordersOf(stage, stage.world.productIds, ORIGIN, "UPDATE OrderItem SET Qty = 'many' WHERE ProductID = 7"),
    ),
  },
  {
    what: "two products of 24 have faulty order lines",
    ...{ exitCodes: [1], says: /^error: product 7: /m, doctor: /^warning +duplicates +.*cannot be looked at: /m },
    arrange: source((stage) =>
      ordersOf(stage, stage.world.productIds, ORIGIN, "UPDATE OrderItem SET Qty = 'many' WHERE ProductID IN (7, 8)"),
    ),
  },
  {
    what: "a table of the order database is missing",
    ...{ exitCodes: [1], doctor: /^problem +source +/m },
    arrange: source((stage) => ordersOf(stage, ["1"], ORIGIN, "DROP TABLE ClientAgreement")),
  },
  {
    what: "the order database is corrupt in the middle",
    ...{ exitCodes: [1, 3], doctor: /^(problem +source|warning +duplicates) +/m },
    arrange: source((stage) => {
      const place = ordersOf(stage, stage.world.productIds);
      const bytes = Buffer.from(readFileSync(stage.path("other.sqlite")));
      bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 4096);
      writeFileSync(stage.path("other.sqlite"), bytes);
      return place;
    }),
  },
  {
    what: "every row of a CSV file is bad and left out",
    ...{ exitCodes: [1], says: /no product is eligible/, doctor: /^problem +orders +there is no order/m },
    arrange: source(
      (stage) => {
        const rows = "order_id,product_id,customer_id,created,quantity\n1,1,1,last week,5\n";
        writeFileSync(stage.path("orders.csv"), rows);
        return `csv:${stage.path("orders.csv")}`;
      },
      ["--skip-bad-rows", "--max-bad-rows", "100%"],
    ),
  },
  {
    what: "a setting is wrong",
    ...{ exitCodes: [2], says: /FORECAST_WORKERS: "0" is not allowed/, doctor: /^error: FORECAST_WORKERS: "0" is/m },
    arrange: (stage) => ({
      ...{ place: sqliteOf(stage).place, env: { FORECAST_WORKERS: "0" }, mendedEnv: { FORECAST_WORKERS: "1" } },
    }),
  },
  {
    what: "cache and source are the same file",
    ...{ exitCodes: [2], says: /name the same file/, doctor: /^error: .*name the same file/m },
    arrange: (stage) => {
      const { place } = sqliteOf(stage);
      const orders = ordersOf(stage, ["1"]);
      return {
        place,
        env: { FORECAST_SOURCE: orders, FORECAST_CACHE: orders },
        mendedEnv: { ...place.env, FORECAST_SOURCE: `sqlite:${stage.world.orders}` },
      };
    },
  },
  {
    what: "the cache is another SQLite database",
    ...{ exitCodes: [1], says: /no cache of this program/, doctor: /^problem +cache +.*no cache of this program/m },
    arrange: (stage) => {
      const { place } = sqliteOf(stage);
      return { place, env: { FORECAST_CACHE: ordersOf(stage, ["1"]) }, mendedEnv: place.env };
    },
  },
  {
    what: "the folder of the cache is not there",
    ...{ exitCodes: [1], doctor: /^problem +cache +/m },
    arrange: (stage) => {
      const { place } = sqliteOf(stage);
      return { place, env: { FORECAST_CACHE: `sqlite:${stage.path("no/cache.sqlite")}` }, mendedEnv: place.env };
    },
  },
  {
    what: "the cache file is deleted in the middle of a run",
    ...{ exitCodes: [1], limitSeconds: 10, says: /deleted or replaced/ },
    arrange: (stage) => whileItWrites(stage, (file) => rmSync(file)),
  },
  {
    what: "the cache file and what SQLite keeps beside it are deleted in the middle of a run",
    ...{ exitCodes: [1], limitSeconds: 10, says: /deleted or replaced/ },
    arrange: (stage) =>
      whileItWrites(stage, (file) => {
        for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
      }),
  },
  {
    what: "the cache file is replaced in the middle of a run, and what SQLite keeps beside it stays",
    // What SQLite keeps beside it may bring the lease into the file that took its place, where it expires.
    ...{ exitCodes: [1], limitSeconds: 10, says: /deleted or replaced/, leaseMayStay: true },
    arrange: (stage) =>
      whileItWrites(stage, (file) => {
        sqlitePlace(`${file}.new`).fill(stage.world.lastRun);
        renameSync(`${file}.new`, file);
      }),
  },
  {
    what: "another process holds the cache file for a moment",
    ...{ exitCodes: [0], limitSeconds: 40 },
    arrange: (stage) => {
      const { file, place } = sqliteOf(stage);
      const holder = new DatabaseSync(file);
      holder.exec("BEGIN IMMEDIATE");
      const during = async ({ pid }: { pid: number }) => {
        await stage.until(() => openFiles(pid).includes(file));
        holder.close();
      };
      return { place, during };
    },
  },
  {
    what: "files may not grow (a full disk)",
    ...{ exitCodes: [1], doctor: /^problem +cache +/m },
    arrange: (stage) => ({ place: sqliteOf(stage).place, program: withLimit("-f 40") }),
  },
  {
    what: "the metrics file is a pipe",
    ...{ exitCodes: [0], says: /metrics file .* was not written/, doctor: /^problem +metrics +/m },
    arrange: (stage) => {
      Bun.spawnSync(["mkfifo", stage.path("pipe.prom")]);
      return { place: sqliteOf(stage).place, env: { FORECAST_METRICS_FILE: stage.path("pipe.prom") } };
    },
  },
  {
    what: "the folder of the metrics file is not there",
    ...{ exitCodes: [0], says: /metrics file .* was not written/, doctor: /^problem +metrics +/m },
    arrange: (stage) => ({
      place: sqliteOf(stage).place,
      env: { FORECAST_METRICS_FILE: stage.path("no/forecast.prom") },
    }),
  },
  {
    what: "the lock file is a symbolic link",
    ...{ exitCodes: [1], says: /it is a symbolic link/, doctor: /^problem +lock +/m },
    arrange: (stage) => {
      const lock = stage.path("state/forecast/forecast.lock");
      mkdirSync(stage.path("state/forecast"), { recursive: true, mode: 0o700 });
      symlinkSync(stage.path("precious"), lock);
      return { place: sqliteOf(stage).place, mend: () => rmSync(lock) };
    },
  },
  {
    what: "others may write in the folder of the lock file",
    ...{ exitCodes: [1], says: /others may write in/, doctor: /^problem +lock +/m },
    arrange: (stage) => {
      mkdirSync(stage.path("state/forecast"), { recursive: true });
      chmodSync(stage.path("state/forecast"), 0o777);
      return { place: sqliteOf(stage).place, mend: () => chmodSync(stage.path("state/forecast"), 0o700) };
    },
  },
];
