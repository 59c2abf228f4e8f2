import type { AdapterDescription } from "../values/adapter.ts";
import type { Cache } from "./cache.ts";

/** What a kind of cache says of itself. */
export interface CacheDescription<Settings> extends AdapterDescription<Settings> {
  open(settings: Settings): Promise<Cache>;
}
