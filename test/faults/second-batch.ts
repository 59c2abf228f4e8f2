import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";
import type { Stage } from "./bench.ts";
import { SECRETS } from "./places.ts";

/**
 * A server that keeps the order lines of the second batch waiting; the documents of the first are written then.
 *
 * @returns the environment of a run that reads from it, and what is over once it is kept waiting.
 */
export async function secondBatchWaits(stage: Stage, milliseconds: number, queryTimeoutSeconds: number) {
  const server = await startTdsServer({ database: stage.world.orders, user: "planner", password: SECRETS.server });
  stage.afterwards(() => server.close());
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  let reads = 0;
  const delay = {
    statementMatches: /OPENJSON/,
    get ms() {
      return reads === 2 ? milliseconds : 0;
    },
    begun: () => ++reads === 2 && resolve(),
  };
  server.setFaults({ delay });
  const settings = { ...settingsFor(server.port), password: SECRETS.server, queryTimeoutSeconds };
  return { begun, env: { ...environmentOf(settings), FORECAST_SOURCE: "mssql" } };
}
