import { realpathSync } from "node:fs";
import type { Given } from "../values/given.ts";
import { quoted } from "../values/printable.ts";
import { type Setting, UsageError } from "../values/setting.ts";

/** Folders in which a zone's file is named as the zone, also where they are within another folder. */
const ZONE_FILE = /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/;
/** Name and distance from UTC of a zone without summer time (POSIX, 8.3): west is positive. */
const FIXED = /^(?:[A-Za-z]{3,}|<[\w+-]{3,}>)([+-]?)(\d{1,2})(?::(\d{2}))?(?::00)?$/;
const ZONE_NAME = /^(?:[A-Za-z][\w+/-]*|[+-]\d{2}:\d{2})$/;
const MOST_HOURS = 24;

export const TIME_ZONE = {
  env: "FORECAST_TIMEZONE",
  description: "time zone whose date is today (default: that of TZ, else the machine's)",
  placeholder: "ZONE",
  allowed: "a time zone such as Europe/Berlin or UTC",
  parse: knownZone,
} satisfies Setting<string>;

/** The time zone that decides which day it is, and what named it. */
export interface TimeZone {
  /** As Temporal takes it: of the IANA database, or a distance from UTC such as -05:00. */
  readonly id: string;
  readonly by: string;
}

/** @throws UsageError for a zone that nobody knows: another one would give another day. */
export function timeZone(given: Given, env = process.env): TimeZone {
  const chosen = given.value(TIME_ZONE);
  if (chosen !== undefined) return { id: chosen, by: TIME_ZONE.env };
  if (env.TZ === undefined) return { id: Temporal.Now.timeZoneId(), by: "the machine" };
  const id = zoneOfTz(env.TZ);
  if (id === undefined) {
    throw new UsageError(
      `TZ: ${quoted(env.TZ)} is not allowed; it takes ${TIME_ZONE.allowed}, or one without summer time such as EST5 ` +
        `(${TIME_ZONE.env} goes before it)`,
    );
  }
  return { id, by: "TZ" };
}

/** Today's date as YYYY-MM-DD. */
export function todayIn({ id }: TimeZone): string {
  return Temporal.Now.plainDateISO(id).toString();
}

/**
 * The zone that glibc takes a value of TZ for (tzset(3)), as far as it has a name or a fixed distance from UTC.
 *
 * @returns nothing for what is unknown, where glibc would take UTC without a word.
 */
export function zoneOfTz(value: string): string | undefined {
  const text = value.startsWith(":") ? value.slice(1) : value;
  if (text === "") return "UTC";
  if (text.startsWith("/")) return zoneOfFile(text);
  return knownZone(text) ?? fixedZone(text);
}

function zoneOfFile(file: string): string | undefined {
  try {
    const [, name] = ZONE_FILE.exec(realpathSync(file)) ?? [];
    return name === undefined ? undefined : knownZone(name);
  } catch {
    return undefined;
  }
}

function fixedZone(text: string): string | undefined {
  const [, sign, hours, minutes = "00"] = FIXED.exec(text) ?? [];
  if (hours === undefined || Number(hours) >= MOST_HOURS) return undefined;
  return knownZone(`${sign === "-" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`);
}

function knownZone(name: string): string | undefined {
  // Temporal also takes a time with a zone for the zone.
  if (!ZONE_NAME.test(name)) return undefined;
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}
