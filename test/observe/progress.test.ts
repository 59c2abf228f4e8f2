import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Log } from "../../src/observe/log.ts";
import { createProgress } from "../../src/observe/progress.ts";

test("where no bar can be shown, an entry is logged as each hundred is passed, however many come at once", () => {
  const done: unknown[] = [];
  const log = { info: (_message: string, fields: { done: number }) => done.push(fields.done) } as unknown as Log;
  const stream = { isTTY: false } as NodeJS.WriteStream;
  const progress = createProgress(stream, { log, bar: true, unit: "products" });
  progress.start(1000);
  for (const products of [99, 150, 199, 200, 430, 499, 500]) progress.update(products);
  progress.stop();
  expect(done).toEqual([150, 200, 430, 500]);
});

test("a bar says what goes on before the first is done, and has no rate until then", () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  const shown: string[] = [];
  stream.on("data", (chunk: Buffer) => shown.push(`${chunk}`));
  const options = { log: {} as Log, bar: true, unit: "products", before: "learning" };
  const progress = createProgress(stream as unknown as NodeJS.WriteStream, options);
  progress.start(1000);
  expect(shown.join("")).toMatch(/0% \| 0\/1,000 products \| learning/);
  shown.length = 0;
  progress.begin();
  progress.update(500);
  progress.stop();
  expect(shown.join("")).toMatch(/50% \| 500\/1,000 products \| [\d,]+\/s \| \d+ s left/);
  expect(shown.join("")).not.toContain("learning");
});
