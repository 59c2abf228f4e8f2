import { describe, expect, test } from "vitest";
import { weeksOfYears } from "../../src/history/calendar.ts";
import { lastingIndexAt, patternAhead, seasonAt, shiftNow, trustInYears } from "../../src/learning/market-seasons.ts";
import { exp } from "../../src/numeric/elementary.ts";
import { marketWith } from "../parts/pooled.ts";

const HORIZON = 12;
/** A wave of a year's length, the same every year: `week` is counted from the origin. */
const wave = (week: number) => 1 + 0.3 * Math.sin((2 * Math.PI * week * 7) / 365.2425);
const wavesOf = (weeks: number) => marketWith(weeks, (week) => wave(week - weeks));
/** What the wave has been in the last four weeks. */
const NOW = [-4, -3, -2, -1].map(wave).reduce((sum, level) => sum + level, 0) / 4;
/** Weeks all alike, but for a spell of eight weeks that begins so many weeks ago. */
const spellOf = (weeks: number, ago: number, level: number) =>
  marketWith(weeks, (week) => (week >= weeks - ago && week < weeks - ago + 8 ? level : 1));

describe("trust in past years", () => {
  test("is nearly full where they do the same, and more so the more there are", () => {
    expect(trustInYears(wavesOf(110), HORIZON)).toBeGreaterThan(0.85);
    expect(trustInYears(wavesOf(260), HORIZON)).toBeGreaterThan(0.97);
  });

  test("is nearly none where something happened in one of them only", () => {
    expect(trustInYears(spellOf(110, 52, 2.5), HORIZON)).toBeLessThan(0.15);
    expect(trustInYears(spellOf(260, 52, 0.3), HORIZON)).toBeLessThan(0.1);
  });

  test("is what is expected where no two weeks can be compared", () => {
    expect(trustInYears(wavesOf(40), HORIZON)).toBeCloseTo(0.6, 12);
  });
});

describe("the season of all products", () => {
  test("is what past years say, as far as it is trusted", () => {
    const ahead = Array.from({ length: HORIZON }, (_, k) => wave(k)).reduce((sum, level) => sum + level, 0) / HORIZON;
    expect(seasonAt(wavesOf(260), 0, HORIZON, 1)).toBeCloseTo(Math.log(ahead / NOW), 1);
    // Two years, each of which foretells another by a half, foretell it by two thirds.
    expect(seasonAt(wavesOf(110), 0, HORIZON, 0.5)! / seasonAt(wavesOf(110), 0, HORIZON, 1)!).toBeCloseTo(2 / 3, 9);
  });

  test("is the middle of what several years say", () => {
    expect(seasonAt(spellOf(260, 52, 2.5), 0, HORIZON, 1)).toBeCloseTo(0, 9);
  });

  test("of one year or of one of two is not believed where it is out of all proportion", () => {
    for (const weeks of [80, 110]) {
      for (const level of [0.3, 2.5]) expect(seasonAt(spellOf(weeks, 52, level), 0, HORIZON, 1)).toBeCloseTo(0, 9);
    }
  });

  test("is believed out of all proportion where both of two years show it", () => {
    const both = marketWith(110, (week) =>
      spellOf(110, 52, 2.5).index[week] === 2.5 || (week >= 6 && week < 14) ? 2.5 : 1,
    );
    expect(seasonAt(both, 0, HORIZON, 1)).toBeGreaterThan(0.3);
  });

  test("is not known without a past year", () => {
    expect(seasonAt(wavesOf(weeksOfYears(1)), 0, HORIZON, 1)).toBeUndefined();
  });
});

describe("the pattern ahead", () => {
  test("has a mean of one over the first twelve weeks, and says the same of them with any horizon", () => {
    const [short, usual, long] = [4, 12, 26].map((horizon) => patternAhead(wavesOf(260), horizon, 1));
    expect(usual!.reduce((sum, factor) => sum + factor, 0) / HORIZON).toBeCloseTo(1, 12);
    expect(short).toEqual(usual);
    expect(long!.subarray(0, HORIZON)).toEqual(usual);
    expect(long).toHaveLength(26);
  });
});

describe("what all products sell now", () => {
  const spell = (weeks: number, level: number, ended: number) =>
    marketWith(80, (week) => (week < 80 - ended && week >= 80 - ended - weeks ? level : 1));

  test("follows a step up or down from its second week on, and does not last where it is over", () => {
    for (const level of [0.3, 3]) {
      for (const ended of [2, 4, 10, 18]) expect(lastingIndexAt(spell(8, level, ended), 0, 0.6)).toBeCloseTo(0, 9);
      expect(lastingIndexAt(spell(8, level, 0), 0, 0.6)).toBeCloseTo(0.7 * Math.log(level), 9);
      expect(lastingIndexAt(spell(2, level, 0), 0, 0.6)).toBeCloseTo(0.7 * Math.log(level), 9);
    }
  });

  test("is known where the weeks before are of two kinds, and none is near their mean", () => {
    const level = (week: number) => (week % 2 === 0 ? 0.1 : 10);
    expect(lastingIndexAt(marketWith(80, level), 0, 0.6)).not.toBeNaN();
  });

  test("is open after a move out of all proportion, which may last or not", () => {
    for (const [level, weeks] of [
      [3, 2],
      [3, 8],
      [0.3, 8],
    ] as const) {
      const { least, most, ...shift } = shiftNow(spell(weeks, level, 0), 0.6)!;
      expect(shift).toEqual({ weeks, factor: expect.closeTo(level, 9) });
      const expected = level ** 0.7;
      expect([least * expected, most * expected].sort()).toEqual(
        [1, level].sort().map((bound) => expect.closeTo(bound, 9)),
      );
    }
  });

  test("is open as well where the last week alone is back", () => {
    const { least, most, weeks } = shiftNow(spell(8, 3, 1), 0.6)!;
    const expected = exp(lastingIndexAt(spell(8, 3, 1), 0, 0.6));
    expect([weeks, least * expected, most * expected]).toEqual([9, expect.closeTo(1, 9), expect.closeTo(2.5, 9)]);
  });

  test("is as usual after what is over, what is little, what chance explains, and what past years show", () => {
    expect(shiftNow(spell(8, 3, 2), 0.6)).toBeUndefined();
    expect(shiftNow(spell(8, 1.3, 0), 0.6)).toBeUndefined();
    const level = (week: number) => (week >= 76 ? 2 : 1);
    expect(shiftNow(marketWith(80, level, 0.3), 0.6)).toBeDefined();
    expect(shiftNow(marketWith(80, level, 0.4), 0.6)).toBeUndefined();
    const yearly = marketWith(260, (week) => ((260 - week) % 52 <= 8 ? 2 : 1));
    expect(shiftNow(yearly, 1)).toBeUndefined();
  });
});

describe("what lasts of the last weeks", () => {
  test("is most of a movement that no past year explains, and of chance the less, the more there is", () => {
    const risen = (noise: number) =>
      lastingIndexAt(
        marketWith(40, (week) => (week >= 36 ? 1 : 0.5), noise),
        0,
        0,
      );
    expect(risen(0)).toBeCloseTo(0.3 * Math.log(0.5), 9);
    expect(risen(1)).toBeLessThan(risen(0.1));
    expect(risen(1)).toBeGreaterThan(Math.log(0.5));
  });

  test("is all of one that past years show as well", () => {
    expect(lastingIndexAt(wavesOf(260), 0, 1)).toBeCloseTo(Math.log(NOW), 1);
  });
});
