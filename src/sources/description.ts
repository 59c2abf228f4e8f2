import type { AdapterDescription } from "../values/adapter.ts";
import type { LoadedOrders } from "./memory/order-book.ts";
import type { Period, Source, Waits } from "./source.ts";

/** What a kind of source says of itself. */
export type SourceDescription<Settings> = OpenedSource<Settings> | LoadedSource<Settings>;

/** A server: each thread opens a connection of its own. */
export interface OpenedSource<Settings> extends Description<Settings> {
  open(settings: Settings, waits: Waits): Promise<Source>;
}

/** A file or a simulation: its order lines are brought into memory once, which all threads share. */
export interface LoadedSource<Settings> extends Description<Settings> {
  /** @throws SourceError */
  load(settings: Settings, period: Period): Promise<LoadedOrders>;
}

interface Description<Settings> extends AdapterDescription<Settings> {
  /** Whether all its order lines count where the user names no start of the history. */
  readonly countsFromFirstLine?: boolean;
  /** Statements that let the user read all that the queries need. */
  grants?(settings: Settings): string;
}
