// What answers to a few typed letters or a code: lots, kitchens, places and people, each as far as whoever asks may see them.
import { localName, type Texts } from '../../../views/text/texts.ts';
import { type Caller, scopeOf, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { namedThings } from '../../trace/bench/named-thing-store.ts';
import { seesLot } from '../../trace/chain/lot-visibility-store.ts';
import { searchAsked } from '../../trace/lot/asked-lot-store.ts';
import { lotPath } from '../../trace/lot/lot-address.ts';
import { listLots } from '../../trace/lot/lot-list-store.ts';
import { shortOf } from '../../trace/lot/lot-name.ts';
import type { Lot } from '../../trace/lot/lot-store.ts';
import type { LotState } from '../../trace/state/lot-state.ts';
import { lotStatesOf } from '../../trace/state/lot-state-store.ts';

/** So many of each kind; who wants more writes more letters. */
export const mostOfAKind = 10;

export type Found = {
  readonly href: string;
  readonly name: string;
  readonly detail: string | null;
  readonly state?: LotState;
};

type Asking = { readonly deps: Deps; readonly words: Texts; readonly caller: Caller | null; readonly text: string };

/** What a code names: a lot, a product, a place or a box; several meanings are chosen among on a page of their own. */
export function foundByCode({ deps, words, caller, text }: Asking): Found[] {
  const search = searchAsked(deps, text);
  if (search.found === 'one' && search.lot.kind === 'lot') return [foundLot(deps, words, caller, search.lot)];
  if (search.found === 'unsure' || search.found === 'several')
    return [{ href: `/look-up?code=${encodeURIComponent(text)}`, name: text, detail: words.search.unsure }];
  return namedThings(deps, words, text, search).map(({ kind, name, href }) => ({
    href,
    name,
    detail: words.search.named[kind],
  }));
}

/** A part of a product's name, a batch, an origin or a code; only for those who have lots or oversee them. */
export function foundLots({ deps, words, caller, text }: Asking): Found[] {
  if (caller === null || caller.role === 'worker') return [];
  const lots = listLots(deps.db, caller, { q: text, status: '', limit: mostOfAKind, before: undefined });
  const states = lotStatesOf(deps.db, lots, deps.clock());
  return lots.map((lot) => ({ ...foundLot(deps, words, caller, lot), state: states.get(lot.id) ?? 'ok' }));
}

function foundLot({ db, secrets }: Deps, words: Texts, caller: Caller | null, lot: Lot): Found {
  const name = lot.name === null ? words.trace.unnamedProduct : localName(words.lang, { ...lot, name: lot.name });
  const opens = caller !== null && caller.role !== 'worker' && seesLot(db, caller, lot.id);
  return { href: opens ? `/lots/${lot.id}` : lotPath(lot, secrets.linkKey), name, detail: shortOf(lot) };
}

type PlaceRow = {
  readonly id: string;
  readonly kitchen: number | null;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
  readonly closedOn?: string | null;
};

/** Kitchens are public records; who oversees one is led to its own page. */
export function foundKitchens({ deps, words, caller, text }: Asking): Found[] {
  const rows = deps.db.sqlite
    .prepare(
      `SELECT site_id AS id, id AS kitchen, name, name_en AS nameEn, address, address_en AS addressEn, closed_on AS closedOn FROM restaurant
       WHERE ${holds(['name', 'name_en', 'address', 'address_en', 'site_id'])}
         OR id IN (SELECT restaurant_id FROM restaurant_name WHERE ${holds(['name', 'name_en'])}) ORDER BY closed_on IS NOT NULL, name, id LIMIT ${mostOfAKind}`,
    )
    .all({ q: pattern(text) }) as PlaceRow[];
  return rows.map((row) => ({ href: kitchenHref(caller, row), ...placeNamed(words, row) }));
}

function kitchenHref(caller: Caller | null, { id, kitchen }: PlaceRow): string {
  const oversees = caller !== null && ['reviewer', 'inspector', 'admin'].includes(caller.role) && seesSite(caller, id);
  return oversees ? `/kitchens/${kitchen}` : `/records/${encodeURIComponent(id)}`;
}

/** Places of the chain that are no kitchens, for those who work with it; an inspector sees those of the district. */
export function foundPlaces({ deps, words, caller, text }: Asking): Found[] {
  if (caller === null || caller.role === 'worker') return [];
  const rows = deps.db.sqlite
    .prepare(
      `SELECT id, NULL AS kitchen, name, name_en AS nameEn, address, address_en AS addressEn FROM site
       WHERE name IS NOT NULL AND length(id) = 13 AND id NOT IN (SELECT site_id FROM restaurant)
         AND (@all OR id IN (SELECT value FROM json_each(@seen)))
         AND ${holds(['name', 'name_en', 'address', 'address_en', 'id'])} ORDER BY name, id LIMIT ${mostOfAKind}`,
    )
    .all({ q: pattern(text), ...scopeOf(caller) }) as PlaceRow[];
  return rows.map((row) => ({ href: `/414/${row.id}`, ...placeNamed(words, row) }));
}

function placeNamed(words: Texts, row: PlaceRow): Pick<Found, 'name' | 'detail'> {
  const address = row.address === null ? null : localName(words.lang, { name: row.address, nameEn: row.addressEn });
  const closed = row.closedOn == null ? [] : [words.standing.closedOn(row.closedOn)];
  return {
    name: localName(words.lang, row),
    detail: [...closed, ...((address ?? '') ? [address] : [])].join(' · ') || null,
  };
}

/** People have names that only an administrator looks up. */
export function foundPeople({ deps, words, caller, text }: Asking): Found[] {
  if (caller?.role !== 'admin') return [];
  return peopleNamed(deps.db, text).map(({ id, role, ...named }) => ({
    href: `/people/${id}`,
    name: localName(words.lang, named),
    detail: words.common.roles[role],
  }));
}

type PersonRow = {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly role: Caller['role'];
};

function peopleNamed(db: Db, text: string): PersonRow[] {
  return db.sqlite
    .prepare(
      `SELECT id, name, name_en AS nameEn, role FROM account WHERE ${holds(['name', 'name_en', 'login'])}
       ORDER BY name, id LIMIT ${mostOfAKind}`,
    )
    .all({ q: pattern(text) }) as PersonRow[];
}

function holds(columns: readonly string[]): string {
  return `(${columns.map((column) => `${column} LIKE @q ESCAPE '\\'`).join(' OR ')})`;
}

function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
