import { keyConflict } from "../caches/cache.ts";
import { pinned, prefixOf } from "../caches/registry.ts";
import type { RunStamp } from "../forecast/forecast.ts";
import type { Day } from "../history/calendar.ts";
import type { RunSettings } from "../settings/run.ts";
import type { Remarks } from "../sources/memory/order-book.ts";
import { openSource, prepareSource, type SourceHandle } from "../sources/registry.ts";
import { type EligibleProduct, SourceError, type Waits } from "../sources/source.ts";
import { collectGarbage } from "../workers/garbage.ts";
import type { ProductOutcome, RunSetup } from "./messages.ts";
import { type EarlyLines, lookForEarlyLines } from "./order-check.ts";
import { newestOf } from "./plausibility.ts";
import type { StageClock } from "./stages.ts";

/** All that is done once, before the first batch. */
export interface PreparedRun extends Selection {
  readonly setup: RunSetup;
  readonly remarks: Remarks;
}

export interface Selection {
  /** All products that can be forecast, also those that were not asked for. */
  readonly eligible: readonly EligibleProduct[];
  /** Day of the newest order line of these; nothing where there is none. */
  readonly newest: Day | undefined;
  /** Single lines far before the others; nothing where there are none, or it is not known. */
  readonly early: EarlyLines | undefined;
  /** The products to forecast, by number of orders, descending, then by id. */
  readonly products: readonly EligibleProduct[];
  /** Products that were asked for by id and cannot be forecast. */
  readonly notEligible: readonly ProductOutcome[];
}

/**
 * @param stamp of the run.
 * @param waits is told where a server is waited for.
 * @throws SourceError when the source cannot be read.
 */
export async function prepareRun(
  settings: RunSettings,
  stamp: RunStamp,
  clock: StageClock,
  waits?: Waits,
): Promise<PreparedRun> {
  const { origin, historyStart: start, horizon, level, weekStart, ttlSeconds, ids } = settings;
  const cache = settings.cache && (await pinned(settings.cache));
  const { handle: source, remarks } = await clock.during("prepare", () => {
    return prepareSource(settings.source, { start, origin });
  });
  const selection = await clock.during("eligibility", () => selectProducts(settings, source, waits));
  // What reading leaves behind would otherwise stay for the whole run: 200 MB after 38 million order lines.
  collectGarbage();
  const forecast = { origin, horizon, level, weekStart, ...stamp };
  const period = { start, origin };
  const setup: RunSetup = { kind: "run", source, cache, period, ttlSeconds, ids, forecast };
  return { ...selection, setup, remarks };
}

async function selectProducts(settings: RunSettings, handle: SourceHandle, waits?: Waits): Promise<Selection> {
  const { historyStart: start, origin, minCustomers, minOrders, products: asked, limit } = settings;
  const source = await openSource(handle, waits);
  try {
    const eligible = await source.eligibleProducts({ start, origin, minCustomers, minOrders });
    const ids = eligible.map(({ id }) => id);
    const conflict = keyConflict(ids, settings.cache && prefixOf(settings.cache));
    if (conflict !== undefined) throw new SourceError(`${conflict}: rename one, or leave it out of the source`);
    const newest = newestOf(eligible);
    // In memory it takes no time; a server would be asked for much beside what is forecast, which doctor does.
    const isQuick = handle.kind === "memory";
    const early = isQuick
      ? await lookForEarlyLines(source, eligible, { start, origin }).catch(() => undefined)
      : undefined;
    if (!asked) return { eligible, newest, early, products: eligible.slice(0, limit), notEligible: [] };
    const left = new Set(asked);
    const chosen = eligible.filter(({ id }) => left.delete(id)).slice(0, limit);
    const reason = `unknown, or fewer than ${minCustomers} customers or ${minOrders} orders before the origin`;
    const notEligible = Array.from(left, (productId): ProductOutcome => ({ productId, status: "no_forecast", reason }));
    return { eligible, newest, early, products: chosen, notEligible };
  } finally {
    await source.close();
  }
}
