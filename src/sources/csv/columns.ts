import { brief } from "../../values/printable.ts";
import { type Column, type ColumnTable, plain } from "./column-names.ts";

export interface Match<Name extends string = Column> {
  /** Where the columns are in a row; optional ones that the file does not have are −1. */
  readonly positions: Readonly<Record<Name, number>>;
  /** Needed columns that were found. */
  readonly found: number;
  /** What is wrong with the file's columns, in one line; nothing where all that are needed are there once. */
  readonly problem: string | undefined;
  /** One line that says which of the file's names stands for which of ours; none where they are the same. */
  readonly said: readonly string[];
}

type Chosen<Name extends string> = Partial<Record<Name, string>>;

/**
 * Finds the columns in the names that a file gives its own: what the user chose, else our own name, else one of the usual
 * ones.
 */
export function matchColumns<Name extends string>(
  header: readonly string[],
  chosen: Chosen<Name>,
  table: ColumnTable<Name>,
): Match<Name> {
  const { columns, needed, hasSettings } = table;
  const names = header.map((name) => name.trim());
  const positions = Object.fromEntries(columns.map((column) => [column, -1])) as Record<Name, number>;
  const problems: string[] = [];
  const missing: string[] = [];
  for (const column of columns) {
    const isWanted = chosen[column] !== undefined || needed.includes(column);
    const taken: number[] = chosen[column] === undefined ? Object.values(positions) : [];
    const ranks = candidates(column, names, chosen, table).map((rank) => rank.filter((at) => !taken.includes(at)));
    const [first, second] = ranks.find((rank) => rank.length > 0) ?? [];
    if (first !== undefined && second === undefined) positions[column] = first;
    else if (!isWanted) continue;
    else if (first === undefined) missing.push(chosen[column] ?? column);
    else problems.push(ambiguity(column, names, first, second!, hasSettings));
  }
  if (missing.length > 0) {
    problems.unshift(
      `no column ${brief(missing.join(", "))}; the file has ${brief(names.join(", "))}` +
        (hasSettings ? " (--csv-columns maps other names, --csv-delimiter names what separates them)" : ""),
    );
  }
  const others = columns.filter((column) => positions[column] >= 0 && names[positions[column]] !== column);
  const said = others.map((column) => `${column} is ${brief(names[positions[column]]!)}`).join(", ");
  return {
    positions,
    found: needed.filter((column) => positions[column] >= 0).length,
    problem: problems[0],
    said: said === "" ? [] : [`columns: ${said}`],
  };
}

/** Positions of columns that may be the one that is asked for, the best rank first. */
function candidates<Name extends string>(
  column: Name,
  names: readonly string[],
  chosen: Chosen<Name>,
  { usualNames }: ColumnTable<Name>,
): number[][] {
  const wanted = chosen[column];
  const at = (test: (name: string) => boolean) => names.flatMap((name, index) => (test(name) ? [index] : []));
  if (wanted !== undefined) {
    const [, number] = /^#(\d+)$/.exec(wanted) ?? [];
    const numbered = number !== undefined && names[Number(number) - 1] !== undefined ? [Number(number) - 1] : [];
    return [at((name) => name === wanted), numbered, at((name) => plain(name) === plain(wanted))];
  }
  const named = (usual: readonly string[]) => {
    const known = new Set(usual.map(plain));
    return at((name) => known.has(plain(name)));
  };
  return [at((name) => name === column), named([column]), ...usualNames[column].map(named)];
}

function ambiguity(
  column: string,
  names: readonly string[],
  first: number,
  second: number,
  hasSettings: boolean,
): string {
  const told = [first, second].map((at) => `"${brief(names[at]!)}" (column ${at + 1})`).join(" and ");
  if (!hasSettings) return `${told} can both be ${column}: rename one, or leave it out`;
  return `${told} can both be ${column}; --csv-columns ${column}=#${first + 1} or ${column}=#${second + 1} says which`;
}
