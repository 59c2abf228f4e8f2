import type { Case, Loop } from "./bench.ts";
import { ELSEWHERE } from "./elsewhere.ts";

const PREFACE = `# Faults

Each case puts one fault to the built program and lets it run; some are loops, in which the first, the second, … reply, row or
statement fails, until a run passes untouched. Servers are real: \`redis-server\`, the endpoint of \`test/tds\`, a proxy before
either. After every case, and every step of a loop, the same eight promises are looked at (\`promises.ts\`):

1. each document is whole, is of this run or of the last one, and has a time to live;
2. as many are there as the run claims;
3. the exit code is right;
4. counts add up, and are the same in log, metadata and metrics;
5. success is recorded where there was one, and nowhere else: attempt, metrics, \`forecast status\`;
6. lock and lease are free, and the next run repairs all;
7. no wait is longer than the limits that the program states;
8. no part of a password stands in anything that it gives.

A cause that lasts is one that \`forecast doctor\` tells beforehand: in the column each case that has it do so, with the same
settings. Nothing stands there where the cause passes, or comes while a run is under way. These tables are made by the run:
\`npm test -- test/faults --update\`.
`;

/** @param held the cases that were tried, and in which all promises hold. */
export function readme(
  groups: Readonly<Record<string, readonly (Case | Loop)[]>>,
  held: ReadonlySet<Case | Loop>,
): string {
  const tables = Object.entries(groups).map(([title, cases]) => {
    const rows = cases.filter((given) => held.has(given)).map(rowOf);
    return `## ${title}\n\n| what goes wrong | exit code | doctor |\n|---|---|---|\n${rows.join("")}`;
  });
  const elsewhere = ELSEWHERE.map(
    ({ what, file, name }) => `| ${what} | \`test/${file}\` | ${name.replaceAll("|", "\\|")} |\n`,
  );
  return [
    PREFACE,
    ...tables,
    `## Tried elsewhere\n\n| what goes wrong | where | test |\n|---|---|---|\n${elsewhere.join("")}`,
  ].join("\n");
}

function rowOf({ what, exitCodes, doctor }: Case | Loop): string {
  return `| ${what} | ${exitCodes.join(", ")} | ${typeof doctor === "string" ? `cannot: ${doctor}` : doctor ? "tells" : ""} |\n`;
}
