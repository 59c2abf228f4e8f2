import { readFileSync } from "node:fs";
import type { Rule } from "./constants.ts";
import { CONSTANTS_OF_LEARNING } from "./constants-of-learning.ts";
import { CONSTANTS_OF_PRODUCTS } from "./constants-of-products.ts";
import type { ExperimentName } from "./experiments.ts";

/** Where a tuned number stands in the source, and what is tried in its stead. */
export interface Place {
  readonly experiment: ExperimentName;
  readonly file: string;
  readonly name: string;
  readonly meaning: string;
  /** Whether it is a seed, which is not tuned but tells what luck alone changes. */
  readonly isLuck: boolean;
  /** The text of the file before the value, and after it. */
  readonly before: string;
  readonly value: string;
  readonly after: string;
  /** Half and twice of the value; without one that would be the value itself. */
  readonly tried: readonly string[];
}

const VALUE = String.raw`(-?\d[\d._]*(?:e-?\d+)?|\[[^\]]*\])`;

/** @returns the places of all tuned constants. @throws Error where one is not found exactly once. */
export function findPlaces(): Place[] {
  const places = [...CONSTANTS_OF_LEARNING, ...CONSTANTS_OF_PRODUCTS].flatMap(({ file, experiment, constants }) => {
    const source = readFileSync(file, "utf8");
    return constants.map(([name, rule, meaning]): Place => {
      const found = [...source.matchAll(patternOf(name))];
      if (found.length !== 1) throw new Error(`${file}: ${name} is found ${found.length} times, not once`);
      const [begin, end] = found[0]!.indices![1]!;
      const value = source.slice(begin, end);
      const tried = typeof rule === "string" ? halfAndTwice(value, rule) : rule;
      return {
        ...{ experiment, file, name, meaning, isLuck: /seed$/i.test(name) },
        ...{ before: source.slice(0, begin), value, after: source.slice(end) },
        tried: tried.filter((other) => other !== value),
      };
    });
  });
  const meanings = new Set(places.map(({ meaning }) => meaning));
  if (meanings.size !== places.length) throw new Error("two constants are said to mean the same");
  return places;
}

function patternOf(name: string): RegExp {
  const [options, entry] = name.split(".");
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return new RegExp(`^(?:export )?const ${name}(?:: \\w+)? = ${VALUE}`, "dgm");
  if (/^[A-Z_]+\.\w+$/.test(name))
    return new RegExp(`^const ${options}(?:: \\w+)? = {[^}]*\\b${entry}: ${VALUE}`, "dgm");
  const text = RegExp.escape(name);
  const number = RegExp.escape("#");
  return new RegExp(text.includes(number) ? text.replace(number, VALUE) : `(${text})`, "dgm");
}

function halfAndTwice(text: string, rule: Rule): [string, string] {
  const value = Number(text.replaceAll("_", ""));
  const written = (number: number) => `${Number(number.toPrecision(6))}`;
  if (rule === "count") return [written(Math.max(1, Math.round(value / 2))), written(2 * value)];
  if (rule === "share") return [written(value / 2), written(Math.min(1, 2 * value))];
  if (rule === "margin") return [written(1 + (value - 1) / 2), written(1 + 2 * (value - 1))];
  return [written(value / 2), written(2 * value)];
}
