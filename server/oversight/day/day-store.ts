// The questions asked of a shop's day: who answers for it, which days were done, what was written, which were missed.

import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import type { Db } from '../../store/db.ts';
import { type DayAnswer, type DayItem, type DayItemName, dayAfter, type Office, startOf } from './day.ts';
import { factsOfDay } from './day-facts-store.ts';
import type { MorningState } from './morning.ts';

export type Named = { readonly accountId: number; readonly name: string; readonly nameEn: string | null };

/** Who holds each office now; someone who no longer belongs to the shop holds none. */
export function officesOf(db: Db, siteId: string): ReadonlyMap<Office, Named> {
  const rows = db.sqlite
    .prepare(
      `SELECT o.office, a.id AS accountId, a.name, a.name_en AS nameEn FROM day_office o
         JOIN account a ON a.id = o.account_id AND a.disabled_at IS NULL
         JOIN account_site x ON x.account_id = a.id AND x.site_id = o.site_id
       WHERE o.site_id = @siteId AND o.id = (SELECT max(n.id) FROM day_office n WHERE n.site_id = @siteId AND n.office = o.office)`,
    )
    .all({ siteId }) as (Named & { office: Office })[];
  return new Map(rows.map(({ office, ...named }) => [office, named]));
}

/** Who may be named: the people of the shop. */
export function peopleOfSite(db: Db, siteId: string): Named[] {
  return db.sqlite
    .prepare(
      `SELECT a.id AS accountId, a.name, a.name_en AS nameEn FROM account_site x JOIN account a ON a.id = x.account_id
       WHERE x.site_id = ? AND a.disabled_at IS NULL AND a.role = 'owner' ORDER BY a.id LIMIT 200`,
    )
    .all(siteId) as Named[];
}

/** The first day a shop had an officer: days before it are nobody's gap. */
export function firstDay(db: Db, siteId: string): string | undefined {
  const at = db.sqlite
    .prepare("SELECT min(at) FROM day_office WHERE site_id = ? AND office = 'officer'")
    .pluck()
    .get(siteId) as number | null;
  return at === null ? undefined : beijingDay(at);
}

export type DayCheck = {
  readonly id: number;
  readonly day: string;
  readonly state: 'done' | 'closed';
  readonly by: string;
  readonly byEn: string | null;
  readonly at: number;
};

export function checksOf(db: Db, siteId: string, from: string, until: string): DayCheck[] {
  return db.sqlite
    .prepare(
      `SELECT c.id, c.day, c.state, a.name AS by, a.name_en AS byEn, c.at FROM day_check c JOIN account a ON a.id = c.account_id
       WHERE c.site_id = ? AND c.day BETWEEN ? AND ? ORDER BY c.day LIMIT 400`,
    )
    .all(siteId, from, until) as DayCheck[];
}

export type KeptLine = {
  readonly checkId: number;
  readonly item: DayItemName;
  readonly answer: DayAnswer;
  readonly words: string | null;
  readonly values: Readonly<Record<string, number>>;
  readonly at: number;
};

export function linesOfChecks(db: Db, checkIds: readonly number[]): KeptLine[] {
  const rows = db.sqlite
    .prepare(
      `SELECT check_id AS checkId, item, answer, words, said, at FROM day_line
       WHERE check_id IN (SELECT value FROM json_each(?)) ORDER BY check_id, id LIMIT 5000`,
    )
    .all(JSON.stringify(checkIds)) as (Omit<KeptLine, 'values'> & { said: string })[];
  return rows.map(({ said, ...line }) => ({ ...line, values: JSON.parse(said) as KeptLine['values'] }));
}

export type ShopDay = {
  readonly day: string;
  readonly check: DayCheck | undefined;
  /** As it was written; empty before. */
  readonly lines: readonly KeptLine[];
  /** As the data says now; of today alone. */
  readonly items: readonly DayItem[];
};

const longestLookMs = 7 * 86_400_000;

/** One day of a shop: what was written, or for today what the system knows by now. */
export function shopDay(db: Db, siteId: string, day: string, now: number): ShopDay {
  const [check] = checksOf(db, siteId, day, day);
  const today = beijingDay(now);
  const lines = check === undefined ? [] : linesOfChecks(db, [check.id]);
  const items =
    day === today && check === undefined
      ? factsOfDay(db, {
          siteId,
          now,
          since: sinceLast(db, siteId, now),
          isSchool: schoolOf(db, siteId) === undefined ? 0 : 1,
        })
      : [];
  return { day, check, lines, items };
}

/** Since the last list that was done, so that nothing falls between two; a week at most, yesterday when there is none. */
function sinceLast(db: Db, siteId: string, now: number): number {
  const last = db.sqlite.prepare('SELECT max(at) FROM day_check WHERE site_id = ?').pluck().get(siteId) as
    | number
    | null;
  return Math.max(last ?? startOf(dayAfter(beijingDay(now), -1)), now - longestLookMs);
}

/** The code of its parents' page; undefined: it cooks for no school. */
export function schoolOf(db: Db, siteId: string): string | undefined {
  return db.sqlite.prepare('SELECT code FROM day_school WHERE site_id = ? AND ended_at IS NULL').pluck().get(siteId) as
    | string
    | undefined;
}

export type MorningLine = { readonly name: string; readonly state: MorningState };

/** How each person was on the morning of that list. */
export function morningsOf(db: Db, checkId: number): MorningLine[] {
  return db.sqlite
    .prepare(
      'SELECT s.name, m.state FROM day_morning m JOIN day_staff s ON s.id = m.staff_id WHERE m.check_id = ? ORDER BY s.id LIMIT 500',
    )
    .all(checkId) as MorningLine[];
}

export type Staff = {
  readonly id: number;
  readonly name: string;
  readonly certificate: string;
  readonly expiresOn: string;
};

export function staffOf(db: Db, siteId: string): Staff[] {
  return db.sqlite
    .prepare(
      'SELECT id, name, certificate, expires_on AS expiresOn FROM day_staff WHERE site_id = ? AND left_at IS NULL ORDER BY expires_on, id LIMIT 500',
    )
    .all(siteId) as Staff[];
}
