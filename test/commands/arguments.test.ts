import { expect, test } from "vitest";
import { flagsOf, strictArguments } from "../../src/commands/arguments.ts";
import { noValue, text } from "../../src/values/kinds.ts";

const WEEKS = { flag: "weeks", description: "", ...text("N") };
const JSON_OUTPUT = { flag: "json", description: "", ...noValue() };
const PRODUCT = { flag: "product", description: "", repeats: true, ...text("ID") };
const DEFINITION = { id: { type: "positional" as const }, ...flagsOf({ Options: [WEEKS, PRODUCT, JSON_OUTPUT] }) };
const strict = (...args: string[]) => strictArguments(args, DEFINITION);

test("flags may stand anywhere, with their value beside them or within", () => {
  for (const args of [
    ["--weeks", "8", "--json", "7"],
    ["7", "--weeks=8", "--json"],
  ]) {
    expect(strict(...args)).toEqual(["--weeks=8", "--json", "--", "7"]);
  }
});

test("a flag that may be repeated gives one list", () => {
  expect(strict("7", "--product", "1", "--json", '--product="a,b",2')).toEqual([
    '--product=1,"a,b",2',
    "--json",
    "--",
    "7",
  ]);
});

test("what is not known, given twice, too much or too little is an error", () => {
  expect(() => strict("7", "--week", "8")).toThrow('unknown option "--week"; did you mean --weeks?');
  expect(() => strict("7", "--weeks=8", "--weeks=9")).toThrow("--weeks is given twice");
  expect(() => strict("7", "--weeks", "--json")).toThrow("--weeks needs a value");
  expect(() => strict("7", "--json=yes")).toThrow("--json takes no value");
  expect(() => strict("galvan", "screw")).toThrow(
    'unexpected word "screw"; several words go in quotes: "galvan screw"',
  );
  expect(() => strict()).toThrow("ID is missing");
});
