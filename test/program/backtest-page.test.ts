import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BacktestReport } from "../../src/backtest/report.ts";
import { barriers, keepPicture, launchBrowser, openPage, SCHEMES, WIDTHS } from "../parts/browser.ts";
import { readDemand, readLine, readLyingBars, readPoints, stepsOf } from "../parts/drawings.ts";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN, ON_DENO } from "../parts/program.ts";

interface Row {
  readonly product: string;
  readonly origin: string;
  readonly actual: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

const book = simulatedBook(120);
let folder: Folder;
let browser: Browser;
let args: string[];
let report: BacktestReport;
let rows: Row[];
let content: string;

beforeAll(async () => {
  folder = temporaryFolder();
  browser = await launchBrowser();
  const [html, csv] = [folder.path("report.html"), folder.path("forecasts.csv")];
  const origins = ["--origins", "2", "--as-of", "2025-11-11", "--models", "auto,naive,mean13,tsb"];
  args = ["backtest", "--source", `sqlite:${folder.database(book)}`, ...origins, "--html", html];
  const { exitCode, stdout } = await forecast([...args, "--workers", "2", "--csv", csv, "--json"]);
  expect(exitCode).toBe(0);
  report = JSON.parse(stdout);
  content = readFileSync(html, "utf8");
  rows = readFileSync(csv, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","))
    .filter(([, , , model]) => model === "auto")
    .map(([product, origin, , , actual, mean, lower, upper]) => ({
      product: product!,
      origin: origin!,
      actual: Number(actual),
      mean: Number(mean),
      lower: Number(lower),
      upper: Number(upper),
    }));
});
afterAll(async () => {
  await browser.close();
  folder.remove();
});

test.each(SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width] as const)))(
  "%s, %i pixels: all of it fits, nothing is asked for, and nobody is kept out",
  async (scheme, width) => {
    const { page, complaints, overflow, background } = await openPage(browser, "backtest", content, { scheme, width });
    expect(complaints).toEqual([]);
    expect(overflow).toBe(0);
    expect(await barriers(page)).toEqual([]);
    expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(18, 23, 30)");
    await keepPicture(page, `backtest-${scheme}-${width}`);
    await page.close();
  },
);

