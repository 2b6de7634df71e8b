// How many visits were closed, and closed in time, for each inspector and each district.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';

export type Closure = {
  /** Null: visits nobody was sent to; places in no district. */
  readonly name: string | null;
  readonly nameEn: string | null;
  /** Those that were due by now, or are closed already. */
  readonly due: number;
  readonly closed: number;
  readonly inTime: number;
};

const counted = `count(*) AS due, total(v.state = 'closed') AS closed, total(v.state = 'closed' AND v.closed_at <= v.due_at) AS inTime`;
const which = `v.created_at >= @since AND v.state <> 'off' AND (v.state = 'closed' OR v.due_at <= @now)
  AND (@all OR v.site_id IN (SELECT value FROM json_each(@seen)))`;

export type ClosureSpan = { readonly since: number; readonly now: number };

/** A visit of two inspectors counts for each. */
export function closureByInspector(db: Db, caller: Caller, span: ClosureSpan): Closure[] {
  return db.sqlite
    .prepare(
      `SELECT a.name, a.name_en AS nameEn, ${counted} FROM visit v LEFT JOIN visit_inspector i ON i.visit_id = v.id
         LEFT JOIN account a ON a.id = i.account_id WHERE ${which} GROUP BY a.id ORDER BY a.id IS NULL, a.name LIMIT 500`,
    )
    .all({ ...span, ...scopeOf(caller) }) as Closure[];
}

export function closureByDistrict(db: Db, caller: Caller, span: ClosureSpan): Closure[] {
  return db.sqlite
    .prepare(
      `SELECT d.name, d.name_en AS nameEn, ${counted} FROM visit v LEFT JOIN site_district s ON s.site_id = v.site_id
         LEFT JOIN district d ON d.id = s.district_id WHERE ${which} GROUP BY d.id ORDER BY d.id IS NULL, d.name LIMIT 500`,
    )
    .all({ ...span, ...scopeOf(caller) }) as Closure[];
}
