import { expect, test } from "vitest";
import { formatIn, parseLocale } from "../../src/show/format.ts";
import { format as terminal } from "../../src/show/terminal/format.ts";

test.each([
  ["en-US", "1,234.6", "1,235", "99.5", "12 %", "+12 %", "Nov 11, 2025", "Nov 11", "Nov 11, 2025, 6:00 AM"],
  ["de-DE", "1.234,6", "1.235", "99,5", "12\u00a0%", "+12\u00a0%", "11.11.2025", "11. Nov.", "11.11.2025, 06:00"],
])("numbers and dates in %s", (locale, quantity, units, few, share, change, date, shortDate, time) => {
  const format = formatIn(locale);
  expect(format.quantity(1234.56)).toBe(quantity);
  expect(format.units(1234.56)).toBe(units);
  expect(format.units(99.5)).toBe(few);
  expect(format.share(0.123)).toBe(share);
  expect(format.change(0.123)).toBe(change);
  expect(format.date("2025-11-11")).toBe(date);
  expect(format.shortDate("2025-11-11")).toBe(shortDate);
  expect(format.time("2025-11-11T06:00:00Z")).toBe(time);
});

test("where there is no number there is a dash, and no number is minus zero", () => {
  const format = formatIn("en-US");
  for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    expect(format.quantity(nothing)).toBe("–");
  expect([format.quantity(-0.01), format.units(-0), format.share(-0.001), format.change(-0.001)]).toEqual([
    "0.0",
    "0",
    "0 %",
    "0 %",
  ]);
});

test("ticks of an axis have the decimals that they need", () => {
  const format = formatIn("en-US");
  expect([0, 0.5, 1500, 2_500_000].map(format.tick)).toEqual(["0", "0.5", "1,500", "2.5M"]);
});

test("a locale is a language tag of a language that is known", () => {
  expect(["en-US", "de", "pt-BR", "zh-Hant-TW"].map(parseLocale)).toEqual(["en-US", "de", "pt-BR", "zh-Hant-TW"]);
  for (const wrong of ["", "C", "de_DE", "english", "xx-YY", "de-DE;"]) expect(parseLocale(wrong)).toBeUndefined();
});

test("few columns hold a compact number, and a share has a decimal where it needs one", () => {
  const format = formatIn("en-US");
  expect([950, 1450, 12_900_000].map(format.compact)).toEqual(["950", "1.5K", "12.9M"]);
  expect([0.8, 0.785, 1, 0].map(format.exactShare)).toEqual(["80 %", "78.5 %", "100 %", "0 %"]);
});

test("units of a product have the decimals of its orders", () => {
  const format = formatIn("en-US").withDecimals(4);
  expect([0.0025, 1234.5, 0].map(format.quantity)).toEqual(["0.0025", "1,234.5000", "0.0000"]);
  expect([0.0025, 99.5, 1234.5].map(format.units)).toEqual(["0.0025", "99.5", "1,235"]);
  expect([0.0025, 12.25, 1450].map(format.compact)).toEqual(["0.0025", "12.3", "1.5K"]);
  expect([format.exactShare(0.7855), format.decimals(0.00251)]).toEqual(["78.6 %", "0.003"]);
});

test("an average over products is not zero where they sell little", () => {
  const { average } = formatIn("en-US");
  expect([0, 0.00253, 0.05, 1.25, null].map(average)).toEqual(["0.0", "0.0025", "0.1", "1.3", "–"]);
});

test("numbers out of all proportion are short on the terminal, and have all their digits on a page", () => {
  expect([999_999_999_999_999, 1e15, 1.25e300].map(terminal.quantity)).toEqual([
    "999,999,999,999,999.0",
    "1E15",
    "1.3E300",
  ]);
  expect([terminal.count(2e15), terminal.compact(-1e18), terminal.tick(5e300)]).toEqual(["2E15", "-1E18", "5E300"]);
  expect(formatIn("en-US").quantity(1e15)).toBe("1,000,000,000,000,000.0");
});

test("from three times as much on a change says how many times it is", () => {
  const { changeOf } = formatIn("en-US");
  expect([0.5, 1.99, 2, 10.09, -0.4, null].map(changeOf)).toEqual(["+50 %", "+199 %", "×3", "×11", "-40 %", "–"]);
});

test("sentences are English, and so are their numbers and dates", () => {
  const { prose, units } = formatIn("de-DE").withDecimals(3);
  expect([units(1234.5), prose.units(1234.5), prose.units(0.125)]).toEqual(["1.235", "1,235", "0.125"]);
  expect(formatIn("en-GB").prose.date("2025-11-11")).toBe("11 Nov 2025");
});
