// Finds who a notice reaches: the places that answer its criteria, and the people of those places.
import type { PlaceName } from '../../../views/trace/parts.tsx';
import { type Caller, isRegulator, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { balanceOf } from '../../trace/chain/balance-store.ts';
import { knownAmounts } from '../../trace/chain/stock.ts';
import { searchExact } from '../../trace/lot/lot-store.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { productIdOf } from '../../trace/state/finding-rule-store.ts';
import type { Audience, SitesOfGrade } from './audience.ts';

const mostPeople = 100_000;
const mostHoldings = 20_000;
const balancedAtOnce = 500;

export type Reader = {
  readonly accountId: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly role: string;
  /** The first of the places for which it is told; null: told as a person. */
  readonly siteId: string | null;
};

export type Reached = {
  readonly readers: readonly Reader[];
  /** How many places answer, and those of them where nobody can be told. */
  readonly places: number;
  readonly silent: readonly PlaceName[];
};

/** `sender`: sees to it that nobody tells places outside their part of the city; null: the house. */
export function whoIsReached(
  db: Db,
  audience: Audience,
  sender: Caller | null,
  sitesOfGrade: SitesOfGrade | undefined,
): Reached {
  const sites = sitesAsked(db, audience, sitesOfGrade);
  if (sites === undefined) {
    const readers = peopleAsked(db, audience).filter((reader) => mayTell(db, sender, reader.accountId));
    return { readers, places: 0, silent: [] };
  }
  const seen = sender === null || seesAllSites(sender) ? undefined : new Set(sitesSeen(sender));
  const told = seen === undefined ? sites : sites.filter((site) => seen.has(site));
  const readers = peopleOf(db, told, audience.roles);
  const spokenFor = new Set(
    db.sqlite
      .prepare(
        `SELECT DISTINCT x.site_id FROM json_each(?) j CROSS JOIN account_site x ON x.site_id = j.value
           JOIN account a ON a.id = x.account_id
         WHERE a.disabled_at IS NULL AND a.role IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(JSON.stringify(told), JSON.stringify(audience.roles)) as string[],
  );
  const silent = told.filter((site) => !spokenFor.has(site));
  const places = placesOf(db, silent.slice(0, 200));
  return {
    readers,
    places: told.length,
    silent: silent
      .slice(0, 200)
      .map((id) => places.get(id) ?? { id, name: id, nameEn: null, kind: null, address: null, addressEn: null }),
  };
}

/** Sites that answer every criterion about places; undefined: none of the criteria is about places. */
function sitesAsked(db: Db, audience: Audience, sitesOfGrade: SitesOfGrade | undefined): string[] | undefined {
  const { siteKind, district, holds, grade, sites } = audience;
  const lists: (readonly string[])[] = [];
  const ask = (sql: string, value: unknown) => db.sqlite.prepare(sql).pluck().all(value) as string[];
  if (sites !== undefined) lists.push(sites);
  if (siteKind !== undefined) lists.push(ask('SELECT id FROM site WHERE kind = ? ORDER BY id', siteKind));
  if (district !== undefined)
    lists.push(ask('SELECT site_id FROM site_district WHERE district_id = ? ORDER BY site_id', district));
  if (holds !== undefined) lists.push(sitesHolding(db, holds));
  if (grade !== undefined) lists.push(gradedSites(db, grade, sitesOfGrade));
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const sets = others.map((list) => new Set(list));
  return [...new Set(first)].filter((site) => sets.every((set) => set.has(site)));
}

function gradedSites(db: Db, grade: 'A' | 'B' | 'C', sitesOfGrade: SitesOfGrade | undefined): readonly string[] {
  if (sitesOfGrade !== undefined) return sitesOfGrade(db, grade);
  throw new Problem('invalid_input', {
    faults: [{ place: '/to/grade', code: 'no_grades', detail: 'Places are not graded yet; choose them another way.' }],
  });
}

/** Where the lot, or any lot of the product, is now: its books say there is some, or do not say that there is none. */
function sitesHolding(db: Db, code: string): string[] {
  const lots = lotsAsked(db, code);
  const rows = db.sqlite
    .prepare(
      `SELECT h.id, s.id AS siteId FROM json_each(?) j CROSS JOIN holding h ON h.lot_id = j.value JOIN site s ON s.key = h.site_key
       WHERE s.id NOT IN ('unknown', 'transit', 'process') ORDER BY h.id LIMIT ${mostHoldings}`,
    )
    .all(JSON.stringify(lots)) as { id: number; siteId: string }[];
  const found = new Set<string>();
  for (let from = 0; from < rows.length; from += balancedAtOnce) {
    const part = rows.slice(from, from + balancedAtOnce);
    const books = balanceOf(
      db,
      part.map(({ id }) => id),
    );
    for (const { id, siteId } of part) {
      const { onHand } = knownAmounts(books.stockOf(id));
      if (onHand === null || onHand > 1e-6) found.add(siteId);
    }
  }
  return [...found];
}

function lotsAsked(db: Db, code: string): number[] {
  const digits = /^\d{8,14}$/.test(code) ? code.padStart(14, '0') : code;
  const product = productIdOf(db, digits) ?? productIdOf(db, code);
  if (product !== undefined)
    return db.sqlite
      .prepare(`SELECT id FROM lot WHERE product_id = ? ORDER BY id DESC LIMIT ${mostHoldings}`)
      .pluck()
      .all(product) as number[];
  const search = searchExact(db, code);
  if (search.found === 'one') return [search.lot.id];
  if (search.found === 'several') return search.lots.map(({ id }) => id);
  throw new Problem('invalid_input', {
    faults: [
      { place: '/to/holds', code: 'unknown_lot', detail: 'No lot and no product is registered under this code.' },
    ],
  });
}

function peopleOf(db: Db, sites: readonly string[], roles: readonly string[]): Reader[] {
  return db.sqlite
    .prepare(
      `SELECT a.id AS accountId, a.name, a.name_en AS nameEn, a.role, min(x.site_id) AS siteId
       FROM json_each(?) j CROSS JOIN account_site x ON x.site_id = j.value JOIN account a ON a.id = x.account_id
       WHERE a.disabled_at IS NULL AND a.role IN (SELECT value FROM json_each(?)) GROUP BY a.id ORDER BY a.id LIMIT ${mostPeople}`,
    )
    .all(JSON.stringify(sites), JSON.stringify(roles)) as Reader[];
}

/** Named people, whatever their role; else everybody of the roles. */
function peopleAsked(db: Db, { accounts, roles, everyone }: Audience): Reader[] {
  if (accounts === undefined && everyone === undefined) return [];
  return db.sqlite
    .prepare(
      `SELECT id AS accountId, name, name_en AS nameEn, role, NULL AS siteId FROM account
       WHERE disabled_at IS NULL AND CASE WHEN @accounts IS NULL THEN role IN (SELECT value FROM json_each(@roles))
         ELSE id IN (SELECT value FROM json_each(@accounts)) END ORDER BY id LIMIT ${mostPeople}`,
    )
    .all({
      roles: JSON.stringify(roles),
      accounts: accounts === undefined ? null : JSON.stringify(accounts),
    }) as Reader[];
}

/** Who oversees a district tells the people of its places; who oversees the city, and the house, anybody. */
function mayTell(db: Db, sender: Caller | null, accountId: number): boolean {
  if (sender === null || seesAllSites(sender)) return true;
  if (!isRegulator(sender)) return false;
  const sites = db.sqlite.prepare('SELECT site_id FROM account_site WHERE account_id = ?').pluck().all(accountId);
  return (sites as string[]).some((site) => sitesSeen(sender).includes(site));
}
