import { type Day, dayOf, yearOf } from "./calendar.ts";

/** A feast that moves from year to year. */
export interface Feast {
  readonly name: string;
  /** Its day that is nearest to another, exact to about a day: weeks need no more. */
  nearestTo(day: Day): Day;
}

/** Feasts that move through our calendar by rules of their own; what falls some weeks before or after one moves with it. */
export const FEASTS: readonly Feast[] = [
  { name: "Easter", nearestTo: remembered(nearestOfYears(easter)) },
  { name: "Orthodox Easter", nearestTo: remembered(nearestOfYears(orthodoxEaster)) },
  { name: "end of Ramadan", nearestTo: remembered(nearestEndOfRamadan) },
  {
    name: "Lunar New Year",
    nearestTo: remembered(nearestOfYears((year) => newMoonFrom(dayOf(year, 1, 21), 8 / 24))),
  },
  { name: "Diwali", nearestTo: remembered(nearestOfYears((year) => newMoonFrom(dayOf(year, 10, 15), 5.5 / 24))) },
];

/** The same few days are asked for again with each product. */
function remembered(nearestTo: Feast["nearestTo"]): Feast["nearestTo"] {
  const known = new Map<Day, Day>();
  return (day) => {
    const found = known.get(day) ?? nearestTo(day);
    known.set(day, found);
    return found;
  };
}

function nearestOfYears(dayIn: (year: number) => Day): Feast["nearestTo"] {
  return (day) => {
    const year = yearOf(day);
    return nearest(day, [dayIn(year - 1), dayIn(year), dayIn(year + 1)]);
  };
}

function nearest(day: Day, days: readonly Day[]): Day {
  return days.reduce((best, other) => (Math.abs(other - day) < Math.abs(best - day) ? other : best));
}

/** By Butcher's algorithm (Meeus, Astronomical Algorithms, 1991, chapter 8). */
function easter(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  return dayOf(year, 3, 22) + epact + weekday - 7 * late;
}

/** Days by which the Julian calendar is behind from 1900 to 2099. */
const JULIAN_DELAY = 13;

/** By the algorithm for the Julian calendar (Meeus, 1991, chapter 8). */
function orthodoxEaster(year: number): Day {
  const moon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const sum = moon + weekday + 114;
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1) + JULIAN_DELAY;
}

/** First day of the tabular Islamic calendar, days of thirty of its years, and days of a year up to the end of Ramadan. */
const HIJRA = -492_148;
const DAYS_OF_30_YEARS = 10_631;
const DAYS_UNTIL_SHAWWAL = 266;

/** By the tabular Islamic calendar (Reingold & Dershowitz, Calendrical Calculations, 2018, chapter 7). */
function nearestEndOfRamadan(day: Day): Day {
  const year = Math.floor((30 * (day - HIJRA)) / DAYS_OF_30_YEARS) + 1;
  const dayIn = (of: number) => HIJRA + 354 * (of - 1) + Math.floor((3 + 11 * of) / 30) + DAYS_UNTIL_SHAWWAL;
  return nearest(day, [dayIn(year - 1), dayIn(year), dayIn(year + 1)]);
}

/** A new moon, in days since 1970, and days from one to the next (Meeus, 1991, chapter 49). */
const NEW_MOON = 10_962.59766;
const MONTH = 29.530588861;

/** The day of the first mean new moon from a day on, where the sun is so much of a day ahead of Greenwich. */
function newMoonFrom(day: Day, ahead: number): Day {
  const moon = Math.ceil((day - ahead - NEW_MOON) / MONTH);
  return Math.floor(NEW_MOON + moon * MONTH + ahead);
}
