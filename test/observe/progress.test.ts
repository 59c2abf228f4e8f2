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
