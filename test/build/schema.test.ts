import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import schema from "../../build/forecast.schema.json" with { type: "json" };
import { typesOf } from "../../build/types.ts";
import { serializeDocument } from "../../src/forecast/document.ts";
import { csvOf, type Folder, type Line, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";
import { DISTINCT, EXAMPLE, NOTES } from "../show/documents.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true }).addSchema(schema, "schema");
const validatorOf = (name: keyof typeof schema.$defs) => ajv.getSchema(`schema#/$defs/${name}`)!;
const PLACES = { document: "ForecastDocument", metadata: "RunMetadata", index: "ForecastIndex" } as const;
type Kind = keyof typeof PLACES;

function errorsOf(kind: Kind, value: unknown) {
  const validate = validatorOf(PLACES[kind]);
  return validate(value) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Ids that are no integer, decimals, names, a product without a forecast, and one that is returned as much as sold. */
const LINES: Line[] = [
  ...steadyOrders(["1", "A-17", "9007199254740993"]),
  ...steadyOrders(["grams"]).map(([order, ...line]): Line => [`g${order}`, line[0], line[1], line[2], line[3] / 1000]),
  ...steadyOrders(["back"], "2025-11-11", 4).flatMap(([order, product, customer, date, quantity]): Line[] => [
    [`b${order}`, product, customer, date, quantity],
    [`r${order}`, product, customer, date, -quantity],
  ]),
];

let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(folder.path("orders.csv"), csvOf(orderBook(LINES)));
});
afterAll(() => folder.remove());

/** All that a run leaves, by key. */
async function left(name: string, ...flags: string[]): Promise<Record<string, string>> {
  const cache = folder.path(`${name}.sqlite`);
  const files = ["--source", `csv:${folder.path("orders.csv")}`, "--cache", `sqlite:${cache}`];
  const args = ["run", "--as-of", "2025-11-11", ...files, "--lock-file", folder.path("lock"), ...flags];
  const { exitCode, stderr } = await forecast(args, { program: ON_BUN });
  expect(exitCode, stderr).toBe(0);
  const db = new DatabaseSync(cache, { readOnly: true });
  const rows = db.prepare("SELECT key, value FROM cache").all();
  db.close();
  return Object.fromEntries(rows.map(({ key, value }) => [String(key), String(value)]));
}

function kindOf(key: string): Kind | undefined {
  if (key === "forecast:index") return "index";
  if (/^forecast:metadata:last_(partial_)?run$/.test(key)) return "metadata";
  return key.startsWith("forecast:metadata:") ? undefined : "document";
}

describe("all that a run leaves is as the schema says, with one run_id", () => {
  test.each([
    ["ids as numbers", []],
    ["ids as strings", ["--ids", "string"]],
    ["calendar weeks", ["--week-start", "monday"]],
    ["a run of some products", ["--product", "1", "--weeks", "4"]],
  ])("%s", async (name, flags) => {
    const entries = Object.entries(await left(name, ...flags)).filter(([key]) => kindOf(key) !== undefined);
    const kinds = new Set(entries.map(([key]) => kindOf(key)));
    expect([...kinds].sort()).toEqual(
      flags.includes("--product") ? ["document", "metadata"] : ["document", "index", "metadata"],
    );
    for (const [key, text] of entries) expect([key, errorsOf(kindOf(key)!, JSON.parse(text))]).toEqual([key, []]);
    expect(new Set(entries.map(([, text]) => JSON.parse(text).run_id)).size).toBe(1);
    const ids = entries.flatMap(([, text]) => text.match(/"(product_)?id":("[^"]*"|-?\d+)/g) ?? []);
    expect(ids.length).toBeGreaterThan(1);
    const areStrings = ids.every((id) => id.endsWith('"'));
    expect(areStrings).toBe(flags.includes("string"));
    if (flags.length === 0) expect(entries.map(([, text]) => text).join()).toContain('"product_id":9007199254740993,');
  });

  test("another run has another run_id", async () => {
    const [first, second] = [await left("first"), await left("second")];
    expect(JSON.parse(first["forecast:1"]!).run_id).not.toBe(JSON.parse(second["forecast:1"]!).run_id);
  });
});

test("documents of the demo, which has every class of demand, are as the schema says", () => {
  const { generated_at } = DISTINCT.model_metadata;
  for (const file of ["golden-documents", "golden-small-catalogue"]) {
    const documents = Object.values(JSON.parse(readFileSync(`test/engine/${file}.json`, "utf8"))) as object[];
    expect(documents.length).toBeGreaterThan(4);
    for (const { model_metadata, ...document } of documents as (typeof DISTINCT)[]) {
      const whole = { ...document, model_metadata: { ...model_metadata, generated_at }, run_id: DISTINCT.run_id };
      expect(errorsOf("document", whole)).toEqual([]);
    }
  }
});

/** One that has every key, and every kind of note. */
const FULL = JSON.parse(
  serializeDocument({
    ...EXAMPLE,
    notes: NOTES,
    model_metadata: { ...DISTINCT.model_metadata, quantity_decimals: 4 },
    week_starts_on: "monday",
    predictions: EXAMPLE.predictions.map((week) => ({ ...week, iso_week: "2025-W46" })),
    customers: EXAMPLE.customers.map((customer) => ({ ...customer, quantity_at_stake: 1 })),
  }),
);

test("a document with every key and note is as the schema says", () => {
  expect(errorsOf("document", FULL)).toEqual([]);
  expect(
    errorsOf("document", { ...FULL, model_metadata: { ...FULL.model_metadata, forecast_accuracy_estimate: null } }),
  ).toEqual([]);
});

/** Paths to all objects within a value, but those of the second and later entries of a list. */
function objectsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) => objectsIn(part, [...path, key]));
  return Array.isArray(value) ? inner : [path, ...inner];
}

