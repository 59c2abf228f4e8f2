import type { AdapterDescription } from "../values/adapter.ts";
import type { Cache } from "./cache.ts";

/** What a kind of cache says of itself. */
export interface CacheDescription<Settings> extends AdapterDescription<Settings> {
  /** What tells the cache from any other: the same for whoever writes to it, without passwords. */
  place(settings: Settings): string;
  /** Whether there is one already, or opening makes it. */
  isThere(settings: Settings): boolean;
  open(settings: Settings): Promise<Cache>;
  /** Settings with which only the cache that is there now can be opened, and none that takes its place. */
  pinned?(settings: Settings): Promise<Settings>;
}
