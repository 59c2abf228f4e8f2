import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { freshnessOf } from "../../src/job/freshness.ts";

const ORIGIN = parseDay("2025-11-11");
const of = (newest: string, products = 100) => freshnessOf(parseDay(newest), ORIGIN, products, 21);

test("a source seems late after four days without an order, not after a long weekend", () => {
  expect(of("2025-11-10")).toEqual({
    quietDays: 0,
    state: "fresh",
    text: "the newest order line is of 2025-11-10",
  });
  expect(of("2025-11-07")).toMatchObject({ quietDays: 3, state: "fresh" });
  expect(of("2025-11-06")).toEqual({
    quietDays: 4,
    state: "late",
    text: "the newest order line is of 2025-11-06: no product was ordered on the 4 days before 2025-11-11",
  });
});

test("a few products may rest for some days, and none for more than the age that is allowed", () => {
  expect(of("2025-10-21", 99).state).toBe("fresh");
  expect(of("2025-10-21").state).toBe("late");
  expect(of("2025-10-20", 1).state).toBe("too old");
});
