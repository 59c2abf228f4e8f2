import { expect, test } from "vitest";
import { customerRhythm } from "../../src/customers/rhythm.ts";

const ORIGIN = 1000;
const days = (...before: number[]) =>
  Int32Array.from(
    before.sort((a, b) => b - a),
    (day) => ORIGIN - day,
  );

test("a customer is alive, at risk after twice its interval, and churned after four times", () => {
  const lastOrder = (before: number) => customerRhythm(days(before, before + 30, before + 60), ORIGIN).status;
  expect([1, 60, 61, 120, 121].map(lastOrder)).toEqual(["alive", "alive", "at risk", "at risk", "churned"]);
});

test("the next order is one interval after the last, but never before the origin", () => {
  expect(customerRhythm(days(10, 40, 70), ORIGIN)).toMatchObject({ interval: 30, nextOrder: ORIGIN + 20 });
  expect(customerRhythm(days(45, 75), ORIGIN).nextOrder).toBe(ORIGIN);
  expect(customerRhythm(days(500, 530), ORIGIN)).toMatchObject({ status: "churned", nextOrder: undefined });
});

test("a customer that ordered once is given half a year, and no date", () => {
  expect(customerRhythm(days(182), ORIGIN)).toEqual({ status: "alive", interval: undefined, nextOrder: undefined });
  expect(customerRhythm(days(183), ORIGIN).status).toBe("at risk");
  expect(customerRhythm(days(365), ORIGIN).status).toBe("churned");
});

test("a daily buyer is not at risk after a long weekend", () => {
  expect(customerRhythm(days(4, 5, 6, 7, 8), ORIGIN).status).toBe("alive");
});
