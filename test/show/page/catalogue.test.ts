import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../../src/forecast/document.ts";
import { entryOf } from "../../../src/forecast/product-index.ts";
import { cataloguePage } from "../../../src/show/page/catalogue.ts";
import { inspectPage } from "../../../src/show/page/inspect.ts";
import { barriers, keepPicture, launchBrowser, openPage, SCHEMES, WIDTHS } from "../../parts/browser.ts";
import { readDemand, stepsOf } from "../../parts/drawings.ts";
import { customerOf, DISTINCT, documentOf, GRAMS, NOTES, YEAR } from "../documents.ts";
import { indexOf } from "../entries.ts";

const EVIL = "<script>alert(1)</script>\" onload='x' & </main>";
const MANY = 400;
/** Products that differ, the largest first, then some that are special. */
const DOCUMENTS: ForecastDocument[] = [
  ...Array.from({ length: MANY }, (_, i) =>
    documentOf(
      YEAR.map((quantity) => quantity + i),
      [1000 - i, 900 - i, 1100 - i],
      { product_id: `${i + 1}`, product_name: `Oak chair ${i + 1}` },
    ),
  ),
  { ...DISTINCT, product_id: "9007199254740993", notes: NOTES },
  documentOf([1, 0, 2, 5000, 3], [30, 20, 45], {
    ...{ product_id: "A/1 #?", product_name: EVIL, notes: [NOTES[0]!] },
    customers: Array.from({ length: 10 }, (_, i) => customerOf({ id: `${20054 + i}`, name: EVIL })),
    model_metadata: { ...DISTINCT.model_metadata, forecast_accuracy_estimate: null },
  }),
  { ...GRAMS, product_id: "77", product_name: "Saffron" },
];
const pageOf = async (documents = DOCUMENTS, locale = "en-US") => {
  async function* read() {
    yield* documents;
  }
  return (await cataloguePage(indexOf(documents.map(entryOf)), read(), locale)).join("");
};

let content: string;
let browser: Browser;
beforeAll(async () => {
  [content, browser] = await Promise.all([pageOf(), launchBrowser()]);
});
afterAll(() => browser.close());

async function opened(options?: Parameters<typeof openPage>[3]) {
  const found = await openPage(browser, "catalogue", content, options);
  await found.page.locator("#rows tr").first().waitFor();
  return found;
}

/** Names of the rows in view, from the top. */
const names = (page: Page) => page.locator("#rows .what a").allInnerTexts();
const count = async (page: Page) => (await page.locator("#count").textContent()) ?? "";
const shown = (page: Page) => page.locator("#opened h1").waitFor();

async function openProduct(page: Page, id: string) {
  await page.evaluate(`location.hash = "#p=${encodeURIComponent(id)}"`);
  await page.locator("#opened .under bdi", { hasText: id }).waitFor();
}

