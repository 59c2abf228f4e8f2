import { type SettingsOf, settingsOf } from "../values/adapter.ts";
import type { Cache } from "./cache.ts";
import type { CacheDescription } from "./description.ts";
import { REDIS } from "./redis/description.ts";
import { SQLITE_FILE } from "./sqlite/description.ts";

/** All kinds of caches, by the word that each is chosen by. */
export const CACHES = { redis: REDIS, sqlite: SQLITE_FILE };

export const SETTINGS_OF_CACHES = settingsOf(CACHES);

export type CacheSettings = SettingsOf<typeof CACHES>;

/** A cache that connects when it is first used. */
export function openCache(settings: CacheSettings): Promise<Cache> {
  return (CACHES[settings.kind] as CacheDescription<CacheSettings>).open(settings);
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

/** What tells a cache from any other. */
export function placeOf(settings: CacheSettings): string {
  return `${settings.kind}:${(CACHES[settings.kind] as CacheDescription<CacheSettings>).place(settings)}`;
}
