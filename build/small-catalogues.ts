// `bun build/small-catalogues.ts [SET...]`: what dist/forecast makes of catalogues of a few products drawn at random that it
// knows nothing beside, as the table of README: at each date RMSSE and total WAPE against the mean of 13 weeks and WQL against
// empq, of the means over the draws, in percent, and totals within their range; means over the dates. TUNING_DATA is the folder
// of the data sets, ../shared/data if not given.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawToFront, generator } from "../src/numeric/random.ts";
import { mean } from "../src/numeric/sum.ts";
import { writeOrdersDatabase } from "./orders-database.ts";
import { bookOf, onlyProducts, sampleOf } from "./tuning/databases.ts";

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
const samples = readdirSync(DATA)
  .sort()
  .flatMap((file) => {
    const [, set, origin] = /^sample-(\w+)-([\d-]+)\.txt$/.exec(file) ?? [];
    return set && origin ? [{ set, origin }] : [];
  });
const asked = process.argv.slice(2);

console.log(`| products | ${SIZES.map(([products]) => products).join(" | ")} |\n|---|${"---|".repeat(SIZES.length)}`);
for (const [set, drawn] of Map.groupBy(samples, ({ set }) => set)) {
  if (asked.length > 0 && !asked.includes(set)) continue;
  const book = await bookOf(set, DATA);
  const cells = [];
  for (const [products, draws] of SIZES) {
    const rows = [];
    for (const { origin } of drawn) {
      const ids = sampleOf(set, origin, DATA);
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
  const of = (method: keyof Scored, measure: keyof Scores) => mean(scored.map((one) => one[method][measure]));
  const percent = (measure: keyof Scores, other: keyof Scored) => 100 * (of("auto", measure) / of(other, measure) - 1);
  return [
    percent("rmsse", "mean13"),
    percent("wql", "empq"),
    percent("total_wape", "mean13"),
    of("auto", "total_coverage"),
  ];
}

function cellOf(rows: readonly number[][]): string {
  const means = MEASURES.map((_, i) => mean(rows.map((row) => row[i]!)));
  const written = means.slice(0, 3).map((change) => `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(0)}`);
  return `${written.join(", ")}; ${means[3]!.toFixed(2)}`;
}
