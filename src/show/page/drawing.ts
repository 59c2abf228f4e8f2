import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { withDecimals } from "../../history/decimals.ts";
import { Html, html } from "./html.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Units of a wide page, and of one read on a phone; the drawing grows and shrinks from there with the page. */
export interface Sizes {
  readonly wide: Size;
  readonly narrow: Size;
}

const FONT_SIZE = "12px";
const { document } = parseHTML("<!doctype html><html></html>");

/**
 * A drawing in both sizes, of which the page's style shows the one that suits.
 *
 * @param label what a screen reader says in place of the drawing.
 */
export function drawings(label: string, { wide, narrow }: Sizes, options: (size: Size) => PlotOptions): Html {
  return html`<div class="wide">${drawing(label, wide, options(wide))}</div>
<div class="narrow">${drawing(label, narrow, options(narrow))}</div>`;
}

/** A drawing as SVG, with coordinates of a hundredth of a pixel. */
export function drawing(label: string, size: Size, options: PlotOptions): Html {
  const style = { fontSize: FONT_SIZE };
  const svg = plot({ ...options, ...size, document, className: "drawing", style });
  // The style that Plot gives to each drawing stands in the page's own style once.
  svg.querySelector("style")?.remove();
  const markup: string = svg.outerHTML;
  return new Html(
    markup
      // Plot labels parts of a drawing in words that say nothing to a listener, and that no role allows.
      .replaceAll(" aria-label=", " data-part=")
      .replaceAll(/<[^>]+>/g, (tag) => tag.replaceAll(/\d+\.\d{3,}/g, (number) => `${withDecimals(Number(number), 2)}`))
      .replace("<svg ", () => html`<svg role="img" aria-label="${label}" `.markup),
  );
}
