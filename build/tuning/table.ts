import { type Change, changesOf, hasEffect, mostChanged, summary } from "./changes.ts";
import { EXPERIMENTS, type Experiment, type Measure } from "./experiments.ts";
import type { Place } from "./places.ts";
import { type Results, resultsOf } from "./results.ts";

const INTRODUCTION = `# What half and twice of each tuned number do

Made by \`bun build/tuning.ts\` from the data sets that its list of experiments names, on copies of the program in which one
number is replaced. Errors change in percent, shares in points, as the mean over the data sets; below zero is better of
errors. The last column is the data set whose total WAPE changes most, so that opposite effects show. Numbers in bold are
beyond what luck alone changes: the same program with other seeds.

Of lists, every entry is halved and doubled, or half and twice as many entries are taken where the list says so; of factors
near one, the distance from one. Not in the table are definitions (weeks of a year, days of a week, constants of formulas,
decimals of documents) and guards, which only wrong or empty data meets (\`MOST_UNITS\`, \`LEAST_GAIN\` of a split, \`ROUNDING\`,
logarithms kept from zero, bounds of a search).
`;

/** The whole page. */
export function tableOf(places: readonly Place[], results: Results): string {
  const experiments = Object.values(EXPERIMENTS).map((experiment) => {
    const changes = changesOf(experiment, places, results);
    return { experiment, changes, isMeasured: changes.some(({ bySet }) => bySet.length > 0) };
  });
  const measured = experiments.filter(({ isMeasured }) => isMeasured);
  const idle = measured.flatMap(({ changes }) => byPlace(changes).filter((some) => !some.some(hasEffect)));
  const sections = measured.map(({ experiment, changes }) => section(experiment, changes, results));
  return [INTRODUCTION, ...sections, idleSection(idle)].join("\n");
}

function section(experiment: Experiment, changes: readonly Change[], results: Results): string {
  const { title, about, measures } = experiment;
  const luck = changes.filter(({ place }) => place.isLuck).map((change) => summary(measures, change));
  const most = (key: string) => Math.max(...luck.map((numbers) => Math.abs(numbers?.[key] ?? 0)));
  const effective = byPlace(changes).filter((some) => some.some(hasEffect));
  const files = Map.groupBy(effective, ([first]) => first!.place.file);
  const hasTotals = measures.some(({ key }) => key === "total_wape");
  const headings = ["constant", "what it is", "change", ...measures.map(heading), ...(hasTotals ? ["most"] : [])];
  const tables = Array.from(files, ([file, constants]) => {
    const rows = constants.flatMap((some) =>
      some.map((change, i) => [
        ...(i === 0 ? [`\`${change.place.name}\``, change.place.meaning] : ["", ""]),
        `${change.place.value} → ${change.tried}`,
        ...cells(measures, change, luck.length > 0 ? most : () => Number.POSITIVE_INFINITY),
        ...(hasTotals ? [mostCell(change)] : []),
      ]),
    );
    return `### ${file}\n\n${table(headings, rows)}`;
  });
  return [`## ${title}\n`, `${about} As it is:\n`, unchangedTable(experiment, changes, results), ...tables].join("\n");
}

/** Measures of the program as it is. */
function unchangedTable(experiment: Experiment, [first]: readonly Change[], results: Results): string {
  const rows = first!.bySet.map(({ set }) => {
    const { unchanged } = resultsOf(results, experiment, set);
    const numbers = experiment.measures.map(({ key, unit }) => absolute(unchanged[key], unit));
    return [`${set.data} ${set.origin}`, ...numbers];
  });
  return table(["data set", ...experiment.measures.map(({ heading: text }) => text)], rows);
}

function absolute(value: number | undefined, unit: Measure["unit"]): string {
  if (unit === "count") return `${value ?? 0}`;
  if (value === undefined) return "";
  return unit === "points" ? `${(100 * value).toFixed(1).replace("-", "−")} %` : value.toFixed(3);
}

function cells(measures: readonly Measure[], change: Change, luck: (key: string) => number): string[] {
  const numbers = summary(measures, change);
  if (!numbers) return measures.map(() => "fails");
  return measures.map(({ key, unit }) => {
    const value = numbers[key]!;
    const text = unit === "count" ? signed(value, 0) : signed(value, 2);
    return Math.abs(value) > luck(key) && !change.place.isLuck ? `**${text}**` : text;
  });
}

function mostCell(change: Change): string {
  const most = mostChanged(change, "total_wape");
  return most ? `${signed(most.difference, 2)} ${most.set.data}` : "";
}

function idleSection(idle: readonly (readonly Change[])[]): string {
  if (idle.length === 0) return "";
  const rows = idle.map(([first, ...others]) => {
    const { file, name, meaning, value } = first!.place;
    return [`\`${name}\``, file, meaning, `${value} → ${[first!, ...others].map(({ tried }) => tried).join(", ")}`];
  });
  const lines = table(["constant", "file", "what it is", "changes"], rows);
  return `## No measurable effect\n\nLess than 0.02 % or points in every measure, on every data set.\n\n${lines}`;
}

function byPlace(changes: readonly Change[]): Change[][] {
  return [...Map.groupBy(changes, ({ place }) => place).values()];
}

function heading({ heading: text, unit }: Measure): string {
  return unit === "%" ? `${text} %` : text;
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return "0";
  return `${value < 0 ? "−" : "+"}${text}`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cellsOfRow: readonly string[]) => `| ${cellsOfRow.join(" | ")} |`;
  return `${[headings, headings.map(() => "---"), ...rows].map(line).join("\n")}\n`;
}
