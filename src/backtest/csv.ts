import { formatDay } from "../history/calendar.ts";
import type { Evaluation } from "./summary.ts";

const HEADER = "product_id,origin,week,model,actual,forecast,lower,upper";

/** One row a product, origin, week (1 is the first after the origin) and model; bounds are empty where there are none. */
export function* csvRows({ forecasts, methods, horizon }: Evaluation): Generator<string> {
  yield `${HEADER}\n`;
  for (const { productId, origin, forecasts: kept } of forecasts) {
    if (!kept) continue;
    const rows: string[] = [];
    for (let week = 0; week < horizon; week++) {
      for (const [m, { mean, interval }] of kept.methods.entries()) {
        const bounds = [interval?.lower[week] ?? "", interval?.upper[week] ?? ""];
        const cells = [quoted(productId), formatDay(origin), week + 1, methods[m], kept.actual[week], mean[week]];
        rows.push([...cells, ...bounds].join(","));
      }
    }
    yield `${rows.join("\n")}\n`;
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
