import { proxyTo } from "../parts/proxy.ts";
import type { Case, Stage } from "./bench.ts";
import { SHORT, sqlServerOf } from "./sql-server.ts";
import { cutAfter, stallAfter, turnBitAfter } from "./tcp.ts";

/** Between the program and the server, below TLS. */
function wire(passing: Parameters<typeof proxyTo>[1]) {
  return async (stage: Stage) => {
    const { server, place, env, mend } = await sqlServerOf(stage);
    const proxy = await proxyTo(server.port, passing);
    stage.afterwards(proxy.stop);
    const broken = { ...env, ...SHORT, DB_PORT: `${proxy.port}` };
    return { place, mend, env: broken, mendedEnv: { DB_PORT: `${server.port}`, DB_QUERY_TIMEOUT: "60" } };
  };
}

export const WIRE_CASES: readonly Case[] = [
  ...[100, 3000, 12_000].flatMap((bytes): Case[] => [
    {
      what: `the connection ends after ${bytes} bytes of SQL Server, below TLS`,
      ...{ exitCodes: [0], limitSeconds: 60 },
      arrange: wire(cutAfter(bytes)),
    },
    {
      what: `a bit is turned after ${bytes} bytes of SQL Server, below TLS`,
      ...{ exitCodes: [0], limitSeconds: 60 },
      arrange: wire(turnBitAfter(bytes)),
    },
  ]),
  {
    what: "the connection falls silent after 6000 bytes of SQL Server, below TLS",
    ...{ exitCodes: [0], limitSeconds: 60 },
    arrange: wire(stallAfter(6000)),
  },
  { what: "SQL Server takes 100 kB a second", exitCodes: [0], limitSeconds: 60, arrange: wire({ pace: 100_000 }) },
];
