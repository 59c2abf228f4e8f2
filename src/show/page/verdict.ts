import type { BacktestReport, ModelReport } from "../../backtest/report.ts";
import type { Format } from "./format.ts";
import { inProse } from "./method-words.ts";

/** How an answer is to be taken: well, with care, badly, or not at all because nothing was found out. */
export type Grade = "good" | "fair" | "poor" | "open";

export interface Answer {
  readonly grade: Grade;
  /** A few words. */
  readonly short: string;
  readonly sentence: string;
}

/** What planners do without forecasts; the first that was measured is what the forecasts are compared with. */
const REFERENCES = ["mean13", "naive", "mean26", "mean8", "seasonal-naive"];
/** Share of what was sold above which even a better forecast is a rough one. */
const ROUGH = 0.5;

/** The forecasts and what they are compared with, as far as they were measured. */
export function compared({ models }: BacktestReport): { auto?: ModelReport; reference?: ModelReport } {
  const measured = (name: string) => models.find(({ model }) => model === name);
  const auto = measured("auto");
  const reference = REFERENCES.map(measured).find((model) => model !== undefined);
  return { ...(auto && { auto }), ...(reference && { reference }) };
}

/** One sentence for somebody who knows nothing of forecasting: whether the forecasts are worth using. */
export function verdict(report: BacktestReport, format: Format): Answer {
  const { auto, reference } = compared(report);
  const weeks = `${report.horizon} weeks`;
  if (!auto) {
    const sentence = "This page compares methods with each other: what forecast run does (auto) was not measured.";
    return { grade: "open", short: "No verdict", sentence };
  }
  const missed = `the total of ${weeks} was missed by ${format.share(auto.total_wape)} of what was sold`;
  if (!reference) {
    const sentence = `Nothing was measured beside the forecasts to compare them with (mean13 would do): ${missed}.`;
    return { grade: "open", short: "No verdict", sentence };
  }
  const other = inProse(reference.model);
  const against = `${missed}, with ${other} by ${format.share(reference.total_wape)}`;
  const outcomes = (["wape", "total_wape"] as const).map((measure) => outcome(report, measure, reference.model));
  const [better, worse] = [outcomes.includes("better"), outcomes.includes("worse")];
  if (better && worse) {
    const what =
      outcomes[0] === "better"
        ? `single weeks, not for totals of ${weeks}`
        : `totals of ${weeks}, not for single weeks`;
    return { grade: "fair", short: "Worth using in part", sentence: `Use them for ${what}: ${against}.` };
  }
  if (worse) {
    return { grade: "poor", short: "Not worth using", sentence: `${capital(other)} does better: ${against}.` };
  }
  if (!better) {
    const sentence = `They are no better than ${other}, as far as chance lets us see: ${against}.`;
    return { grade: "fair", short: "No gain", sentence };
  }
  if ((auto.total_wape ?? 0) > ROUGH) {
    const sentence = `They are better than ${other}, but still far off: ${against}.`;
    return { grade: "fair", short: "Worth using with care", sentence };
  }
  return { grade: "good", short: "Worth using", sentence: `They come closer than ${other}: ${against}.` };
}

type Outcome = "better" | "worse" | "same";

/** Whether `auto` differs from another method by more than chance: its 95 % interval leaves zero out. */
function outcome({ differences }: BacktestReport, measure: "wape" | "total_wape", other: string): Outcome {
  const found = differences.find(
    (difference) => difference.measure === measure && difference.model === "auto" && difference.against === other,
  );
  const turned = differences.find(
    (difference) => difference.measure === measure && difference.model === other && difference.against === "auto",
  );
  const lower = found?.lower ?? -(turned?.upper ?? 0);
  const upper = found?.upper ?? -(turned?.lower ?? 0);
  return upper < 0 ? "better" : lower > 0 ? "worse" : "same";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