const at = (value: unknown, path: string[]) =>
  path.reduce((part, key) => (part as Record<string, unknown>)[key], value);

test("a key that is not known or is missing is refused, wherever it is", async () => {
  const optional = new Set([
    "product_name",
    "name",
    "quantity_decimals",
    "quantity_at_stake",
    "customer",
    "iso_week",
    "week_starts_on",
  ]);
  const entries = await left("keys");
  const index = JSON.parse(entries["forecast:index"]!);
  const metadata = JSON.parse(entries["forecast:metadata:last_run"]!);
  expect(metadata.no_forecast_products).toHaveLength(1);
  let changes = 0;
  for (const [kind, whole] of [
    ["document", FULL],
    ["metadata", metadata],
    ["index", index],
  ] as const) {
    for (const path of objectsIn(whole)) {
      const more = structuredClone(whole);
      Object.assign(at(more, path) as object, { unknown: 1 });
      expect([kind, path, errorsOf(kind, more)]).not.toEqual([kind, path, []]);
      for (const key of Object.keys(at(whole, path) as object)) {
        const less = structuredClone(whole);
        delete (at(less, path) as Record<string, unknown>)[key];
        const isOptional =
          optional.has(key) && !(key === "customer" && /yearly|lost/.test(at(less, [...path, "kind"]) as string));
        expect([kind, path, key, errorsOf(kind, less).length === 0]).toEqual([kind, path, key, isOptional]);
        changes++;
      }
    }
  }
  expect(changes).toBeGreaterThan(150);
});

test("every key says what it is, in which unit, and since which version", () => {
  const units = new Set<string>();
  for (const [name, definition] of Object.entries(schema.$defs)) {
    expect(definition.description, name).toMatch(/\.$/);
    if (!("properties" in definition)) continue;
    for (const [key, { description }] of Object.entries(
      definition.properties as Record<string, { description: string }>,
    )) {
      const [, unit] = /^[A-Z1].*\. \((.+); since \d+\.\d+\.\d+\)$/.exec(description) ?? [];
      expect(unit, `${name}.${key}: ${description}`).toBeDefined();
      units.add(unit!);
    }
  }
  expect([...units]).toEqual(
    expect.arrayContaining(["units", "weeks", "seconds", "date, YYYY-MM-DD", "share, 0 to 1"]),
  );
});

test("the types of all languages are what the schema gives: bun build/types.ts writes them", () => {
  for (const [name, text] of Object.entries(typesOf(schema.$defs))) {
    expect(readFileSync(`build/examples/${name}`, "utf8"), name).toBe(text);
  }
});

test("forecast schema prints the schema", async () => {
  const { exitCode, stdout } = await forecast(["schema"], { program: ON_BUN });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(schema);
});
