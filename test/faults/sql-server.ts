import { proxyTo } from "../parts/proxy.ts";
import { freePort } from "../parts/redis.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import type { Faults } from "../tds/faults.ts";
import { startTdsServer, type TdsServer } from "../tds/server.ts";
import type { ErrorToken } from "../tds/tokens.ts";
import type { Case, Loop, Stage } from "./bench.ts";
import { SECRETS, sqlitePlace } from "./places.ts";

/** A SQL Server with the orders, and a SQLite cache with the documents of the run before. */
export async function sqlServerOf(stage: Stage, faults: Faults = {}, options: { encrypt?: boolean } = {}) {
  const server = await startTdsServer({
    ...{ database: stage.world.orders, user: "planner", password: SECRETS.server },
    ...options,
  });
  stage.afterwards(() => server.close());
  server.setFaults(faults);
  const place = sqlitePlace(stage.path("cache.sqlite"));
  place.fill(stage.world.lastRun);
  const settings = {
    ...settingsFor(server.port),
    password: SECRETS.server,
    queryTimeoutSeconds: 60,
    patienceSeconds: 60,
  };
  const env: Record<string, string> = { ...environmentOf(settings), FORECAST_SOURCE: "mssql" };
  return { server, place, env, mend: () => server.setFaults({}) };
}

const IMPATIENT = { FORECAST_PATIENCE: "0" };
/** Where silence is the fault; elsewhere a machine under load might be taken for silent. */
export const SHORT = { DB_QUERY_TIMEOUT: "2" };
/** The tries of a read that fails for a passing reason take 7.5 s in all. */
const TRIES_SECONDS = 8;

export const said = (number: number, state = 1, severity = 16, message = `error ${number} of the test`): ErrorToken => {
  return { number, state, severity, message };
};
const RECOVERING = said(18456, 38, 14, "Login failed for user 'planner'.");

/** Causes that last, at a login. */
const REFUSED: readonly [words: string, errors: readonly ErrorToken[], says: RegExp][] = [
  ["the database does not exist (4060)", [said(4060, 1, 11), said(18_456, 1, 14)], /error 4060/],
  ["the database is being restored (927)", [said(927, 2, 14), said(4060, 1, 11), said(18_456, 1, 14)], /error 927/],
  ["the login is disabled (18470)", [said(18_470, 1, 14)], /is disabled/],
  ["the account is locked (18486)", [said(18_486, 1, 14)], /is locked/],
  ["the password has expired (18487)", [said(18_487, 1, 14)], /has expired/],
  ["the firewall lets nobody in (40615)", [said(40_615, 1, 14)], /firewall/],
];

const LOGIN_CASES = REFUSED.map(([words, errors, says]): Case => {
  return {
    what: `SQL Server lets nobody in: ${words}`,
    ...{
      exitCodes: [1],
      limitSeconds: TRIES_SECONDS,
      says,
      doctor: new RegExp(`^problem +source +.*${says.source}`, "m"),
    },
    async arrange(stage) {
      const { place, env, mend } = await sqlServerOf(stage, { refuseLogin: { errors } });
      return { place, env: { ...env, ...IMPATIENT }, mend };
    },
  };
});

/** Ends all connections as order lines are asked for, and comes back later. */
async function restart(server: TdsServer, refuse: Faults): Promise<void> {
  const up = await server.shutDown();
  server.setFaults(refuse);
  await up();
}

function asked(server: TdsServer, matches: RegExp): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.setFaults({ delay: { ms: 60_000, statementMatches: matches, begun: resolve } });
  return promise;
}

