// Scores as they are asked for: the list of those to go to first, and one place with its parts.
import type { Caller } from '../../accounts/caller.ts';
import { scopeOf } from '../../accounts/caller.ts';
import { type Db, prepared } from '../../store/db.ts';
import type { BackTest } from './back-test.ts';
import type { Grade, PartShare, Tier } from './risk.ts';

export type RiskLine = {
  readonly site: string;
  readonly kind: 'kitchen' | 'supplier';
  readonly name: string;
  readonly nameEn: string | null;
  readonly district: string | null;
  readonly districtEn: string | null;
  readonly score: number;
  readonly grade: Grade;
  readonly gradeSince: number;
  readonly tier: Tier;
  readonly visitBy: number;
  readonly parts: readonly PartShare[];
  readonly scoredAt: number;
};

export type RiskFilter = {
  readonly kind?: 'kitchen' | 'supplier' | undefined;
  readonly tier?: Tier | undefined;
  readonly grade?: Grade | undefined;
  readonly district?: number | undefined;
};

const columns = `k.site_id AS site, k.kind, coalesce(r.name, s.name, k.site_id) AS name, coalesce(r.name_en, s.name_en) AS nameEn,
  d.name AS district, d.name_en AS districtEn, k.score, k.grade, k.grade_since AS gradeSince, k.tier, k.visit_by AS visitBy, k.parts,
  k.scored_at AS scoredAt`;
const joined = `LEFT JOIN restaurant r ON r.site_id = k.site_id LEFT JOIN site s ON s.id = k.site_id
  LEFT JOIN site_district x ON x.site_id = k.site_id LEFT JOIN district d ON d.id = x.district_id`;
/** The order of the tiers is that of who is visited first. */
const first = "CASE k.tier WHEN 'at_once' THEN 0 WHEN 'by_date' THEN 1 ELSE 2 END";

type Row = Omit<RiskLine, 'parts'> & { parts: string };

/** The riskiest first, of what the caller oversees. */
export function riskList(
  db: Db,
  caller: Caller,
  filter: RiskFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): RiskLine[] {
  const rows = db.sqlite
    .prepare(
      `SELECT ${columns} FROM (SELECT k.site_id FROM risk_score k INDEXED BY risk_score_first WHERE ${conditions(filter)}
         ORDER BY ${first}, k.score DESC, k.site_id LIMIT @limit OFFSET @offset) o JOIN risk_score k ON k.site_id = o.site_id ${joined}
       ORDER BY ${first}, k.score DESC, k.site_id`,
    )
    .all({ ...asked(caller, filter), offset, limit }) as Row[];
  return rows.map(lineOf);
}

/** How many there are of each tier, whatever tier is asked for. */
export function countRisk(db: Db, caller: Caller, filter: RiskFilter): Record<Tier, number> {
  const rows = db.sqlite
    .prepare(
      `SELECT k.tier, count(*) AS count FROM risk_score k INDEXED BY risk_score_first WHERE ${conditions({ ...filter, tier: undefined })} GROUP BY k.tier`,
    )
    .all(asked(caller, filter)) as { tier: Tier; count: number }[];
  const counts: Record<Tier, number> = { at_once: 0, by_date: 0, routine: 0 };
  for (const { tier, count } of rows) counts[tier] = count;
  return counts;
}

function conditions({ kind, tier, grade, district }: RiskFilter): string {
  return [
    '(@all OR k.site_id IN (SELECT value FROM json_each(@seen)))',
    ...(kind === undefined ? [] : ['k.kind = @kind']),
    ...(tier === undefined ? [] : ['k.tier = @tier']),
    ...(grade === undefined ? [] : ['k.grade = @grade']),
    ...(district === undefined
      ? []
      : ['k.site_id IN (SELECT site_id FROM site_district WHERE district_id = @district)']),
  ].join(' AND ');
}

function asked(caller: Caller, { kind, tier, grade, district }: RiskFilter) {
  return {
    ...scopeOf(caller),
    kind: kind ?? null,
    tier: tier ?? null,
    grade: grade ?? null,
    district: district ?? null,
  };
}

/** Whoever asks; undefined while the place has no score. */
export function riskOf(db: Db, site: string): RiskLine | undefined {
  const row = db.sqlite.prepare(`SELECT ${columns} FROM risk_score k ${joined} WHERE k.site_id = ?`).get(site);
  return row === undefined ? undefined : lineOf(row as Row);
}

/** The newest first. */
export function gradesOf(
  db: Db,
  site: string,
): { readonly grade: Grade; readonly score: number; readonly at: number }[] {
  return db.sqlite
    .prepare('SELECT grade, score, at FROM risk_grade WHERE site_id = ? ORDER BY id DESC LIMIT 20')
    .all(site) as { grade: Grade; score: number; at: number }[];
}

function lineOf({ parts, ...row }: Row): RiskLine {
  return { ...row, parts: JSON.parse(parts) as PartShare[] };
}

export type KeptBackTest = BackTest & { readonly at: number };

/** Of the last full run; undefined before the first. */
export function keptBackTest(db: Db): KeptBackTest | undefined {
  const kept = markOf(db, 'back-test');
  return kept === undefined ? undefined : (JSON.parse(kept) as KeptBackTest);
}

type MarkName = 'full' | 'seq' | 'back-test';

const marks = prepared((db) => ({
  get: db.sqlite.prepare('SELECT value FROM risk_mark WHERE name = ?').pluck(),
  set: db.sqlite.prepare('INSERT INTO risk_mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'),
}));

export function markOf(db: Db, name: MarkName): string | undefined {
  return marks(db).get.get(name) as string | undefined;
}

/** Inside the caller's transaction. */
export function setMark(db: Db, name: MarkName, value: string): void {
  marks(db).set.run(name, value);
}

/** The places that carry this grade now. */
export function sitesOfGrade(db: Db, grade: Grade): string[] {
  return db.sqlite.prepare('SELECT site_id FROM risk_score WHERE grade = ?').pluck().all(grade) as string[];
}
