import type { BacktestReport, ModelReport } from "../../backtest/report.ts";
import type { Format } from "../format.ts";
import { inProse } from "./methods.ts";

/** How an answer is to be taken: well, with care, badly, or not at all because nothing was found out. */
export type Grade = "good" | "fair" | "poor" | "open";

export interface Answer {
  readonly grade: Grade;
  /** The answer in a few words. */
  readonly short: string;
  readonly sentence: string;
}

/** What planners do without forecasts; the first that was measured is what the forecasts are compared with. */
const REFERENCES = ["mean13", "naive", "mean26", "mean8", "seasonal-naive"];
/** Share of what was sold above which even a better forecast is a rough one. */
const ROUGH = 0.5;
/** A difference in the share of what was sold that nobody would notice is none. */
const MATTERS = 0.005;

/** The forecasts and what they are compared with, as far as they were measured. */
export function compared({ models }: BacktestReport): { auto?: ModelReport; reference?: ModelReport } {
  const modelNamed = (name: string) => models.find(({ model }) => model === name);
  const auto = modelNamed("auto");
  const reference = REFERENCES.map(modelNamed).find((model) => model !== undefined);
  return { ...(auto && { auto }), ...(reference && { reference }) };
}

/** One sentence for somebody who knows nothing of forecasting: whether the forecasts are worth using. */
export function verdict(report: BacktestReport, format: Format): Answer {
  const { auto, reference } = compared(report);
  if (!auto) {
    const sentence = "Methods are compared with each other: what forecast run does (auto) was not measured.";
    return { grade: "open", short: "No verdict", sentence };
  }
  const weeks = `${report.horizon} weeks`;
  const missed = (who: string, share: string) => `over ${weeks} ${who} missed ${share} of what was sold`;
  const [own, others] = [format.share(auto.total_wape), format.share(reference?.total_wape)];
  if (!reference) {
    const sentence = `Nothing was measured beside the forecasts to compare them with (mean13 would do): ${missed("they", own)}.`;
    return { grade: "open", short: "No verdict", sentence };
  }
  const other = inProse(reference.model);
  const numbers = `${missed("they", own)}, it missed ${others}`;
  const outcomes = (["wape", "total_wape"] as const).map((measure) => outcome(report, measure, reference.model));
  const [better, worse] = [outcomes.includes("better"), outcomes.includes("worse")];
  if (better && worse) {
    const [use, leave] =
      outcomes[0] === "better" ? ["single weeks", `totals of ${weeks}`] : [`totals of ${weeks}`, "single weeks"];
    const sentence = `Use them for ${use}; for ${leave} ${other} does better: ${numbers}.`;
    return { grade: "fair", short: "Worth using in part", sentence };
  }
  if (worse) {
    const sentence = `${capital(other)} does better: ${missed("it", others)}, the forecasts missed ${own}.`;
    return { grade: "poor", short: "Not worth using", sentence };
  }
  if (!better) {
    const sentence = `They are no better than ${other}, or not by enough to tell: ${numbers}.`;
    return { grade: "fair", short: "No gain", sentence };
  }
  if ((auto.total_wape ?? 0) > ROUGH) {
    const sentence = `They come closer than ${other}, but are still far off: ${numbers}.`;
    return { grade: "fair", short: "Worth using with care", sentence };
  }
  return { grade: "good", short: "Worth using", sentence: `They come closer than ${other}: ${numbers}.` };
}

type Outcome = "better" | "worse" | "same";

/**
 * Whether `auto` differs from another method by more than chance, as far as its 95 % interval leaves zero out, and by
 * enough to matter.
 */
function outcome({ differences }: BacktestReport, measure: "wape" | "total_wape", other: string): Outcome {
  const between = (model: string, against: string) =>
    differences.find((found) => found.measure === measure && found.model === model && found.against === against);
  const direct = between("auto", other);
  const turned = between(other, "auto");
  if (direct) return outcomeOf(direct);
  return turned ? outcomeOf({ difference: -turned.difference, lower: -turned.upper, upper: -turned.lower }) : "same";
}

function outcomeOf({ difference, lower, upper }: { difference: number; lower: number; upper: number }): Outcome {
  if (upper < 0 && difference <= -MATTERS) return "better";
  return lower > 0 && difference >= MATTERS ? "worse" : "same";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
