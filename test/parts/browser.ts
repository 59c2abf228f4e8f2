import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { ROOT } from "./root.ts";

const SCREENSHOTS = join(ROOT, "dist/screenshots");
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"];
export const SCHEMES = ["light", "dark"] as const;
export const WIDTHS = [375, 1280] as const;

export function launchBrowser(): Promise<Browser> {
  const executablePath = Bun.which("chromium");
  if (executablePath === null) throw new Error("chromium is not on the PATH");
  // Playwright's own way of asking for a headless browser is that of another build of Chromium.
  return chromium.launch({ executablePath, args: FLAGS, headless: false });
}

export interface Opened {
  readonly page: Page;
  /** Errors and warnings on the console, errors of the page, and addresses asked for beside the file itself. */
  readonly complaints: string[];
  /** Pixels that the page is wider than the window. */
  readonly overflow: number;
  readonly background: string;
}

/** Opens a page from disk, as a reader's browser does. */
export async function openPage(
  browser: Browser,
  name: string,
  content: string,
  { scheme = "light", width = 1280 }: { scheme?: (typeof SCHEMES)[number]; width?: number } = {},
): Promise<Opened> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const file = join(SCREENSHOTS, `${name}.html`);
  writeFileSync(file, content);
  const phone = width < 500;
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 800 }, isMobile: phone });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (request.url() !== `file://${file}`) complaints.push(request.url());
  });
  await page.goto(`file://${file}`, { waitUntil: "networkidle" });
  const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  return { page, complaints, overflow: Number(overflow), background: String(background) };
}

/** A picture of the whole page among those that CI keeps. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** What keeps readers with a screen reader, a keyboard or weak eyes out, by axe's rules: a line each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
