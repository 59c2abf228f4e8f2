import { expect, test } from "vitest";
import { entry, listed } from "../../src/values/list.ts";

test("a list has commas between, and what has one itself stands in quotes", () => {
  expect(listed("1,2,3")).toEqual(["1", "2", "3"]);
  expect(listed('"Screw, ""M8""",7 , x"y')).toEqual(['Screw, "M8"', "7 ", ' x"y']);
  for (const text of ["", ",", "1,", ",1", "1,,2", '"1', '"1"2', '""']) expect(listed(text)).toBeUndefined();
});

test("an entry is written so that it is read again", () => {
  for (const text of ["1", "a b", "a,b", 'a"b', '"', "ä,"]) expect(listed(`1,${entry(text)}`)).toEqual(["1", text]);
});
