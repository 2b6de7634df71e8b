// A cache with a named bound: what it knows can be looked up again, so a full one begins anew.

/** Puts `value` under `key`; a cache that holds `most` keys already forgets them all first. */
export function keepIn<K, V>(cache: Map<K, V>, key: K, value: V, most: number): void {
  if (cache.size >= most && !cache.has(key)) cache.clear();
  cache.set(key, value);
}
