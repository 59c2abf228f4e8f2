import { parseHTML } from "linkedom";
import { drawing } from "../../../src/show/page/drawing.ts";

/** A drawing as its marks show it, in units of its axes, which are read from their labels. */
export function readDrawing(options: Parameters<typeof drawing>[2]) {
  return readMarkup(drawing("", { width: 760, height: 400 }, options).markup);
}

/** The first drawing in a piece of a page. */
export function readMarkup(markup: string) {
  const { document } = parseHTML(markup.slice(markup.indexOf("<svg"), markup.indexOf("</svg>") + "</svg>".length));
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  const numbers = (text: string | null | undefined) => (text?.match(/-?[\d.]+/g) ?? []).map(Number);
  const axis = (name: "x" | "y") => {
    const [first, last] = [0, -1].map((at) => {
      const label = all(`[data-part="${name}-axis tick label"] text`).at(at);
      const shift = numbers(label?.getAttribute("transform"));
      const percent = label?.textContent?.endsWith("%") ? 100 : 1;
      return { pixel: shift[name === "x" ? 0 : 1]!, value: numbers(label?.textContent)[0]! / percent };
    });
    return (pixel: number) =>
      first!.value + ((pixel - first!.pixel) * (last!.value - first!.value)) / (last!.pixel - first!.pixel);
  };
  const [xAt, yAt] = [axis("x"), axis("y")];
  const attributes = (selector: string, ...names: string[]) =>
    all(selector).map((mark) => names.map((name) => Number(mark.getAttribute(name))));
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    corners: (mark: string) =>
      [...(all(`.${mark} path`)[0]?.getAttribute("d") ?? "").matchAll(/[ML]([\d.-]+),([\d.-]+)/g)].map(([, x, y]) => ({
        pixel: Number(x),
        x: round(xAt(Number(x))),
        y: round(yAt(Number(y))),
      })),
    circles: (mark: string) =>
      attributes(`.${mark} circle`, "cx", "cy").map(([x, y]) => ({ x: round(xAt(x!)), y: round(yAt(y!)) })),
    diamonds: (mark: string) =>
      all(`.${mark} path`).map((path) => round(xAt(numbers(path.getAttribute("transform"))[0]!))),
    upright: (mark: string) => attributes(`.${mark} line`, "x1").map(([x]) => ({ pixel: x!, x: round(xAt(x!)) })),
    bars: (mark: string) =>
      attributes(`.${mark} rect`, "x", "y", "width", "height").map(([x, y, width, height]) => ({
        left: x!,
        from: round(xAt(x!)),
        to: round(xAt(x! + width!)),
        height: round(yAt(y!) - yAt(y! + height!)),
      })),
    fills: (mark: string) => all(`.${mark} rect`).map((bar) => bar.getAttribute("fill")),
  };
}
