import { expect, test } from "vitest";
import { timeZone, todayIn, zoneOfTz } from "../../src/settings/time-zone.ts";
import { Given } from "../../src/values/given.ts";

test.each([
  ["Asia/Tokyo", "Asia/Tokyo"],
  [":Asia/Tokyo", "Asia/Tokyo"],
  ["/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"],
  [":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"],
  ["EST5EDT", "EST5EDT"],
  ["EST5", "-05:00"],
  ["UTC0", "+00:00"],
  ["JST-9", "+09:00"],
  ["<+0330>-3:30", "+03:30"],
  ["", "UTC"],
  [":", "UTC"],
])("TZ=%s is taken as the C library takes it", (value, zone) => {
  expect(zoneOfTz(value)).toBe(zone);
});

test.each(["Foo/Bar", "CET-1CEST,M3.5.0,M10.5.0/3", "/no/where", "/etc/passwd", "EST25", "2025-11-11T06:00Z"])(
  "TZ=%s, which the C library would take for UTC or we cannot follow, is refused",
  (value) => {
    expect(zoneOfTz(value)).toBeUndefined();
    expect(() => timeZone(new Given({}, {}), { TZ: value })).toThrow(
      `TZ: "${value}" is not allowed; it takes a time zone such as Europe/Berlin or UTC`,
    );
  },
);

test("FORECAST_TIMEZONE goes before TZ, and that before the machine's", () => {
  const given = new Given({}, { FORECAST_TIMEZONE: "Pacific/Kiritimati" });
  expect(timeZone(given, { TZ: "Foo/Bar" })).toEqual({ id: "Pacific/Kiritimati", by: "FORECAST_TIMEZONE" });
  expect(timeZone(new Given({}, {}), { TZ: "EST5" })).toEqual({ id: "-05:00", by: "TZ" });
  expect(timeZone(new Given({}, {}), {}).by).toBe("the machine");
  expect(() => timeZone(new Given({}, { FORECAST_TIMEZONE: "Berlin" }))).toThrow('FORECAST_TIMEZONE: "Berlin" is not');
});

test("zones a day apart have another today", () => {
  const today = (id: string) => todayIn({ id, by: "" });
  expect(today("Pacific/Kiritimati") > today("Etc/GMT+12")).toBe(true);
});
