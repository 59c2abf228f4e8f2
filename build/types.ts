// Writes types of what is in the cache, in three languages, from build/forecast.schema.json: bun build/types.ts
import { readFileSync, writeFileSync } from "node:fs";

/** The part of JSON Schema that the schema uses. */
interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

type Definitions = Readonly<Record<string, Schema>>;

const HEADER = "Made from build/forecast.schema.json by build/types.ts; quantities are in units of the product.";

/** What a language calls things. */
interface Language {
  readonly reference: (name: string) => string;
  readonly scalars: Readonly<Record<string, string>>;
  readonly list: (item: string) => string;
  readonly union: (types: readonly string[]) => string;
  readonly literal: (value: string | number) => string;
}

/** The files by name below build/examples/, as text. */
export function typesOf(definitions: Definitions): Record<string, string> {
  return {
    "forecast-types.ts": typescript(definitions),
    "forecast_types.py": python(definitions),
    "ForecastTypes.cs": csharp(definitions),
  };
}

function typeOf(schema: Schema, language: Language): string {
  const { $ref, const: only, enum: some, anyOf, oneOf, items, type } = schema;
  if ($ref !== undefined) return language.reference(nameIn($ref));
  if (only !== undefined) return language.literal(only);
  if (some) return language.union(some.map(language.literal));
  const parts = oneOf ?? anyOf;
  if (parts) return language.union(parts.map((part) => typeOf(part, language)));
  if (items) return language.list(typeOf(items, language));
  return language.union([type!].flat().map((name) => language.scalars[name]!));
}

function nameIn($ref: string): string {
  return $ref.slice("#/$defs/".length);
}

function isRequired({ required }: Schema, key: string): boolean {
  return required!.includes(key);
}

function typescript(definitions: Definitions): string {
  const language: Language = {
    reference: (name) => name,
    scalars: { string: "string", number: "number", integer: "number", boolean: "boolean", null: "null" },
    list: (item) => `readonly ${item.includes(" ") ? `(${item})` : item}[]`,
    union: (types) => [...new Set(types)].join(" | "),
    literal: (value) => JSON.stringify(value),
  };
  const blocks = Object.entries(definitions).map(([name, schema]) => {
    const lines = [`/** ${schema.description} */`];
    if (!schema.properties) return [...lines, alias(name, typeOf(schema, language))].join("\n");
    lines.push(`export interface ${name} {`);
    for (const [key, property] of Object.entries(schema.properties)) {
      lines.push(`  /** ${property.description} */`);
      lines.push(`  readonly ${key}${isRequired(schema, key) ? "" : "?"}: ${typeOf(property, language)};`);
    }
    return [...lines, "}"].join("\n");
  });
  return `// ${HEADER}\n\n${blocks.join("\n\n")}\n`;
}

/** As the formatter of this repository breaks it. */
function alias(name: string, type: string): string {
  const line = `export type ${name} = ${type};`;
  return line.length <= 120 ? line : `export type ${name} =\n  | ${type.replaceAll(" | ", "\n  | ")};`;
}

function python(definitions: Definitions): string {
  const language: Language = {
    reference: (name) => name,
    scalars: { string: "str", number: "float", integer: "int", boolean: "bool", null: "None" },
    list: (item) => `list[${item}]`,
    union: (types) => [...new Set(types)].join(" | "),
    literal: (value) => `Literal[${JSON.stringify(value)}]`,
  };
  // Keys such as "from" are words of the language, which only this form of a typed dictionary takes.
  const blocks = Object.entries(definitions).map(([name, schema]) => {
    const lines = [`# ${schema.description}`];
    if (!schema.properties) return [...lines, `${name} = ${typeOf(schema, language)}`].join("\n");
    lines.push(`${name} = TypedDict("${name}", {`);
    for (const [key, property] of Object.entries(schema.properties)) {
      const type = typeOf(property, language);
      lines.push(`    # ${property.description}`);
      lines.push(`    "${key}": ${isRequired(schema, key) ? type : `NotRequired[${type}]`},`);
    }
    return [...lines, "})"].join("\n");
  });
  return `# ${HEADER}\nfrom typing import Literal, NotRequired, TypedDict\n\n${blocks.join("\n\n")}\n`;
}

/** A type of C# has no alternatives: one of several objects becomes an object that has the keys of all of them. */
function csharp(definitions: Definitions): string {
  const isRecord = (name: string) => (definitions[name]!.properties ?? definitions[name]!.oneOf) !== undefined;
  const language: Language = {
    reference: (name) => (isRecord(name) ? name : "string"),
    scalars: { string: "string", number: "double", integer: "long", boolean: "bool", null: "?" },
    list: (item) => `IReadOnlyList<${item}>`,
    union: (types) => [...new Set(types)].sort((a, b) => Number(a === "?") - Number(b === "?")).join(""),
    literal: (value) => (typeof value === "string" ? "string" : "long"),
  };
  const parts = new Set(Object.values(definitions).flatMap(({ oneOf = [] }) => oneOf.map(({ $ref }) => nameIn($ref!))));
  const names = Object.keys(definitions).filter((name) => isRecord(name) && !parts.has(name));
  const blocks = names.map((name) => {
    const { description, properties, required } = withoutAlternatives(definitions[name]!, definitions);
    const lines = [`/// <summary>${escaped(description!)}</summary>`, `public sealed record ${name}`, "{"];
    for (const [key, property] of Object.entries(properties!)) {
      const isThere = required!.includes(key);
      const type = typeOf(property, language);
      const declared = `${isThere ? "required " : ""}${type}${isThere || type.endsWith("?") ? "" : "?"}`;
      const converter = property.$ref === "#/$defs/Id" ? ", JsonConverter(typeof(IdConverter))" : "";
      lines.push(`    /// <summary>${escaped(property.description!)}</summary>`);
      lines.push(`    [JsonPropertyName("${key}")${converter}] public ${declared} ${pascal(key)} { get; init; }`);
    }
    return [...lines, "}"].join("\n");
  });
  return `// ${HEADER}\n${CSHARP_START}\n${blocks.join("\n\n")}\n`;
}

/** One of several objects as an object with all their keys, which says in what kinds each is. */
function withoutAlternatives(schema: Schema, definitions: Definitions): Schema {
  if (!schema.oneOf) return schema;
  const objects = schema.oneOf.map(({ $ref }) => definitions[nameIn($ref!)]!);
  const keys = [...new Set(objects.flatMap(({ properties }) => Object.keys(properties!)))];
  const properties = keys.map((key) => {
    const having = objects.filter((object) => object.properties![key]);
    const kinds = having.map((object) => object.properties!.kind!.const).join(", ");
    const description = having.length === objects.length ? "In all." : `In ${kinds}.`;
    return [key, { ...having[0]!.properties![key]!, description }] as const;
  });
  const required = keys.filter((key) => objects.every((object) => isRequired(object, key)));
  return { ...schema, properties: Object.fromEntries(properties), required };
}

const CSHARP_START = `#nullable enable
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forecasts;

/// <summary>An id with all its digits, whether JSON has it as a number or as a string.</summary>
public sealed class IdConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
`;

function pascal(key: string): string {
  return key.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

if (import.meta.main) {
  const { $defs } = JSON.parse(readFileSync("build/forecast.schema.json", "utf8"));
  for (const [name, text] of Object.entries(typesOf($defs))) writeFileSync(`build/examples/${name}`, text);
}
