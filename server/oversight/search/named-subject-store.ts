// What a ledger entry is about, as people call it, with the page of it: lots, kitchens, cameras, orders, places, people.
import type { NamedSubject } from '../../../views/accounts/ledger-page.tsx';
import { type Lang, localName } from '../../../views/text/texts.ts';
import { orderNumber } from '../../kitchen/order/rectification.ts';
import type { Db } from '../../store/db.ts';

type Row = {
  readonly id: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly more?: string | null;
  readonly page?: number | string | null;
};

type Kind = {
  /** Rows of `id` as the subject has it, after its slash; `@ids` is a JSON list of them. */
  readonly sql: string;
  readonly href: (row: Row) => string | null;
  readonly more?: (row: Row) => string;
};

const among = 'IN (SELECT value FROM json_each(@ids))';
const ofKitchen = (table: string, more: string) =>
  `SELECT x.id, r.name, r.name_en AS nameEn, ${more} AS more, r.id AS page FROM ${table} x JOIN restaurant r ON r.id = x.restaurant_id WHERE x.id ${among}`;
const ofSite = (table: string) =>
  `SELECT x.id, s.name, s.name_en AS nameEn FROM ${table} x JOIN site s ON s.id = x.site_id WHERE x.id ${among}`;
const sites = `SELECT id, name, name_en AS nameEn FROM site WHERE id ${among}`;
const placeHref = ({ id }: Row) => (/^\d{13}$/.test(id) ? `/414/${id}` : null);

/** By what stands before the slash of a subject. */
const kinds: Readonly<Record<string, Kind>> = {
  order: { sql: ofKitchen('rectification_order', 'NULL'), href: ({ id }) => `/orders/${id}`, more: orderSaid },
  flag: { sql: ofKitchen('flag', 'NULL'), href: ({ page }) => `/kitchens/${page}` },
  camera: { sql: ofKitchen('camera', 'x.place'), href: ({ id }) => `/cameras/${id}` },
  restaurant: {
    sql: `SELECT id, name, name_en AS nameEn FROM restaurant WHERE id ${among}`,
    href: ({ id }) => `/kitchens/${id}`,
  },
  site: { sql: sites, href: placeHref },
  day: { sql: sites, href: ({ id }) => `/my/day/${id}` },
  product: {
    sql: `SELECT gtin AS id, name, name_en AS nameEn FROM product WHERE gtin ${among}`,
    href: ({ id }) => `/01/${id}`,
  },
  account: { sql: `SELECT id, name, name_en AS nameEn FROM account WHERE id ${among}`, href: () => null },
  visit: { sql: ofSite('visit'), href: ({ id }) => `/visits/${id}` },
  'visit-order': { sql: ofSite('visit_order'), href: () => null },
  complaint: {
    sql: `SELECT c.public_id AS id, s.name, s.name_en AS nameEn, c.id AS page FROM complaint c LEFT JOIN site s ON s.id = c.site_id WHERE c.public_id ${among}`,
    href: ({ page }) => `/complaints/${page}`,
  },
  // Of the whole city it has the name of its day alone.
  alert: {
    sql: `SELECT a.id, coalesce(s.name, d.name) AS name, coalesce(s.name_en, d.name_en) AS nameEn, a.day AS more FROM sentinel_alert a
      LEFT JOIN site s ON a.scope = 'kitchen' AND s.id = a.subject LEFT JOIN district d ON a.scope = 'district' AND d.id = a.subject
      WHERE a.id ${among}`,
    href: () => '/sentinel',
  },
  'federated-server': {
    sql: `SELECT id, name, name_en AS nameEn FROM federated_server WHERE id ${among}`,
    href: () => '/federation',
  },
  'swept-shop': {
    sql: `SELECT id, name, NULL AS nameEn FROM swept_shop WHERE id ${among}`,
    href: ({ id }) => `/sweep/shops/${id}`,
  },
  street: { sql: `SELECT id, name, NULL AS nameEn FROM street WHERE id ${among}`, href: () => '/sweep' },
  draw: {
    sql: `SELECT id, title AS name, NULL AS nameEn FROM draw WHERE id ${among}`,
    href: ({ id }) => `/draws/${id}`,
  },
  'purchase-order': {
    sql: `SELECT x.id, s.name, s.name_en AS nameEn, '#' || x.id AS more FROM purchase_order x LEFT JOIN site s ON s.id = x.buyer WHERE x.id ${among}`,
    href: () => null,
  },
  notice: {
    sql: `SELECT public_id AS id, title AS name, title_en AS nameEn FROM notice WHERE public_id ${among}`,
    href: () => null,
  },
  district: { sql: `SELECT id, name, name_en AS nameEn FROM district WHERE id ${among}`, href: () => null },
  lot: { sql: lotsBy('l.id', 'l.id'), href: ({ page }) => `/lots/${page}` },
};

function lotsBy(column: string, id: string): string {
  return `SELECT ${id} AS id, p.name, p.name_en AS nameEn, coalesce(l.origin_batch, l.batch, l.serial, l.code) AS more, l.id AS page
    FROM lot l LEFT JOIN product p ON p.id = l.product_id WHERE ${column} ${among}`;
}

function orderSaid({ id }: Row): string {
  return orderNumber(Number(id));
}

/** Subjects without a name are left out. Every kind is asked once, however many entries there are. */
export function namedSubjects(db: Db, subjects: readonly string[], lang: Lang): Map<string, NamedSubject> {
  const found = new Map<string, NamedSubject>();
  for (const [kind, ask] of Object.entries(kinds)) {
    const ids = subjects.filter((each) => each.startsWith(`${kind}/`)).map((each) => each.slice(kind.length + 1));
    for (const row of rowsOf(db, ask.sql, ids)) found.set(`${kind}/${row.id}`, named(row, ask, lang));
  }
  const codes = subjects.filter((each) => each.includes(':') || !each.includes('/'));
  const lot = { sql: '', href: ({ page }: Row) => `/lots/${page}` };
  for (const row of rowsOf(db, lotsBy('l.code', 'l.code'), codes)) found.set(row.id, named(row, lot, lang));
  return found;
}

function rowsOf(db: Db, sql: string, ids: readonly string[]): Row[] {
  return ids.length === 0 ? [] : (db.sqlite.prepare(sql).all({ ids: JSON.stringify(ids) }) as Row[]);
}

function named(row: Row, { href, more }: Kind, lang: Lang): NamedSubject {
  const name = row.name === null ? '' : localName(lang, { name: row.name, nameEn: row.nameEn });
  const said = [name, more?.(row) ?? row.more ?? ''].filter((part) => part !== '').join(' ');
  return { name: said === '' ? row.id : said, href: href(row) };
}
