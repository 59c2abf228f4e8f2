import type { Faults } from "../tds/faults.ts";
import type { ErrorToken } from "../tds/tokens.ts";
import type { Case } from "./bench.ts";
import { SHORT, said, sqlServerOf } from "./sql-server.ts";

const STATEMENTS: readonly [name: string, matches: RegExp][] = [
  ["which products are eligible", /GROUP BY/],
  ["their names", /FROM dbo\.Product /],
  ["order lines", /OPENJSON/],
];

/** What happens in place of an answer, for a moment. */
const MOMENTS: readonly [words: string, fault: (statementMatches: RegExp) => Faults, env?: typeof SHORT][] = [
  ["the connection ends in good order", (statementMatches) => ({ endInstead: { statementMatches, times: 1 } })],
  ["the session is ended (596, class 21)", (at) => momentary(said(596, 1, 21), at)],
  ["an error of class 20 comes", (at) => momentary(said(50_000, 1, 20), at)],
  ["the database fails over (983)", (at) => momentary(said(983, 1, 14), at)],
  ["a server of the cloud moves (40613)", (at) => momentary(said(40_613, 1, 20), at)],
  ["the server shuts down (6005)", (at) => momentary(said(6005, 1, 10), at)],
  [
    "the server says nothing for longer than it may",
    (statementMatches) => {
      let asked = 0;
      const delay = {
        statementMatches,
        begun: () => {
          asked++;
        },
        get ms() {
          return asked === 1 ? 60_000 : 0;
        },
      };
      return { delay };
    },
    SHORT,
  ],
];

function momentary(error: ErrorToken, statementMatches: RegExp): Faults {
  return { errorNumber: { ...error, times: 1, statementMatches } };
}

/** The last of the statements for each; the others for one. That each may be chosen as deadlock victim is a loop. */
export const MOMENT_CASES: readonly Case[] = MOMENTS.flatMap(([words, fault, env], i) =>
  STATEMENTS.filter((_, at) => at === 2 || i < 1).map(([name, matches]): Case => {
    return {
      what: `${words} as SQL Server is asked for ${name}`,
      ...{ exitCodes: [0], limitSeconds: 60, products: "least" },
      async arrange(stage) {
        const arranged = await sqlServerOf(stage, fault(matches));
        return { ...arranged, env: { ...arranged.env, ...env } };
      },
    };
  }),
);
