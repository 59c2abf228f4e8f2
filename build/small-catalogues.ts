// `bun build/small-catalogues.ts [SET...]`: what dist/forecast makes of catalogues of a few products drawn at random that it
// knows nothing beside, as the table of README: at each date RMSSE and total WAPE against the mean of 13 weeks and WQL against
// empq, of the means over the draws, in percent, and totals within their range; means over the dates. TUNING_DATA is the folder
// of the data sets, ../shared/data if not given.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawToFront, generator } from "../src/numeric/random.ts";
import { readCsv } from "../src/sources/csv/reader.ts";
import { readCsvSettings } from "../src/sources/csv/settings.ts";
import { Given } from "../src/values/given.ts";
import { writeOrdersDatabase } from "./orders-database.ts";
import { onlyProducts } from "./tuning/databases.ts";

const DATA = process.env.TUNING_DATA ?? "../shared/data";
/** Products of a catalogue, and catalogues that are drawn at each date. */
const SIZES = [
  [30, 20],
  [100, 6],
  [300, 4],
  [1000, 2],
] as const;
const MEASURES = ["rmsse", "wql", "total_wape", "total_coverage"] as const;

type Scores = Readonly<Record<(typeof MEASURES)[number], number>>;
interface Scored {
  readonly auto: Scores;
  readonly mean13: Scores;
  readonly empq: Scores;
}

using folder = {
  path: mkdtempSync(join(tmpdir(), "small-catalogues-")),
  [Symbol.dispose]() {
    rmSync(this.path, { recursive: true });
  },
};
const samples = readdirSync(DATA).flatMap((file) => /^sample-(\w+)-([\d-]+)\.txt$/.exec(file) ?? []);
const sets = new Map<string, string[]>();
for (let i = 0; i < samples.length; i += 3)
  sets.set(samples[i + 1]!, [...(sets.get(samples[i + 1]!) ?? []), samples[i + 2]!]);
const asked = process.argv.slice(2);

console.log(`| products | ${SIZES.map(([products]) => products).join(" | ")} |\n|---|${"---|".repeat(SIZES.length)}`);
for (const [set, origins] of [...sets].sort()) {
  if (asked.length > 0 && !asked.includes(set)) continue;
  const { book } = await readCsv(readCsvSettings(new Given({}, {}), join(DATA, `${set}-orders.csv.gz`)));
  const cells = [];
  for (const [products, draws] of SIZES) {
    const rows = [];
    for (const origin of origins) {
      const ids = readFileSync(join(DATA, `sample-${set}-${origin}.txt`), "utf8")
        .split("\n")
        .filter((id) => id !== "");
      if (ids.length < products) continue;
      const scored = [];
      for (let draw = 1; draw <= draws; draw++) {
        drawToFront(ids, products, generator(draw));
        const database = join(folder.path, `${draw}.sqlite`);
        writeOrdersDatabase(database, onlyProducts(book, new Set(ids.slice(0, products))));
        scored.push(await scoresOf(database, origin));
      }
      rows.push(comparedWith(scored));
    }
    cells.push(rows.length === 0 ? "" : cellOf(rows));
  }
  console.log(`| ${set} | ${cells.join(" | ")} |`);
}

async function scoresOf(database: string, origin: string): Promise<Scored> {
  const args = ["--source", `sqlite:${database}`, "--origins", origin, "--models", "auto,mean13,empq", "--json"];
  const child = Bun.spawn(["dist/forecast", "backtest", ...args], {
    env: { ...process.env, FORECAST_HISTORY_START: "2000-01-01" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { models } = JSON.parse(await new Response(child.stdout).text());
  return Object.fromEntries(
    models.map((scores: Scores & { model: string }) => [scores.model, scores]),
  ) as unknown as Scored;
}

/** RMSSE, WQL and total in percent, and the share of totals within their range. */
function comparedWith(scored: readonly Scored[]): number[] {
  const mean = (of: (one: Scored) => number) => scored.reduce((sum, one) => sum + of(one), 0) / scored.length;
  const percent = (ours: number, other: number) => 100 * (ours / other - 1);
  return [
    percent(
      mean(({ auto }) => auto.rmsse),
      mean(({ mean13 }) => mean13.rmsse),
    ),
    percent(
      mean(({ auto }) => auto.wql),
      mean(({ empq }) => empq.wql),
    ),
    percent(
      mean(({ auto }) => auto.total_wape),
      mean(({ mean13 }) => mean13.total_wape),
    ),
    mean(({ auto }) => auto.total_coverage),
  ];
}

function cellOf(rows: readonly number[][]): string {
  const means = MEASURES.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
  const written = means.slice(0, 3).map((change) => `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(0)}`);
  return `${written.join(", ")}; ${means[3]!.toFixed(2)}`;
}
