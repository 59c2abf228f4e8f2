// Checks src/ against the table of rooms in src/README.md, which is the only place where the arrows between rooms stand: who
// imports whom, arrows that nobody uses, circles of files (types count), what a pure room must not touch, and sizes.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const MOST_LINES = 260;
/** tinypool looks for its thread's file in a folder of this name. */
const SINGLE_FILE = "entry";
/** What differs between engines, or is not the same twice. */
const UNEQUAL_MATH = /Math\.(random|exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|tanh|sinh|cosh|hypot|cbrt)\b|\*\*/;

export interface Room {
  /** A folder of src/. */
  readonly name: string;
  /** Rooms that it may import from beside itself; undefined where it may import from all. */
  readonly mayImport: ReadonlySet<string> | undefined;
  /** Whether it has no clock, input, output, environment, nor randomness without a seed. */
  readonly pure: boolean;
}

/** A source file with its path below src/ and what it imports, types and lazy imports too. */
interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** Reads the rows "| `room/` | what it holds | what it may import | pure |" of the table. */
export function roomsIn(readme: string): Room[] {
  return [...readme.matchAll(/^\| `(\w+)\/` +\|[^|\n]*\|([^|\n]*)\|([^|\n]*)\|$/gm)].map(([, name, imports, pure]) => ({
    name: name!,
    mayImport: imports!.trim() === "everything" ? undefined : new Set(imports!.match(/\w+(?=\/)/g)),
    pure: pure!.trim() === "pure",
  }));
}

/** @returns a line for each thing that is not as the table says; none where all is. */
export function problemsIn(folder: string): string[] {
  const rooms = roomsIn(readFileSync(join(folder, "README.md"), "utf8"));
  const files = sourceFiles(folder);
  return [
    ...unknownRooms(rooms, files),
    ...rooms.flatMap((room) => arrowProblems(room, files)),
    ...rooms.filter(({ pure }) => pure).flatMap((room) => impurities(room, files)),
    ...circles(files),
    ...files
      .filter(({ text }) => text.split("\n").length - 1 > MOST_LINES)
      .map(({ path }) => `${path} has more than ${MOST_LINES} lines`),
  ];
}

function sourceFiles(folder: string): SourceFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return paths.sort().map((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    const found = text.matchAll(/(?:\bfrom |\bimport\(|^import )"([^"]+)"/gm);
    return {
      path,
      text,
      imports: Array.from(found, ([, name]) => (name!.startsWith(".") ? join(dirname(path), name!) : name!)),
    };
  });
}

/** The folder of src/ that a file is in, or the file itself where it is in none. */
function roomOf(path: string): string {
  return normalize(path).split("/")[0]!;
}

function unknownRooms(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  const folders = Map.groupBy(
    files.filter(({ path }) => path.includes("/")),
    ({ path }) => roomOf(path),
  );
  return [
    ...[...folders.keys()]
      .filter((folder) => !rooms.some(({ name }) => name === folder))
      .map((folder) => `${folder}/ is in no row of the table`),
    ...rooms.filter(({ name }) => !folders.has(name)).map(({ name }) => `${name}/ is in the table, and is no folder`),
    ...[...folders]
      .filter(([folder, { length }]) => length === 1 && folder !== SINGLE_FILE)
      .map(([folder]) => `${folder}/ has a single file, which needs no folder`),
  ];
}

function arrowProblems({ name, mayImport }: Room, files: readonly SourceFile[]): string[] {
  if (!mayImport) return [];
  const used = new Set<string>();
  const problems: string[] = [];
  for (const { path, imports } of files.filter(({ path }) => roomOf(path) === name)) {
    for (const target of imports.filter((target) => target.endsWith(".ts") && roomOf(target) !== name)) {
      used.add(roomOf(target));
      if (!mayImport.has(roomOf(target))) problems.push(`${path} imports ${target}, which ${name}/ may not`);
    }
  }
  const unused = [...mayImport].filter((room) => !used.has(room));
  return [...problems, ...unused.map((room) => `${name}/ may import ${room}/, and does not`)];
}

function impurities({ name }: Room, files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => roomOf(path) === name)
    .flatMap(({ path, text, imports }) => [
      ...imports
        .filter((target) => !/\.(ts|json)$/.test(target))
        .map((target) => `${path} imports ${target}, and is pure`),
      ...text.split("\n").flatMap((line, i) => {
        const found = /^\s*(\/?\*|\/\/)/.test(line) ? undefined : UNEQUAL_MATH.exec(line)?.[0];
        return found === undefined ? [] : [`${path}:${i + 1} uses ${found}, which is not the same on every engine`];
      }),
    ]);
}

/** Files that import each other in a ring, each ring once. */
function circles(files: readonly SourceFile[]): string[] {
  const importsOf = new Map(
    files.map(({ path, imports }) => [path, imports.filter((target) => target.endsWith(".ts"))]),
  );
  const finished = new Set<string>();
  const problems: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) problems.push(`a ring of imports: ${[...way.slice(way.indexOf(path)), path].join(" → ")}`);
    if (finished.has(path) || way.includes(path)) return;
    for (const target of importsOf.get(path) ?? []) visit(target, [...way, path]);
    finished.add(path);
  };
  for (const { path } of files) visit(path, []);
  return problems;
}

if (import.meta.main) {
  const problems = problemsIn("src");
  for (const problem of problems) console.error(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
