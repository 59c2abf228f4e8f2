import type { ProductOutcome } from "./messages.ts";

/** Counts outcomes and keeps those that are not a success. */
export class Tally {
  /** Products of the run; none as long as they are not known. */
  products = 0;
  workers = 0;
  readonly #counts = { successful: 0, no_forecast: 0, failed: 0 };
  readonly #unsuccessful: ProductOutcome[] = [];

  add(outcomes: readonly ProductOutcome[]): void {
    for (const outcome of outcomes) {
      this.#counts[outcome.status]++;
      if (outcome.status !== "successful") this.#unsuccessful.push(outcome);
    }
  }

  get counts(): Readonly<Record<ProductOutcome["status"], number>> {
    return this.#counts;
  }

  get done(): number {
    return this.#counts.successful + this.#counts.no_forecast + this.#counts.failed;
  }

  /** Products that failed or have no forecast, in no particular order. */
  get unsuccessful(): readonly ProductOutcome[] {
    return this.#unsuccessful;
  }
}
