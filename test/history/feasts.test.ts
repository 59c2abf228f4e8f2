import { expect, test } from "vitest";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import { FEASTS } from "../../src/history/feasts.ts";

/** Dates as published; those of the moon differ by a day from place to place. */
test.each([
  ["Easter", 0, ["2016-03-27", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"]],
  ["Orthodox Easter", 0, ["2016-05-01", "2019-04-28", "2024-05-05", "2025-04-20", "2026-04-12"]],
  ["end of Ramadan", 1, ["2019-06-04", "2022-05-02", "2024-04-10", "2025-03-31", "2026-03-20"]],
  ["Lunar New Year", 1, ["2020-01-25", "2021-02-12", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17"]],
  ["Diwali", 1, ["2021-11-04", "2022-10-24", "2023-11-12", "2024-11-01", "2025-10-21"]],
])("%s falls on its days, to %i days", (name, days, dates) => {
  const feast = FEASTS.find((other) => other.name === name)!;
  for (const date of dates) {
    for (const away of [-100, 0, 100]) {
      const found = feast.nearestTo(parseDay(date) + away);
      expect(Math.abs(found - parseDay(date)), `${formatDay(found)} for ${date}`).toBeLessThanOrEqual(days);
    }
  }
});
