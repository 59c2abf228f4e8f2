import { expect, test } from "vitest";
import { flagsOf } from "../../src/commands/arguments.ts";
import { describe } from "../../src/commands/describe.ts";
import { noValue, text } from "../../src/values/kinds.ts";

test("a command is described with its words, and its flags by heading, switches and help among them", () => {
  const weeks = { flag: "weeks", description: "weeks to forecast", ...text("N") };
  const json = { flag: "json", description: "for programs", ...noValue() };
  const { name, words, groups } = describe({
    meta: { name: "run", description: "" },
    args: {
      id: { type: "positional", description: "the product's id" },
      ...flagsOf({ Forecast: [weeks], Output: [json] }),
    },
  });
  expect(name).toBe("run");
  expect(words).toEqual([{ name: "ID", description: "the product's id" }]);
  const named = [...groups].map(([heading, flags]) => [heading, flags.map((flag) => [flag.name, flag.placeholder])]);
  expect(named).toEqual([
    ["Forecast", [["weeks", "N"]]],
    [
      "Output",
      [
        ["json", undefined],
        ["help", undefined],
      ],
    ],
  ]);
});
