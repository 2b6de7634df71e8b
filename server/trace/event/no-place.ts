// The three places that are no place: their rows come with the schema, and goods there are with nobody.

/** Their site ids. */
export const noPlaces = { unknown: 'unknown', transit: 'transit', process: 'process' } as const;

/** Their keys, as the migration writes them. */
export const noPlaceKeys = { unknown: 1, transit: 2, process: 3 } as const;

const names: ReadonlySet<string> = new Set(Object.values(noPlaces));

export function isNoPlace(siteId: string): boolean {
  return names.has(siteId);
}

// Keys of one number: lot id × 2^21 + site key stays exact up to 2^32 lots.
export const siteKeySpan = 2 ** 21;
