const WORDS: Readonly<Record<string, string>> = {
  auto: "what forecast run does: the method that did best at the product's own past dates",
  naive: "the last week goes on",
  "seasonal-naive": "the same weeks of last year come again",
  ses: "a weighted mean of all weeks, in which recent weeks count more",
  croston: "the mean size of a sale over the mean time between two sales",
  sba: "as croston, made smaller by what croston is known to be too high",
  tsb: "the mean size of a sale times how likely a sale is; it fades when sales stop",
  adida: "weeks are added up to longer periods before the mean is taken",
  imapa: "the mean of forecasts from weeks added up to periods of several lengths",
  empq: "the mean of the last 13 weeks; its interval is what the last 26 weeks held",
};

/** What a method does, for somebody who has never forecast; nothing for one that is not known. */
export function explained(method: string): string | undefined {
  const weeks = /^mean(\d+)$/.exec(method)?.[1];
  return weeks === undefined ? WORDS[method] : `the mean of the last ${weeks} weeks goes on`;
}
