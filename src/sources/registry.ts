import { type SettingsOf, settingsOf } from "../values/adapter.ts";
import { CSV_FILE } from "./csv/description.ts";
import { SIMULATION } from "./demo.ts";
import type { LoadedSource, OpenedSource, SourceDescription } from "./description.ts";
import type { Remarks, SharedOrderBook } from "./memory/order-book.ts";
import { MemorySource } from "./memory/source.ts";
import type { Period, Source, Waits } from "./source.ts";
import { SQLITE_FILE } from "./sqlite/description.ts";
import { SQL_SERVER } from "./sqlserver/description.ts";

/** All kinds of sources, by the word that each is chosen by. */
export const SOURCES = { mssql: SQL_SERVER, sqlite: SQLITE_FILE, csv: CSV_FILE, demo: SIMULATION };

export const SETTINGS_OF_SOURCES = settingsOf(SOURCES);

export type SourceSettings = SettingsOf<typeof SOURCES>;

/** What a thread needs to open the source; it can be sent to one. */
export type SourceHandle =
  | Extract<SourceSettings, { kind: OpenedKind }>
  | { readonly kind: "memory"; readonly book: SharedOrderBook };

type OpenedKind = {
  [Kind in keyof typeof SOURCES]: (typeof SOURCES)[Kind] extends OpenedSource<infer _> ? Kind : never;
}[keyof typeof SOURCES];

export interface PreparedSource {
  readonly handle: SourceHandle;
  readonly remarks: Remarks;
}

const NO_REMARKS: Remarks = { said: [], warnings: [] };

/** Does once what all threads share: a file is read into memory, a simulation is made. */
export async function prepareSource(settings: SourceSettings, period: Period): Promise<PreparedSource> {
  if (isOpened(settings)) return { handle: settings, remarks: NO_REMARKS };
  const source = descriptionOf(settings) as LoadedSource<SourceSettings>;
  const { book, remarks = NO_REMARKS } = await source.load(settings, period);
  return { handle: { kind: "memory", book }, remarks };
}

/** Whether each thread opens the source by its settings, so that nothing need be done once for all. */
export function isOpened(settings: SourceSettings): settings is Extract<SourceSettings, { kind: OpenedKind }> {
  return "open" in descriptionOf(settings);
}

/** A source that connects when it is first used. */
export async function openSource(handle: SourceHandle, waits: Waits = () => {}): Promise<Source> {
  return handle.kind === "memory" ? new MemorySource(handle.book) : SOURCES[handle.kind].open(handle, waits);
}

export function descriptionOf({ kind }: SourceSettings): SourceDescription<SourceSettings> {
  return SOURCES[kind] as SourceDescription<SourceSettings>;
}
