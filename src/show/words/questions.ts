import type { BacktestReport } from "../../backtest/report.ts";
import type { Format } from "../format.ts";
import { type Answer, compared } from "./verdict.ts";

export interface Question extends Answer {
  readonly question: string;
}

/** Shares that nobody plans differently for. */
const SMALL = 0.05;
/** An interval that holds more than it promises costs stock, but disappoints nobody. */
const WIDE = 0.1;
/** A rank correlation from which a higher estimate means a better forecast. */
const TELLS_APART = 0.3;

/** What a planner asks next, answered from what was measured of `auto`. */
export function questions(report: BacktestReport, format: Format): Question[] {
  return [leaning(report, format), ranges(report, format), honesty(report, format)].filter(
    (question) => question !== undefined,
  );
}

function leaning(report: BacktestReport, format: Format): Question | undefined {
  const bias = compared(report).auto?.bias;
  if (bias === null || bias === undefined) return undefined;
  const question = "Are they too high or too low?";
  const sentence = `All forecasts together are ${format.share(Math.abs(bias))} ${bias < 0 ? "below" : "above"} what was sold.`;
  if (Math.abs(bias) <= SMALL) return { question, grade: "good", short: "Neither", sentence };
  return { question, grade: "fair", short: bias < 0 ? "Too low" : "Too high", sentence };
}

function ranges({ honesty: found, horizon }: BacktestReport, format: Format): Question | undefined {
  if (!found || found.coverage === null || found.total_coverage === null) return undefined;
  const { promised_coverage: promised, coverage, total_coverage: total } = found;
  const question = "Do the ranges hold what they promise?";
  const sentence =
    `They promise ${format.share(promised)}; ${format.share(coverage)} of the weeks and ${format.share(total)} of ` +
    `the totals of ${horizon} weeks lay within.`;
  if (Math.min(coverage, total) < promised - SMALL) return { question, grade: "poor", short: "Too narrow", sentence };
  // Weeks of whole units with many zeros are held more often than promised by their nature: totals tell.
  if (total > promised + WIDE) return { question, grade: "fair", short: "Wider than needed", sentence };
  return { question, grade: "good", short: "Yes", sentence };
}

function honesty({ honesty: found }: BacktestReport, format: Format): Question | undefined {
  if (!found || found.mean_estimate === null || found.mean_accuracy === null) return undefined;
  const { mean_estimate: stated, mean_accuracy: came, rank_correlation: correlation } = found;
  const question = "Is the accuracy that a forecast states to be believed?";
  const tellsApart = correlation !== null && correlation >= TELLS_APART;
  const sentence =
    `They state ${format.share(stated)} on average, and ${format.share(came)} came true. ` +
    `Forecasts that state more are ${tellsApart ? "indeed" : "hardly"} the better ones.`;
  if (stated - came > SMALL) return { question, grade: "poor", short: "It promises too much", sentence };
  if (came - stated > SMALL) return { question, grade: "fair", short: "It is too modest", sentence };
  return { question, grade: tellsApart ? "good" : "fair", short: tellsApart ? "Yes" : "On average only", sentence };
}