export const SQL_SERVER_CASES: readonly Case[] = [
  ...LOGIN_CASES,
  {
    what: "SQL Server restarts as it is asked for order lines, and lets nobody in at first (18456, state 38)",
    ...{
      exitCodes: [0],
      limitSeconds: 60,
      says: /warning: SQL Server .*: waited for, 60 s at most(?:.|\n)*warning: SQL Server .*: back after \d+ s/,
    },
    async arrange(stage) {
      const { server, place, env, mend } = await sqlServerOf(stage);
      const begun = asked(server, /OPENJSON/);
      const during = () => begun.then(() => restart(server, { refuseLogin: { errors: [RECOVERING], times: 3 } }));
      return { place, env, mend, during };
    },
  },
  {
    what: "SQL Server goes away for good as it is asked for order lines",
    ...{ exitCodes: [1], limitSeconds: 20 + TRIES_SECONDS, says: /waited for \d+ s, as FORECAST_PATIENCE says/ },
    async arrange(stage) {
      const { server, place, env } = await sqlServerOf(stage);
      const begun = asked(server, /OPENJSON/);
      let up: (() => Promise<void>) | undefined;
      const during = async () => {
        await begun;
        up = await server.shutDown();
        server.setFaults({});
      };
      return { place, env: { ...env, FORECAST_PATIENCE: "3s" }, during, mend: () => up?.() };
    },
  },
  {
    what: "nobody listens at the port of SQL Server",
    ...{
      exitCodes: [1],
      limitSeconds: TRIES_SECONDS,
      says: /^error: SQL Server localhost:\d+: Failed to connect .*\n$/m,
      doctor: /^problem +source +SQL Server localhost:\d+: /m,
    },
    async arrange(stage) {
      const { server, place, env } = await sqlServerOf(stage);
      const closed = { DB_PORT: `${await freePort()}` };
      return { place, env: { ...env, ...closed }, mendedEnv: { DB_PORT: `${server.port}` } };
    },
  },
  {
    what: "the password of SQL Server is wrong",
    ...{
      exitCodes: [1],
      says: /18456, state 1: .*check DB_USER and DB_PASSWORD/,
      doctor: /^problem +source +.*18456/m,
    },
    async arrange(stage) {
      const { place, env } = await sqlServerOf(stage);
      return {
        place,
        env: { ...env, DB_PASSWORD: `${SECRETS.server}-not` },
        mendedEnv: { DB_PASSWORD: SECRETS.server },
      };
    },
  },
  {
    what: "SQL Server refuses encryption",
    ...{
      exitCodes: [1],
      says: /refuses encryption \(DB_ENCRYPT=false/,
      doctor: /^problem +source +.*refuses encryption/m,
    },
    async arrange(stage) {
      const { place, env } = await sqlServerOf(stage, {}, { encrypt: false });
      return { place, env, mendedEnv: { DB_ENCRYPT: "false" } };
    },
  },
  {
    what: "nobody vouches for the certificate of SQL Server",
    ...{
      exitCodes: [1],
      says: /^error: SQL Server .*certificate.* \(install its .*\)\n$/,
      doctor: /^problem +source +.*certificate/m,
    },
    async arrange(stage) {
      const { place, env } = await sqlServerOf(stage);
      const checked = { DB_TRUST_SERVER_CERTIFICATE: "false" };
      return { place, env: { ...env, ...checked }, mendedEnv: { DB_TRUST_SERVER_CERTIFICATE: "true" } };
    },
  },
  {
    what: "a table is missing in SQL Server",
    ...{
      exitCodes: [1],
      says: /^error: .*Invalid object name 'dbo\.OrderItem'\. \(a table that the queries need is missing\)\n$/,
      doctor: /^problem +source +.*Invalid object name/m,
    },
    async arrange(stage) {
      const missing = { ...said(208, 1, 16, "Invalid object name 'dbo.OrderItem'."), statementMatches: /OrderItem/ };
      return sqlServerOf(stage, { errorNumber: missing });
    },
  },
  {
    what: "a page of order lines is damaged (824)",
    ...{ exitCodes: [1], says: /error 824/, doctor: /^warning +duplicates +.*error 824/m },
    arrange: (stage) => sqlServerOf(stage, { errorNumber: { ...said(824, 2, 24), statementMatches: /OPENJSON/ } }),
  },
  {
    what: "an answer breaks off after some rows",
    ...{ exitCodes: [0], limitSeconds: 60 },
    arrange: (stage) => sqlServerOf(stage, { dropAfterRows: { rows: 10, times: 2 } }),
  },
  {
    what: "an answer stalls after some rows",
    ...{ exitCodes: [0], limitSeconds: 60 },
    async arrange(stage) {
      const { place, env, mend } = await sqlServerOf(stage, { stallAfterRows: { rows: 10, times: 2 } });
      return { place, mend, env: { ...env, ...SHORT }, mendedEnv: { DB_QUERY_TIMEOUT: "60" } };
    },
  },
  {
    what: "a SQL Server accepts connections and says nothing, and a signal ends the wait",
    ...{ exitCodes: [143], limitSeconds: 15, doctor: /^problem +source +.*15 ?000 ?ms|within 15/m },
    async arrange(stage) {
      const { server, place, env, mend } = await sqlServerOf(stage, { acceptOnly: true });
      let last = -1;
      const seen = (data: Buffer, connection: number) => {
        last = connection;
        return data;
      };
      const proxy = await proxyTo(server.port, { commands: seen });
      stage.afterwards(proxy.stop);
      const during = async (child: { kill(signal: NodeJS.Signals): void }) => {
        const ofDoctor = last;
        await stage.until(() => last > ofDoctor);
        child.kill("SIGTERM");
      };
      return { place, env: { ...env, DB_PORT: `${proxy.port}` }, mend, during };
    },
  },
];

export const SQL_SERVER_LOOPS: readonly Loop[] = [
  {
    what: "the connection breaks before the first, second, … row of SQL Server",
    ...{ exitCodes: [0], limitSeconds: 60, products: "least" },
    async arrange(stage, step) {
      const { server, ...rest } = await sqlServerOf(stage, { dropAtRow: { row: step } });
      return { ...rest, hasStruck: () => server.hasStruck("dropAtRow") };
    },
  },
  {
    what: "the first, second, … statement is chosen as deadlock victim",
    ...{ exitCodes: [0], limitSeconds: 60, products: "least" },
    async arrange(stage, step) {
      const { server, ...rest } = await sqlServerOf(stage, {
        errorNumber: { ...said(1205, 51, 13), after: step, times: 1 },
      });
      return { ...rest, hasStruck: () => server.hasStruck("errorNumber") };
    },
  },
];
