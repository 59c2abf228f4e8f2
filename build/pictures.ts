// `bun build/pictures.ts`, after `npm run demo`: the pictures in README, of the top of the demo's three pages. Needs chromium.

import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const FOLDER = "build/pictures";
const WIDTH = 880;
/** Pages by the pixels of their top that are shown. */
const PAGES = { product: 690, catalogue: 560, backtest: 530 };

const executablePath = Bun.which("chromium");
if (executablePath === null) {
  console.error("chromium is not on the PATH");
  process.exit(1);
}
mkdirSync(FOLDER, { recursive: true });
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"];
const browser = await chromium.launch({ executablePath, args, headless: false });
for (const [name, height] of Object.entries(PAGES)) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height } });
  await page.goto(`file://${resolve(`dist/demo/${name}.html`)}`, { waitUntil: "networkidle" });
  // Playwright itself makes no WebP, which is a third as large as PNG.
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 85 });
  writeFileSync(`${FOLDER}/${name}.webp`, Buffer.from(data, "base64"));
}
await browser.close();
