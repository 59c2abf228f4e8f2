import type { Locator } from "playwright-core";

/** A bar from zero to its value, in units of the axis; edges in pixels. */
export interface Bar {
  readonly value: number;
  readonly left: number;
  readonly right: number;
}

/** A corner of a path: x in pixels, and the value in units of the axis. */
export interface Corner {
  readonly x: number;
  readonly value: number;
}

/** What an axis says of pixels: the value at one, from two of its labels; percent are shares. */
async function scaleOf(drawing: Locator, axis: "x" | "y"): Promise<(pixel: number) => number> {
  const ticks = await drawing.locator(`[data-part="${axis}-axis tick label"] text`).evaluateAll((texts) =>
    texts.map((text) => ({
      at: text.getAttribute("transform")?.match(/-?[\d.]+/g),
      label: text.textContent?.replaceAll(",", "").replace("\u2212", "-") ?? "",
    })),
  );
  const points = ticks.map(({ at, label }) => ({
    pixel: Number(at?.[axis === "x" ? 0 : 1]),
    value: label.endsWith("%") ? Number(label.slice(0, -1)) / 100 : Number(label),
  }));
  const [first, last] = [points[0]!, points.at(-1)!];
  const perPixel = (last.value - first.value) / (last.pixel - first.pixel);
  return (pixel) => first.value + (pixel - first.pixel) * perPixel;
}

const numbers = (text: string | null) => (text?.match(/-?[\d.]+/g) ?? []).map(Number);

async function corners(drawing: Locator, mark: string): Promise<Corner[]> {
  const valueAt = await scaleOf(drawing, "y");
  const path = (await drawing.locator(`.${mark} path`).first().getAttribute("d")) ?? "";
  return [...path.matchAll(/[ML]([\d.-]+),([\d.-]+)/g)].map(
    ([, x, y]): Corner => ({ x: Number(x), value: valueAt(Number(y)) }),
  );
}

/** Reads a drawing of weeks back from its marks, with the labels of its vertical axis as the only scale. */
export async function readDemand(drawing: Locator) {
  const valueAt = await scaleOf(drawing, "y");
  const bars = async (mark: string) => {
    const rects = await drawing
      .locator(`.${mark} rect`)
      .evaluateAll((found) =>
        found.map((rect) => ["x", "y", "width", "height"].map((name) => +rect.getAttribute(name)!)),
      );
    return rects.map(([x, y, width, height]): Bar => {
      const [top, bottom] = [valueAt(y!), valueAt(y! + height!)];
      return { value: Math.abs(top) > Math.abs(bottom) ? top : bottom, left: x!, right: x! + width! };
    });
  };
  const interval = await corners(drawing, "interval");
  return {
    label: await drawing.getAttribute("aria-label"),
    sold: await bars("sold"),
    came: await bars("came"),
    expected: await corners(drawing, "expected"),
    upper: interval.slice(0, interval.length / 2),
    lower: interval.slice(interval.length / 2).reverse(),
  };
}

/** A week is a level line, and there is an upright one between two: what each level line stands for. */
export function stepsOf(path: readonly Corner[]): number[] {
  return path.filter(({ x }, i) => i > 0 && x > path[i - 1]!.x).map(({ value }) => value);
}

/** Values of the corners of a line. */
export async function readLine(drawing: Locator, mark: string): Promise<number[]> {
  return (await corners(drawing, mark)).map(({ value }) => value);
}

/** Values of points along both axes; `y` is not a number where the vertical axis has names. */
export async function readPoints(drawing: Locator, mark: string): Promise<{ x: number; y: number }[]> {
  const [xAt, yAt] = [await scaleOf(drawing, "x"), await scaleOf(drawing, "y")];
  const places = await drawing
    .locator(`.${mark} circle, .${mark} path`)
    .evaluateAll((found) =>
      found.map(
        (point) => point.getAttribute("transform") ?? `${point.getAttribute("cx")},${point.getAttribute("cy")}`,
      ),
    );
  return places.map(numbers).map(([x, y]) => ({ x: xAt(x!), y: yAt(y!) }));
}

/** Values of bars that lie along the horizontal axis. */
export async function readLyingBars(drawing: Locator, mark: string): Promise<number[]> {
  const xAt = await scaleOf(drawing, "x");
  const rects = await drawing
    .locator(`.${mark} rect`)
    .evaluateAll((found) => found.map((rect) => ["x", "width"].map((name) => +rect.getAttribute(name)!)));
  return rects.map(([x, width]) => {
    const [left, right] = [xAt(x!), xAt(x! + width!)];
    return Math.abs(left) > Math.abs(right) ? left : right;
  });
}