test("on paper nothing is cut off or hidden", async () => {
  // The width of A4 without its margins.
  const { page } = await openPage(browser, "backtest", content, { scheme: "dark", width: 680 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  expect(await page.getByRole("table", { name: "All measures" }).boundingBox()).not.toBeNull();
  await page.close();
});

describe.each(WIDTHS)("drawn for %i pixels", (width) => {
  const inPage = async (read: (opened: Awaited<ReturnType<typeof openPage>>["page"]) => Promise<void>) => {
    const { page } = await openPage(browser, "backtest", content, { width });
    await read(page);
    await page.close();
  };
  const auto = ({ models }: { models: BacktestReport["models"] }) => models.find(({ model }) => model === "auto")!;
  const other = ({ models }: { models: BacktestReport["models"] }) => models.find(({ model }) => model === "mean13")!;
  const close = (actual: readonly number[], expected: readonly (number | null)[], digits = 2) => {
    expect(actual).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value!, digits);
  };

  test("the lines have each method's error by week", () =>
    inPage(async (page) => {
      const drawing = page.getByRole("region", { name: "weeks ahead" }).getByRole("img");
      for (const [m, { model }] of report.models.entries()) {
        const drawn = await readLine(drawing, `method-${model}`);
        close(
          drawn,
          report.by_week.map(({ models }) => models[m]!.wape),
        );
      }
    }));

  test("the bars have the gain by class, and the points what was held", () =>
    inPage(async (page) => {
      const bars = page.getByRole("region", { name: "Which products" }).getByRole("img");
      close(
        await readLyingBars(bars, "gain"),
        report.by_class.map((group) => 1 - auto(group).wape! / other(group).wape!),
      );
      const points = page.getByRole("region", { name: "Do the ranges" }).getByRole("img");
      close(
        (await readPoints(points, "weeks")).map(({ x }) => x),
        report.by_class.map((group) => auto(group).coverage),
      );
      close(
        (await readPoints(points, "total")).map(({ x }) => x),
        report.by_class.map((group) => auto(group).total_coverage),
      );
    }));

  test("the points have the accuracy that was stated and that came true", () =>
    inPage(async (page) => {
      const drawing = page.getByRole("region", { name: "stated accuracy" }).getByRole("img");
      const drawn = await readPoints(drawing, "decile");
      close(
        drawn.map(({ x }) => x),
        report.honesty!.deciles.map(({ estimate }) => estimate),
      );
      close(
        drawn.map(({ y }) => y),
        report.honesty!.deciles.map(({ accuracy }) => accuracy),
      );
    }));
});

describe("the best and the worst products", () => {
  const latest = () =>
    Map.groupBy(
      rows.filter(({ origin }) => origin === report.origins[0]),
      ({ product }) => product,
    );
  const soldBy = (weeks: readonly Row[]) => weeks.reduce((total, { actual }) => total + actual, 0);
  const errorOf = (weeks: readonly Row[]) =>
    weeks.reduce((total, { actual, mean }) => total + Math.abs(actual - mean), 0) /
    weeks.reduce((total, { actual }) => total + Math.abs(actual), 0);

  /** By error, of the products that together make up 80 % of all units. */
  const ranked = () => {
    const products = [...latest()].sort(([, a], [, b]) => soldBy(b) - soldBy(a));
    const all = products.reduce((total, [, weeks]) => total + soldBy(weeks), 0);
    let sum = 0;
    const largest = products.filter(([, weeks]) => {
      const needed = sum < 0.8 * all;
      sum += soldBy(weeks);
      return needed;
    });
    return largest.sort(([, a], [, b]) => errorOf(a) - errorOf(b)).map(([product]) => product);
  };

  test("are those with the least and the largest error among the products that matter", async () => {
    const { page } = await openPage(browser, "backtest", content);
    const listed = async (name: string) =>
      page
        .getByRole("region", { name })
        .locator("figcaption")
        .evaluateAll((captions) => captions.map((caption) => caption.textContent));
    const [best, worst] = [await listed("The best"), await listed("The worst")];
    const order = ranked();
    expect(order.length).toBeGreaterThan(20);
    const nameOf = (id: string) => `${book.names.products.get(id)} ${id}`;
    expect(best.map((caption) => caption?.split("\n")[0])).toEqual(order.slice(0, 10).map(nameOf));
    expect(worst.map((caption) => caption?.split("\n")[0])).toEqual(order.slice(-10).reverse().map(nameOf));
    await page.close();
  });

  test("are drawn as they were forecast and as they came", async () => {
    const { page } = await openPage(browser, "backtest", content);
    const drawings = page.getByRole("region", { name: "The worst" }).getByRole("img");
    expect(await drawings.count()).toBe(10);
    const order = ranked().slice(-10).reverse();
    for (const i of [0, 9]) {
      const weeks = latest().get(order[i]!)!;
      const drawn = await readDemand(drawings.nth(i));
      const precision = Math.max(...weeks.map(({ upper, actual }) => Math.max(upper, actual))) / 500;
      const close = (actual: number[], expected: number[]) => {
        expect(actual).toHaveLength(expected.length);
        for (const [k, value] of expected.entries()) expect(Math.abs(actual[k]! - value)).toBeLessThan(precision);
      };
      close(
        drawn.came.map(({ value }) => value),
        weeks.map(({ actual }) => actual),
      );
      close(
        stepsOf(drawn.expected),
        weeks.map(({ mean }) => mean),
      );
      close(
        stepsOf(drawn.upper),
        weeks.map(({ upper }) => upper),
      );
      close(
        stepsOf(drawn.lower),
        weeks.map(({ lower }) => lower),
      );
      expect(drawn.sold.length).toBeGreaterThanOrEqual(12);
    }
    await page.close();
  });
});

test("the page is the same on every runtime, whatever the number of workers", async () => {
  // What differs by design: when, by which build, and by which command it was made.
  const lasting = (html: string) => html.replaceAll(/<dt>(Made|Command)<\/dt><dd>.*?<\/dd>/gs, "");
  const made = await Promise.all(
    [
      { program: ON_BUN, workers: "1" },
      { program: ON_DENO, workers: "3" },
    ].map(async ({ program, workers }) => {
      const file = folder.path(`same-${workers}.html`);
      const { exitCode } = await forecast([...args.slice(0, -1), file, "--workers", workers], { program });
      expect(exitCode).toBe(0);
      return lasting(readFileSync(file, "utf8"));
    }),
  );
  for (const page of made) expect(page).toBe(lasting(content));
});

test("the settings that made it are on the page, the time apart", () => {
  expect(content).toContain("<dt>Past dates</dt><dd>Aug 19, 2025, Jul 22, 2025</dd>");
  expect(content).toContain("<dt>Order lines</dt><dd>a SQLite file</dd>");
  expect(content).toMatch(/<code>forecast backtest --source sqlite:\S+ --origins 2 --as-of 2025-11-11 --models auto,/);
});

test("a locale that is wrong is refused before anything is read", async () => {
  const { exitCode, stderr } = await forecast(["backtest", "--source", "sqlite:missing.sqlite", "--locale", "de_DE"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: --locale: "de_DE" is not allowed; it takes a language tag such as .*\n/);
});
