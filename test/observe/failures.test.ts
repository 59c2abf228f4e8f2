import { expect, test } from "vitest";
import { FailureLog } from "../../src/observe/failures.ts";
import type { Log } from "../../src/observe/log.ts";

/** What is logged of so many failures where two are told one by one. */
function logged(count: number): string[] {
  const lines: string[] = [];
  const log = { error: (message: string) => lines.push(message) } as unknown as Log;
  const failures = new FailureLog(log, 2);
  for (let i = 1; i <= count; i++) failures.add(`product ${i}`);
  failures.end("failed products");
  return lines;
}

test("the first failures are told one by one, and of the others how many there were", () => {
  expect(logged(1)).toEqual(["product 1"]);
  expect(logged(2)).toEqual(["product 1", "product 2"]);
  expect(logged(5)).toEqual(["product 1", "product 2", "and 3 more failed products"]);
});
