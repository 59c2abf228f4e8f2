import { MAIN_STAGES } from "../../src/job/stages.ts";
import type { Measurement } from "./measure.ts";
import { type QueueMeasurement, queueReport } from "./queue.ts";
import type { StartUpTimes } from "./start-up.ts";

export interface BenchResult {
  readonly machine: string;
  readonly products: number;
  readonly orderLines: number;
  /** By the case's name, one a round. */
  readonly runs: Readonly<Record<string, readonly Measurement[]>>;
  /** Another build that the cases were also run with, see `nameBeside`. */
  readonly against?: string | undefined;
  readonly startUp: StartUpTimes;
  /** By who does the work. */
  readonly queue: Readonly<Record<string, QueueMeasurement>>;
}

/** Name of a case that is run with another build. */
export function nameBeside(name: string, build: string): string {
  return `${name}, ${build}`;
}

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** The measurements as Markdown: medians, and where a case was run several times the least and the most. */
export function report(result: BenchResult): string {
  const { machine, products, orderLines, runs } = result;
  const all = Object.entries(runs);
  const stages = [...new Set(all.flatMap(([, [first]]) => Object.keys(first!.stages)))];
  return [
    `${COUNT.format(products)} products with ${COUNT.format(orderLines)} order lines where nothing else is said; ${machine}`,
    table(
      [
        "",
        "products",
        "seconds",
        "products a second",
        "CPU ms a product",
        "peak MB",
        "read kB",
        "written kB a product",
      ],
      all.map(([name, measured]) => [
        name,
        COUNT.format(measured[0]!.products),
        spread(
          measured.map(({ seconds }) => seconds),
          2,
        ),
        spread(
          measured.map(({ products, seconds }) => products / seconds),
          0,
        ),
        spread(
          measured.map(({ products, cpuSeconds }) => (1000 * cpuSeconds) / products),
          2,
        ),
        spread(
          measured.map(({ peakBytes }) => peakBytes / 1e6),
          0,
        ),
        median(measured.map(({ products, readBytes }) => readBytes / 1000 / products)).toFixed(1),
        median(measured.map(({ products, writtenBytes }) => writtenBytes / 1000 / products)).toFixed(1),
      ]),
    ),
    "Thread milliseconds a product by stage:",
    table(
      ["", ...stages],
      all.map(([name, measured]) => [
        name,
        ...stages.map((stage) =>
          median(measured.map(({ stages, products }) => (1000 * (stages[stage] ?? 0)) / products)).toFixed(3),
        ),
      ]),
    ),
    ...besideOld(result),
    "Ratios, of the runs of one round:",
    table(["", "measured", "at least"], ratios(result)),
    "SQL Server → Redis by threads, and by workers of the queue on the same cores (aim: 1.1 times at most):",
    queueReport(result.queue),
  ].join("\n\n");
}

function ratios({ runs, startUp, products }: BenchResult): string[][] {
  const of = (name: string) => runs[name] ?? [];
  const main = of("SQLite → Redis");
  const large = of("SQLite → Redis, 100,000 products");
  const single = of("SQLite → Redis, workers: 1");
  const seconds = ({ seconds }: Measurement) => seconds;
  const rate = (run: Measurement) => run.products / run.seconds;
  const rateOfBatches = ({ products, seconds, stages }: Measurement) => {
    return products / (seconds - MAIN_STAGES.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0));
  };
  const rows: [what: string, measured: number[], digits: number, target: string][] = [
    ["10,000 products, SQLite → Redis: seconds", products === 10_000 ? main.map(seconds) : [], 1, "under 10 (aim: 5)"],
    [
      "10,000 products, SQL Server → Redis: seconds",
      products === 10_000 ? of("SQL Server → Redis").map(seconds) : [],
      1,
      "under 15 (aim: 8)",
    ],
    [
      "SQL Server → Redis once the batches begin, times the plain loop",
      paired(of("SQL Server → Redis"), of("plain loop, SQL Server → Redis"), rateOfBatches),
      2,
      "",
    ],
    [
      "forecasting alone, products a second and core",
      single.map(({ products, stages }) => products / (stages.forecast ?? Number.NaN)),
      0,
      "1,500 (aim: 3,000)",
    ],
    ["second worker, times one", paired(of("SQLite → Redis, workers: 2"), single, rate), 2, "1.7 (aim: 1.9)"],
    ["100,000 products: time, times linear", paired(large, main, (run) => run.seconds / run.products), 2, "under 1.15"],
    [
      "100,000 products: memory, times that of 10,000",
      paired(large, main, ({ peakBytes }) => peakBytes),
      2,
      "under 1.5",
    ],
    ["100,000 products: peak MB", large.map(({ peakBytes }) => peakBytes / 1e6), 0, "under 1,000 (aim: 512)"],
    ["start-up, --help: ms", startUp["--help"], 0, ""],
    ["status, ms more than --help", differences(startUp.status, startUp["--help"]), 0, "under 40 (aim: 20)"],
    ["inspect, ms more than --help", differences(startUp.inspect, startUp["--help"]), 0, "under 40 (aim: 20)"],
  ];
  return rows
    .filter(([, measured]) => measured.length > 0)
    .map(([what, measured, digits, target]) => [what, spread(measured, digits), target]);
}

/** How many times as much each case takes as with the other build; nothing where there is none. */
function besideOld({ runs, against }: BenchResult): string[] {
  if (against === undefined) return [];
  const rows = Object.entries(runs).flatMap(([name, measured]) => {
    const old = runs[nameBeside(name, against)];
    if (!old) return [];
    const times = (of: (run: Measurement) => number) => spread(paired(measured, old, of), 2);
    return [[name, times((run) => run.seconds), times((run) => run.cpuSeconds), times((run) => run.peakBytes)]];
  });
  return [
    `Times what ${against} takes, in the same round:`,
    table(["", "seconds", "CPU seconds", "peak memory"], rows),
  ];
}

/** Ratios of the same rounds, as many as both have. */
function paired(a: readonly Measurement[], b: readonly Measurement[], of: (run: Measurement) => number): number[] {
  return a.slice(0, b.length).map((run, round) => of(run) / of(b[round]!));
}

function differences(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, round) => value - b[round]!);
}

function spread(values: readonly number[], digits: number): string {
  const format = (value: number) => (digits === 0 ? COUNT.format(value) : value.toFixed(digits));
  const middle = format(median(values));
  return values.length === 1 ? middle : `${middle} (${format(Math.min(...values))}–${format(Math.max(...values))})`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|---|${"---:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}
