// Servers of districts: how one is added, how a delivery proves whose it is, and which of its events are about places of another.
import { z } from 'zod';

export const newServerSchema = z.object({
  name: z.string().trim().min(1).max(80),
  nameEn: z.string().trim().max(80).optional(),
  address: z.string().trim().min(1).max(300),
  token: z.string().trim().min(16).max(400),
});
export type NewServer = z.output<typeof newServerSchema>;

/** Whose a place is from now on. */
export const placeSchema = z.object({ site: z.string().min(1).max(200), server: z.coerce.number().int().positive() });

/** Origin alone: a path would be lost. Undefined: no such address. */
export function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isPlain = (url.pathname === '/' || url.pathname === '') && url.search === '' && url.username === '';
  return /^https?:$/.test(url.protocol) && isPlain ? url.origin : undefined;
}

export const deliverySlackMs = 15 * 60_000;

/** `t=…,v1=…` of GS1-Signature; undefined for anything else. */
export function readSignature(header: string): { readonly atMs: number; readonly text: string } | undefined {
  const at = /^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(header)?.[1];
  return at === undefined ? undefined : { atMs: Number(at) * 1_000, text: header };
}

/** `word`: whether it counts where it was said, or is a claim there. */
export type Told = { readonly place: string; readonly places: readonly string[]; readonly word: 'own' | 'claim' };

/**
 * Which events are another's: those that no place vouches for which this server tells of or which nobody told of before.
 * `fresh`: the places it now tells of; a claim makes no place its teller's. An event that names no place takes nothing from anybody.
 */
export function sortTold<T extends Told>(
  told: readonly T[],
  ownerOf: (siteId: string) => number | undefined,
  serverId: number,
): { readonly own: T[]; readonly foreign: T[]; readonly fresh: string[] } {
  const fresh = new Set<string>();
  const isOwn = (site: string) => fresh.has(site) || (ownerOf(site) ?? serverId) === serverId;
  const own: T[] = [];
  const foreign: T[] = [];
  for (const each of told) {
    const mine = each.places.filter(isOwn);
    if (each.places.length > 0 && mine.length === 0) {
      foreign.push(each);
      continue;
    }
    own.push(each);
    const [first] = mine;
    if (each.word === 'own' && first !== undefined && ownerOf(first) === undefined) fresh.add(first);
  }
  return { own, foreign, fresh: [...fresh] };
}
