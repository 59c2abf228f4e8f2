const WORDS = new Map(
  Object.entries({
    auto: "what forecast run does",
    "no-learning": "auto without what the catalogue's own past teaches",
    "no-customers": "auto without what is known of customers",
    "no-combination": "auto built on the mean of 13 weeks alone",
    "boosted-trees": "what the past of all products says of such a one corrects the mean of the methods below",
    naive: "the last week goes on",
    "seasonal-naive": "the same weeks of last year come again",
    ses: "a mean in which recent weeks count more (exponential smoothing)",
    ets: "exponential smoothing, with a trend where there is one",
    theta: "half of it goes on as in recent weeks, half follows the long trend",
    "optimised-theta": "theta, with the weight of the trend fitted to the product",
    "dynamic-theta": "optimised theta, whose trend changes as weeks come in",
    croston: "the mean size of a sale over the mean time between two sales",
    sba: "croston, corrected for being too high",
    tsb: "the mean size of a sale times how likely one is; fades when sales stop",
    adida: "weeks are added up to longer periods, then smoothed",
    imapa: "the mean of adida with periods of several lengths",
    empq: "the mean of 13 weeks, with a range that the last 26 weeks held",
  }),
);

/** What a method does, for somebody who has never forecast; nothing for one that is not known. */
export function explained(method: string): string | undefined {
  const weeks = weeksOfMean(method);
  if (weeks !== undefined) return `the mean of the last ${weeks} weeks goes on`;
  const alpha = /^ses(0\.\d+)$/.exec(method)?.[1];
  if (alpha !== undefined)
    return `a mean in which each week counts ${Math.round(100 * Number(alpha))} % less than the next`;
  return WORDS.get(method);
}

/** Names of methods in what a document says of its model, such as `tsb 60 %, mean13 40 %`. */
export function methodsIn(model: string): string[] {
  return [...new Set(model.split(/[\s,]+/))].filter((word) => explained(word) !== undefined);
}

/** A method within a sentence. */
export function inProse(method: string): string {
  const weeks = weeksOfMean(method);
  if (weeks !== undefined) return `the plain mean of the last ${weeks} weeks`;
  return method === "naive" ? "last week's quantity" : method === "seasonal-naive" ? "last year's weeks" : method;
}

function weeksOfMean(method: string): string | undefined {
  return /^mean(\d+)$/.exec(method)?.[1];
}
