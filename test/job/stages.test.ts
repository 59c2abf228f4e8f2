import { expect, test } from "vitest";
import { StageClock } from "../../src/job/stages.ts";

let now = 0;
const after = (seconds: number) => {
  now += seconds * 1000;
  return "done";
};
const clockAt = (start: number) => {
  now = start;
  return new StageClock(() => now);
};

test("counts what is done under its stage, and what is done under none not at all", () => {
  const clock = clockAt(5000);
  after(1);
  expect(clock.during("parse", () => after(2))).toBe("done");
  after(4);
  clock.during("forecast", () => after(8));
  expect(clock.take()).toEqual({ parse: 2, forecast: 8 });
  expect(clock.take()).toEqual({});
});

test("counts waiting until it ends, well or not", async () => {
  const clock = clockAt(0);
  const answer = Promise.withResolvers<string>();
  const read = clock.during("read", () => answer.promise);
  after(3);
  answer.resolve("rows");
  expect(await read).toBe("rows");
  const refused = clock.during("write", () => Promise.reject(new Error("refused")));
  after(1);
  await expect(refused).rejects.toThrow("refused");
  after(9);
  expect(() => clock.during("parse", () => JSON.parse("{"))).toThrow(SyntaxError);
  after(9);
  expect(clock.take()).toEqual({ read: 3, write: 1, parse: 0 });
});

test("counts each moment once where batches overlap: computing before reading before writing", async () => {
  const clock = clockAt(0);
  const [read, write] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const writing = clock.during("write", () => write.promise);
  after(1);
  const reading = clock.during("read", () => read.promise);
  after(2);
  clock.during("forecast", () => after(4));
  read.resolve();
  await reading;
  after(8);
  write.resolve();
  await writing;
  expect(clock.take()).toEqual({ write: 9, read: 2, forecast: 4 });
});
