import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { formatDay } from "../history/calendar.ts";
import type { EvaluatedForecast } from "./summary.ts";

/** A CSV file of forecasts beside what came, written as they are measured. */
export class CsvFile {
  readonly #file: string;
  readonly #methods: readonly string[];
  readonly #stream: WriteStream;
  readonly #written: Promise<void>;

  constructor(file: string, methods: readonly string[]) {
    this.#file = file;
    this.#methods = methods;
    this.#stream = createWriteStream(file);
    this.#written = finished(this.#stream);
    // The error is told by `finish`.
    this.#written.catch(() => {});
    this.#stream.write("product_id,origin,week,model,actual,forecast,lower,upper\n");
  }

  /** @param forecasts with their weeks. */
  add(forecasts: readonly EvaluatedForecast[]): void {
    for (const forecast of forecasts) this.#stream.write(rows(forecast, this.#methods));
  }

  /** @throws Error naming the file when it could not be written. */
  async finish(): Promise<void> {
    this.#stream.end();
    await this.#written.catch((error: Error) => {
      throw new Error(`${this.#file} cannot be written: ${error.message}`, { cause: error });
    });
  }
}

/** One row a week (1 is the first after the origin) and model; bounds are empty where there are none. */
function rows({ productId, origin, forecasts }: EvaluatedForecast, methods: readonly string[]): string {
  const start = `${quoted(productId)},${formatDay(origin)}`;
  let text = "";
  for (const [week, actual] of forecasts!.actual.entries()) {
    for (const [m, { mean, interval }] of forecasts!.methods.entries()) {
      const bounds = `${interval?.lower[week] ?? ""},${interval?.upper[week] ?? ""}`;
      text += `${start},${week + 1},${methods[m]},${actual},${mean[week]},${bounds}\n`;
    }
  }
  return text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
