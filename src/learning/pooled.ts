import { baseOf, type SeasonalPooled } from "../demand/base.ts";
import { levelOf } from "../demand/level.ts";
import { meanWeekOf, type TrainingRow } from "./training-rows.ts";

/** How many weeks with demand the season of all products may count for. */
const SEASON_WEEKS = [4, 8, 16, 32, 64, 128, 1024];
/** Taken where too few rows have a past year to choose by. */
const USUAL_SEASON_WEEKS = 32;
const LEAST_ROWS = 500;

/**
 * How far products' own seasons are to be trusted: what had the least error at past origins that have a past year.
 *
 * @param pooled what is known of all products but this.
 */
export function seasonWeeksOf(rows: readonly TrainingRow[], pooled: Omit<SeasonalPooled, "seasonWeeks">): number {
  const errors = SEASON_WEEKS.map(() => 0);
  let seasonal = 0;
  for (const row of rows) {
    if (row.season.weeks === 0) continue;
    seasonal++;
    const target = meanWeekOf(row);
    const level = levelOf(row, pooled.classLosses[row.demandClass]!);
    for (const [i, seasonWeeks] of SEASON_WEEKS.entries()) {
      const { expected } = baseOf(row, { ...pooled, seasonWeeks }, row.weeksAgo, level);
      errors[i]! += (Math.sqrt(row.activeWeeks) * Math.abs(target - expected)) / level;
    }
  }
  return seasonal < LEAST_ROWS ? USUAL_SEASON_WEEKS : SEASON_WEEKS[errors.indexOf(Math.min(...errors))]!;
}

/** What has been taught elsewhere of a class counts as much as this many of its rows. */
const PRIOR_ROWS = 500;

/**
 * @param prior what has been taught elsewhere.
 * @returns by demand class the relative loss of each running method at past origins of all products.
 */
export function classLossesOf(rows: readonly TrainingRow[], prior: readonly Float64Array[]): Float64Array[] {
  const byClass = prior.map(({ length }) => new Losses(length));
  for (const row of rows) byClass[row.demandClass]!.add(row);
  return byClass.map((losses, index) => losses.shrunkTo(prior[index]!));
}

/** A product whose last year was this much below its mean is measured by a part of the mean. */
const LEAST_OF_MEAN = 0.1;

class Losses {
  readonly #errors: Float64Array;
  #actuals = 0;
  #rows = 0;

  constructor(methods: number) {
    this.#errors = new Float64Array(methods);
  }

  /** Errors count in multiples of what the product sells, by how well that is known. */
  add(row: TrainingRow): void {
    const { levels, mean, mean52, activeWeeks } = row;
    const scale = Math.max(mean52, LEAST_OF_MEAN * mean);
    if (scale === 0) return;
    const target = meanWeekOf(row);
    const weight = Math.sqrt(activeWeeks) / scale;
    for (let m = 0; m < levels.length; m++) this.#errors[m]! += weight * Math.abs(target - levels[m]!);
    this.#actuals += weight * target;
    this.#rows++;
  }

  relative(): Float64Array {
    return this.#errors.map((errors) => (this.#actuals > 0 ? errors / this.#actuals : 1));
  }

  shrunkTo(prior: Float64Array): Float64Array {
    const own = this.relative();
    return prior.map((loss, m) => (this.#rows * own[m]! + PRIOR_ROWS * loss) / (this.#rows + PRIOR_ROWS));
  }
}
