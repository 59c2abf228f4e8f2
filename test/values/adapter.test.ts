import { expect, test } from "vitest";
import { type AdapterDescription, oneOfAdapters, settingsOf, usagesOf } from "../../src/values/adapter.ts";
import { text } from "../../src/values/kinds.ts";

const setting = (name: { flag: string } | { env: string }) => ({ ...name, description: "", ...text("TEXT") });
const adapter = (description: Partial<AdapterDescription<object>>): AdapterDescription<object> => ({
  words: "",
  settings: [],
  read: () => ({}),
  ...description,
});
const SERVER = adapter({ settings: [setting({ env: "HOST" }), setting({ flag: "tls" })] });
const FILE = adapter({ argument: "FILE", settings: [setting({ flag: "columns" })] });
const ADAPTERS = { server: SERVER, file: FILE };

test("an adapter is chosen by its name, with an argument where it takes one and only there", () => {
  const { parse } = oneOfAdapters(ADAPTERS);
  expect(parse("server")).toEqual({ kind: "server", argument: "" });
  expect(parse("file:a:b")).toEqual({ kind: "file", argument: "a:b" });
  for (const text of ["server:a", "file", "file:", "toString", ""]) expect(parse(text), text).toBeUndefined();
  expect(usagesOf(ADAPTERS)).toBe("server or file:FILE");
});

test("flags of all adapters come before what the environment alone can set", () => {
  expect(settingsOf(ADAPTERS).map(({ flag, env }) => flag ?? env)).toEqual(["tls", "columns", "HOST"]);
});
