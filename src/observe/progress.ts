import { Presets, SingleBar } from "cli-progress";
import { COUNT } from "../values/count.ts";
import type { Log } from "./log.ts";

/** Shows how far a run is. */
export interface Progress {
  start(total: number): void;
  /** What goes on before the first is done is over: the rate is that of what comes now. */
  begin(): void;
  update(done: number): void;
  stop(): void;
}

const LINE_EVERY = 100;

export interface ProgressOptions {
  readonly log: Log;
  /** False where programs read the log. */
  readonly bar: boolean;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** What goes on before the first of them is done, where that takes a while. */
  readonly before?: string;
}

const STARTING = "–/s | – left";

/** A bar on a terminal, and an entry of the log every 100 products elsewhere. */
export function createProgress(stream: NodeJS.WriteStream, options: ProgressOptions): Progress {
  const isBar = options.bar && stream.isTTY && process.env.TERM !== "dumb";
  return isBar ? new Bar(stream, options) : new Lines(options.log, options.unit);
}

class Bar implements Progress {
  readonly #bar: SingleBar;
  readonly #before: string;
  #startedAt = 0;

  constructor(stream: NodeJS.WriteStream, { unit, before = STARTING }: ProgressOptions) {
    this.#before = before;
    this.#bar = new SingleBar(
      {
        stream,
        format: `{bar} {percentage}% | {value}/{total} ${unit} | {state}`,
        barsize: 25,
        hideCursor: true,
        gracefulExit: false,
        clearOnComplete: true,
        formatValue: (value, _options, type) =>
          type === "value" || type === "total" ? COUNT.format(value) : String(value),
      },
      Presets.shades_classic,
    );
  }

  start(total: number): void {
    this.#startedAt = performance.now();
    this.#bar.start(total, 0, { state: this.#before });
  }

  begin(): void {
    this.#startedAt = performance.now();
    this.#bar.update(0, { state: STARTING });
  }

  update(done: number): void {
    const rate = done / ((performance.now() - this.#startedAt) / 1000);
    const left = Math.ceil((this.#bar.getTotal() - done) / rate);
    this.#bar.update(done, { state: `${COUNT.format(Math.round(rate))}/s | ${left} s left` });
  }

  stop(): void {
    this.#bar.stop();
  }
}

class Lines implements Progress {
  readonly #log: Log;
  readonly #unit: string;
  #total = 0;
  #startedAt = 0;
  #next = LINE_EVERY;

  constructor(log: Log, unit: string) {
    this.#log = log;
    this.#unit = unit;
  }

  start(total: number): void {
    this.#total = total;
    this.begin();
  }

  begin(): void {
    this.#startedAt = performance.now();
  }

  update(done: number): void {
    if (done < this.#next) return;
    const rate = Math.round(done / ((performance.now() - this.#startedAt) / 1000));
    const total = this.#total;
    const message = `${COUNT.format(done)} of ${COUNT.format(total)} ${this.#unit} (${COUNT.format(rate)} a second)`;
    this.#log.info(message, { done, total });
    this.#next = done - (done % LINE_EVERY) + LINE_EVERY;
  }

  stop(): void {}
}
