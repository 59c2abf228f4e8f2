import { SUMS } from "../accuracy/score.ts";
import type { Day } from "../history/calendar.ts";
import type { BacktestTask, BatchEvaluation } from "./messages.ts";
import type { EvaluatedForecast } from "./summary.ts";

type Task = Pick<BacktestTask, "origin" | "first" | "productIds">;

/**
 * Puts batches, which arrive in any order, back in that of their products, so that the order of arrival shows nowhere,
 * not even in the rounding of a sum.
 */
export class Collection {
  /** All forecasts by origin, then as the source gives the products; without their weeks. */
  readonly forecasts: EvaluatedForecast[] = [];
  /** Sums over all forecasts, by method, then week. */
  readonly weekScores: Float64Array;
  /** Forecasts of `auto` whose interval of the demand up to the end of each week held what came. */
  readonly coveredCumulative: Float64Array;
  /** Weeks of the horizon up to the last one in which something was sold or returned, by origin. */
  readonly soldUntil = new Map<Day, number>();
  readonly #methods: number;
  readonly #measured: (forecasts: readonly EvaluatedForecast[]) => void;
  readonly #waiting = new Map<number, { task: Task; evaluation: BatchEvaluation | undefined }>();
  #next = 0;

  /** @param measured is given the forecasts of each batch with their weeks, in order. */
  constructor(methods: number, horizon: number, measured: (forecasts: readonly EvaluatedForecast[]) => void) {
    this.#methods = methods;
    this.#measured = measured;
    this.coveredCumulative = new Float64Array(horizon);
    this.weekScores = new Float64Array(methods * horizon * SUMS.length);
  }

  /** @param evaluation nothing of a batch that failed. */
  add(task: Task, evaluation: BatchEvaluation | undefined): void {
    this.#waiting.set(task.first, { task, evaluation });
    for (let next = this.#waiting.get(this.#next); next; next = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next);
      this.#next += next.task.productIds.length;
      if (next.evaluation) this.#take(next.task, next.evaluation);
    }
  }

  #take({ origin }: Task, { products, scores, weekScores, coveredCumulative, soldUntil }: BatchEvaluation): void {
    this.soldUntil.set(origin, Math.max(soldUntil, this.soldUntil.get(origin) ?? 0));
    for (const [i, value] of weekScores.entries()) this.weekScores[i]! += value;
    for (const [week, count] of coveredCumulative.entries()) this.coveredCumulative[week]! += count;
    const width = this.#methods * SUMS.length;
    const forecasts = products.map(
      (product, p): EvaluatedForecast => ({ ...product, origin, scores: scores.subarray(p * width, (p + 1) * width) }),
    );
    this.#measured(forecasts);
    for (const { forecasts: _weeks, ...forecast } of forecasts) this.forecasts.push(forecast);
  }
}
