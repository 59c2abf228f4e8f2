import type { Day } from "../history/calendar.ts";
import { compareIds } from "../history/ids.ts";
import type { Lessons } from "../learning/learn.ts";
import { brief } from "../values/printable.ts";
import type { ProductOutcome } from "./messages.ts";
import type { ProductWithoutForecast } from "./metadata.ts";
import { STAGES, type StageSeconds, THREAD_STAGES } from "./stages.ts";

/** Characters of a reason, which may quote data. */
const MOST_OF_A_REASON = 500;

/** Counts outcomes, keeps those that are not a success, and adds up where time went. */
export class Tally {
  /** Products of the run; none as long as they are not known. */
  products = 0;
  workers = 0;
  /** Products whose documents were written and then were not there. */
  lost = 0;
  /** Share of the weeks after past origins that lay within their interval; null where nothing was learned. */
  coverage: number | null = null;
  hasLearned = false;
  /** Why nothing was learned across products; nothing where it was, or where there is too little to learn from. */
  learningFailure: string | undefined;
  /** Day of the newest order line of all products; nothing as long as it is not known. */
  newestDay: Day | undefined;
  /** By product. */
  readonly #outcomes = new Map<string, ProductOutcome>();
  readonly #counts = { successful: 0, no_forecast: 0, failed: 0 };
  readonly #waits: number[] = [];
  readonly #seconds = new Map(STAGES.map((stage) => [stage, 0]));

  /** An outcome takes the place of an earlier one of the same product. */
  add(outcomes: readonly ProductOutcome[]): void {
    for (const outcome of outcomes) {
      const earlier = this.#outcomes.get(outcome.productId);
      if (earlier) this.#counts[earlier.status]--;
      this.#counts[outcome.status]++;
      this.#outcomes.set(outcome.productId, withBriefReason(outcome));
    }
  }

  /** These products' documents are not there, though they were written. */
  fail(productIds: readonly string[], reason: string): void {
    this.add(
      productIds.map((productId) => {
        const { batch } = this.#outcomes.get(productId)!;
        return { productId, status: "failed", reason, ...(batch === undefined ? {} : { batch }) };
      }),
    );
  }

  addLessons({ demand, isLearned, failure }: Lessons): void {
    this.coverage = isLearned ? demand.calibration.coverage : null;
    this.hasLearned = isLearned;
    this.learningFailure = failure;
  }

  /** A batch waited so many seconds for a worker thread. */
  addWait(seconds: number): void {
    this.#waits.push(seconds);
  }

  addStages(seconds: StageSeconds): void {
    for (const stage of STAGES) this.#seconds.set(stage, this.#seconds.get(stage)! + (seconds[stage] ?? 0));
  }

  /** @param total seconds that all worker threads had: what they did not use was idle. */
  addIdle(total: number): void {
    const used = THREAD_STAGES.reduce((sum, stage) => sum + this.#seconds.get(stage)!, 0);
    this.addStages({ idle: Math.max(0, total - used) });
  }

  /** Seconds by stage, to the millisecond. */
  get stages(): StageSeconds {
    return Object.fromEntries(
      Array.from(this.#seconds, ([stage, seconds]) => [stage, Math.round(seconds * 1000) / 1000]),
    );
  }

  /** Mean wait of a batch in seconds, to the millisecond. */
  get queueSeconds(): number {
    const sum = this.#waits.reduce((total, wait) => total + wait, 0);
    return this.#waits.length === 0 ? 0 : Math.round((1000 * sum) / this.#waits.length) / 1000;
  }

  /** Median over the products of which it is known. */
  get accuracy(): number | null {
    const known = Array.from(this.#outcomes.values(), ({ accuracy }) => accuracy ?? []).flat();
    const sorted = known.toSorted((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    return sorted.length === 0 ? null : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  }

  get counts(): Readonly<Record<ProductOutcome["status"], number>> {
    return this.#counts;
  }

  get done(): number {
    return this.#counts.successful + this.#counts.no_forecast + this.#counts.failed;
  }

  /** Products without a forecast, in the order of their ids. */
  get withoutForecast(): ProductWithoutForecast[] {
    return this.#with("no_forecast")
      .map(({ productId, reason = "" }) => ({ product_id: productId, reason }))
      .sort((a, b) => compareIds(a.product_id, b.product_id));
  }

  /** Products that failed or have no forecast, in no particular order. */
  get unsuccessful(): readonly ProductOutcome[] {
    return [...this.#outcomes.values()].filter(({ status }) => status !== "successful");
  }

  /** Ids of the products whose documents were written. */
  get successful(): string[] {
    return this.#with("successful").map(({ productId }) => productId);
  }

  /** What the index says of the products whose documents were written, in the order of their ids. */
  get indexEntries(): string[] {
    return this.#with("successful")
      .sort((a, b) => compareIds(a.productId, b.productId))
      .map(({ indexEntry = "" }) => indexEntry);
  }

  #with(status: ProductOutcome["status"]): ProductOutcome[] {
    return [...this.#outcomes.values()].filter((outcome) => outcome.status === status);
  }
}

function withBriefReason(outcome: ProductOutcome): ProductOutcome {
  return outcome.reason === undefined ? outcome : { ...outcome, reason: brief(outcome.reason, MOST_OF_A_REASON) };
}