test.each(SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width] as const)))(
  "%s, %i pixels: all of it fits, nothing is asked for, nobody is kept out, in the list and in a product",
  async (scheme, width) => {
    const { page, complaints, overflow, background } = await opened({ scheme, width });
    await page.screenshot({ path: `dist/screenshots/catalogue-${scheme}-${width}.png` });
    expect({ complaints, overflow }).toEqual({ complaints: [], overflow: 0 });
    expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(18, 23, 30)");
    expect(await barriers(page)).toEqual([]);
    for (const id of ["9007199254740993", "A/1 #?"]) {
      await openProduct(page, id);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(await barriers(page)).toEqual([]);
    }
    await keepPicture(page, `catalogue-product-${scheme}-${width}`);
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test("a product opens as its own page has it, and is drawn with its document's values", async () => {
  const { page } = await opened();
  const text = (markup: string) =>
    markup
      .replaceAll(/<svg.*?<\/svg>|<[^>]*>/gs, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
  const rounded = (value: number) => Math.round(value * 10) / 10;
  for (const document of [DOCUMENTS[0]!, DOCUMENTS[MANY - 1]!, DOCUMENTS[MANY]!, DOCUMENTS[MANY + 1]!]) {
    await openProduct(page, document.product_id);
    const own = /<main>(.*)<\/main>/s.exec(inspectPage(document, "en-US"))![1]!;
    expect(text(await page.locator("#opened").innerHTML())).toBe(
      text(own)
        .replaceAll("&#38;", "&amp;")
        .replaceAll("&#60;", "&lt;")
        .replaceAll("&#62;", "&gt;")
        .replaceAll("&#34;", '"')
        .replaceAll("&#39;", "'"),
    );
    const drawn = await readDemand(page.locator("#opened svg.drawing").filter({ visible: true }));
    expect(drawn.label).toContain(`sold in each of the last ${document.history.length} weeks`);
    const top = document.history.includes(5000) ? 45 : Number.POSITIVE_INFINITY;
    expect(drawn.sold.map(({ value }) => rounded(value))).toEqual(
      document.history.map((value) => Math.min(value, top)),
    );
    const weeks = document.predictions;
    expect(stepsOf(drawn.expected).map(rounded)).toEqual(weeks.map((week) => week.predicted_quantity));
    expect(stepsOf(drawn.upper).map(rounded)).toEqual(weeks.map((week) => week.confidence_upper));
    expect(stepsOf(drawn.lower).map(rounded)).toEqual(weeks.map((week) => week.confidence_lower));
    const pitch = drawn.sold[1]!.left - drawn.sold[0]!.left;
    expect(drawn.expected[0]!.x).toBeCloseTo(drawn.sold[0]!.left - 0.5 + document.history.length * pitch, 0);
    expect(drawn.expected.at(-1)!.x).toBeCloseTo(drawn.expected[0]!.x + weeks.length * pitch, 0);
  }
  expect(await page.locator("#opened .wide .beyond").innerHTML()).toContain("▲ 5,000");
  await page.close();
});

describe("the list", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await opened());
  });
  afterAll(() => page.close());

  test("has each product's numbers below their names", async () => {
    const headers = await page.locator("#list-table thead th").allInnerTexts();
    await page.fill("[name=search]", "9007199254740993");
    const cells = await page.locator("#rows tr").first().locator("th, td").allInnerTexts();
    expect(headers.map((header, i) => [header, cells[i]?.replaceAll(/\s+/g, " ")])).toEqual([
      ["Product", `${DISTINCT.product_name} 9007199254740993`],
      ["A year sold, and expected", ""],
      ["Expected", "2,602 2,223 – 3,034"],
      ["Accuracy", "81 %"],
      ["Last 12 weeks", "26,186"],
      ["A year ago", "1,706"],
      ["Change", "-90 %"],
      ["Notes", expect.stringContaining("possible stock-out")],
    ]);
    await page.fill("[name=search]", "saffron");
    expect(await page.locator("#rows .total").textContent()).toBe("0.03 0.027 – 0.033");
    await page.fill("[name=search]", "");
  });

  test("is searched by words of id and name, and says how many are left", async () => {
    expect(await count(page)).toBe("403 products");
    await page.fill("[name=search]", "CHAIR oak 39");
    expect(await count(page)).toBe("14 of 403 products");
    expect((await names(page)).slice(0, 2)).toEqual(["Oak chair 39", "Oak chair 139"]);
    await page.fill("[name=search]", "lamp");
    expect(await names(page)).toEqual([]);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByText("403 products", { exact: true }).waitFor();
  });

  test("is chosen from by notes, size and accuracy", async () => {
    await page.getByLabel("stopped").check();
    expect(await names(page)).toEqual([DISTINCT.product_name]);
    await page.getByLabel("new").check();
    expect((await names(page)).toSorted()).toEqual([EVIL, DISTINCT.product_name].toSorted());
    await page.getByLabel("stopped").uncheck();
    await page.getByLabel("new").uncheck();
    await page.selectOption("[name=accuracy]", "unknown");
    expect(await names(page)).toEqual([EVIL]);
    await page.selectOption("[name=accuracy]", "");
    const sizes = ["A", "B", "C"];
    const counts: number[] = [];
    for (const size of sizes) {
      await page.selectOption("[name=size]", size);
      counts.push(Number.parseInt(await count(page), 10));
    }
    expect(counts.reduce((sum, some) => sum + some, 0)).toBe(DOCUMENTS.length);
    await page.selectOption("[name=size]", "A");
    expect((await names(page))[0]).toBe("Oak chair 1");
    await page.selectOption("[name=size]", "");
  });

  test("is sorted by each column in both ways, what is not known last", async () => {
    const first = async () => (await names(page))[0];
    await page.getByRole("button", { name: "Expected" }).click();
    expect(await first()).toBe("Saffron");
    expect(await page.locator("[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    await page.getByRole("button", { name: "Product" }).click();
    expect(await page.locator("[aria-sort]").textContent()).toContain("Product");
    await page.selectOption("[name=sort]", "change down");
    expect(await first()).toBe("Oak chair 1");
    await page.selectOption("[name=sort]", "accuracy down");
    expect(await first()).toBe(DISTINCT.product_name);
    await page.selectOption("[name=sort]", "atStake down");
    expect(await first()).toBe("Oak chair 1");
    await page.selectOption("[name=sort]", "accuracy up");
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    await page.locator("#rows tr", { hasText: "onload" }).waitFor();
    expect((await names(page)).at(-1)).toBe(EVIL);
    await page.selectOption("[name=sort]", "total down");
    await page.evaluate("scrollTo(0, 0)");
  });

  test("has only the rows in view, and comes to its end", async () => {
    expect(await page.locator("#rows tr").count()).toBeLessThan(60);
    expect(await page.locator("#list-table").getAttribute("aria-rowcount")).toBe("404");
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    await page.locator("#rows tr[aria-rowindex='404']").waitFor();
    expect((await names(page)).at(-1)).toBe("Saffron");
    expect(await page.locator("#rows tr").count()).toBeLessThan(60);
    await page.evaluate("scrollTo(0, 0)");
    await page.locator("#rows tr[aria-rowindex='2']").waitFor();
  });
});

test("with keys alone a product opens, the next one follows, and the list is where it was", async () => {
  const { page } = await opened();
  const link = page.getByRole("link", { name: "Oak chair 30", exact: true });
  await link.focus();
  await page.keyboard.press("Enter");
  await shown(page);
  expect(await page.title()).toBe("Oak chair 30: forecast");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Oak chair 30");
  await page.locator("#next").click();
  await page.locator("#opened h1", { hasText: "Oak chair 31" }).waitFor();
  await page.locator("#previous").click();
  await page.locator("#opened h1", { hasText: "Oak chair 30" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#list").waitFor();
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Oak chair 30");
  await page.goBack();
  await shown(page);
  await page.close();
});

test("names are texts, whatever they hold, and no other script than the page's own runs", async () => {
  for (const part of ["<script>alert", "onload='x'"]) expect(content).not.toContain(part);
  const { page, complaints } = await opened();
  await openProduct(page, "A/1 #?");
  expect(await page.locator("#opened h1").textContent()).toBe(EVIL);
  expect(await page.locator("#opened script").count()).toBe(0);
  expect(complaints).toEqual([]);
  const inserted =
    "const s = document.createElement('script'); s.textContent = 'window.hasRun = 1'; document.body.append(s)";
  await page.evaluate(`{ ${inserted} }`);
  expect(await page.evaluate("window.hasRun")).toBeUndefined();
  await page.close();
});

test("on paper the chosen rows follow each other in light colours, without what is clicked", async () => {
  const { page } = await opened({ scheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.locator("#rows tr[aria-rowindex='403']").waitFor();
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  expect(await page.locator("#controls").isVisible()).toBe(false);
  const tops = await page.locator("#rows tr").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
  expect(tops).toHaveLength(403);
  expect(tops.every((top, i) => i === 0 || top > tops[i - 1]!)).toBe(true);
  await page.emulateMedia({ media: "screen" });
  await page.locator("#rows tr[aria-rowindex='403']").waitFor({ state: "detached" });
  await page.close();
});

test("a screen reader finds a search, a table with headed columns and named rows", async () => {
  const { page } = await opened({ width: 375 });
  const tree = await page.locator("main#list").ariaSnapshot();
  expect(tree).toContain('- heading "What is expected to sell" [level=1]');
  expect(tree).toMatch(/- search:[\s\S]*- searchbox "Search"/);
  expect(tree).toMatch(/- table "Products":[\s\S]*- columnheader "Expected/);
  expect(tree).toMatch(/- rowheader "Oak chair 1 1"/);
  await page.close();
});

test("numbers of the list are those of the locale, and a product's drawing has its own", async () => {
  const { page } = await openPage(browser, "catalogue-de", await pageOf(DOCUMENTS.slice(0, 3), "de-DE"));
  await page.locator("#rows tr").first().waitFor();
  expect(await page.locator("#rows .total").first().textContent()).toMatch(/^12\.000\s/);
  await openProduct(page, "1");
  const ticks = await page.locator("#opened .wide [data-part='y-axis tick label'] text").allTextContents();
  expect(ticks).toContain("1.000");
  await page.close();
});

test("a page of 10,000 products has at most 25 MB, were none like another", async () => {
  const random = (most: number) => Math.round(10 * most * Math.random()) / 10;
  const some = Array.from({ length: 500 }, (_, i) =>
    documentOf(
      Array.from({ length: 52 }, () => random(900)),
      [random(900), random(400), 900 + random(900)],
      {
        product_id: `${1e6 + i}`,
        customers: Array.from({ length: 10 }, () =>
          customerOf({ id: `${random(1e6)}`, expected_quantity: random(999) }),
        ),
      },
    ),
  );
  expect((await pageOf(some)).length).toBeLessThan((25e6 / 10_000) * some.length);
});
