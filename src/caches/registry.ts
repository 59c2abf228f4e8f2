import { type SettingsOf, settingsOf } from "../values/adapter.ts";
import { type Cache, USUAL_PREFIX } from "./cache.ts";
import type { CacheDescription } from "./description.ts";
import { KEY_PREFIX, PrefixedCache } from "./key-prefix.ts";
import { REDIS } from "./redis/description.ts";
import { SQLITE_FILE } from "./sqlite/description.ts";

/** All kinds of caches, by the word that each is chosen by. */
export const CACHES = { redis: REDIS, sqlite: SQLITE_FILE };

export const SETTINGS_OF_CACHES = [KEY_PREFIX, ...settingsOf(CACHES)];

export type CacheSettings = SettingsOf<typeof CACHES> & {
  /** Before every key; nothing where it is the usual one. */
  readonly keyPrefix?: string | undefined;
};

/** What stands before every key. */
export function prefixOf({ keyPrefix = USUAL_PREFIX }: CacheSettings): string {
  return keyPrefix;
}

/** A cache that connects when it is first used. */
export async function openCache(settings: CacheSettings): Promise<Cache> {
  const cache = await (CACHES[settings.kind] as CacheDescription<CacheSettings>).open(settings);
  const prefix = prefixOf(settings);
  return prefix === USUAL_PREFIX ? cache : new PrefixedCache(cache, prefix);
}

/** For whoever opens later what is there now: the same settings, by which nothing that took its place is opened. */
export async function pinned(settings: CacheSettings): Promise<CacheSettings> {
  const { pinned } = CACHES[settings.kind] as CacheDescription<CacheSettings>;
  return { ...settings, ...(await pinned?.(settings)) };
}

/** Whether there is one already, or opening makes it. */
export function isThere(settings: CacheSettings): boolean {
  return (CACHES[settings.kind] as CacheDescription<CacheSettings>).isThere(settings);
}

/** What tells a cache, or the part of it under a prefix, from any other. */
export function placeOf(settings: CacheSettings): string {
  const place = `${settings.kind}:${(CACHES[settings.kind] as CacheDescription<CacheSettings>).place(settings)}`;
  const prefix = prefixOf(settings);
  return prefix === USUAL_PREFIX ? place : `${place} ${prefix}`;
}
