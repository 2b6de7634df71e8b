// What a code names that is no lot: a place, a product or a box, with its public page and lots to go on with.

import { localName, type Texts } from '../../../views/text/texts.ts';
import type { NamedThing } from '../../../views/trace/bench/bench-view.ts';
import type { Deps } from '../../deps.ts';
import { publicPlace, publicProduct } from '../diner/public-code-store.ts';
import type { Lot, LotSearch } from '../lot/lot-store.ts';
import { placeAsked, placeScanned } from '../place/asked-place-store.ts';

/** Empty for what names a lot or nothing. */
export function namedThings({ db, clock, secrets }: Deps, words: Texts, code: string, search: LotSearch): NamedThing[] {
  if (search.found === 'one') return boxOf(search.lot);
  if (search.found !== 'unreadable' && search.found !== 'none') return [];
  const gln = search.found === 'none' ? placeScanned(db, code) : placeAsked(db, code);
  const place = gln === undefined ? undefined : publicPlace(db, gln);
  if (gln !== undefined) {
    const name = place?.name == null ? gln : localName(words.lang, { name: place.name, nameEn: place.nameEn });
    return [{ kind: 'place', name, href: `/414/${gln}`, siteId: gln }];
  }
  if (search.found === 'none') return [];
  const { gtin } = search.refusal;
  const product = gtin === undefined ? undefined : publicProduct(db, gtin, secrets.linkKey, clock());
  if (gtin === undefined || product === undefined) return [];
  const { productName: name, productNameEn: nameEn } = product;
  return [
    { kind: 'product', name: name === null ? gtin : localName(words.lang, { name, nameEn }), href: `/01/${gtin}` },
  ];
}

const mostPlaces = 5;

/** Places whose name was typed, whole or in part, in either language; for who works with the chain, not for passers-by. */
export function placesByName({ db }: Pick<Deps, 'db'>, words: Texts, typed: string): NamedThing[] {
  const text = typed.trim();
  if (text.length < 2) return [];
  const rows = db.sqlite
    .prepare(
      `SELECT id, name, name_en AS nameEn FROM site WHERE length(id) = 13 AND name IS NOT NULL
         AND (instr(name, @text) > 0 OR instr(lower(coalesce(name_en, '')), lower(@text)) > 0)
       ORDER BY name <> @text AND lower(coalesce(name_en, '')) <> lower(@text), name, id LIMIT ${mostPlaces}`,
    )
    .all({ text }) as { id: string; name: string; nameEn: string | null }[];
  return rows.map(({ id, ...named }) => ({
    kind: 'called',
    name: localName(words.lang, named),
    href: `/414/${id}`,
    siteId: id,
  }));
}

function boxOf({ kind, code }: Lot): NamedThing[] {
  const sscc = kind === 'container' ? /\/00\/(\d{18})$/.exec(code)?.[1] : undefined;
  return sscc === undefined ? [] : [{ kind: 'container', name: sscc, href: `/00/${sscc}` }];
}
