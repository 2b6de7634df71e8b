// Questions about visits: the tasks of an inspector, one visit with what was found, and how many were closed in time.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { type Answer, metresBetween, type Position, type VisitReasonKind } from './visit.ts';
import type { visits } from './visit-tables.ts';

export type Visit = typeof visits.$inferSelect;
export type Reason = { readonly kind: VisitReasonKind; readonly ref: string };
export type Task = Visit & {
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
  readonly reasons: readonly Reason[];
  readonly inspectors: readonly { readonly id: number; readonly name: string; readonly nameEn: string | null }[];
  /** From where the reader stands, when both are known. */
  readonly metres: number | null;
};

export const orders = ['risk', 'near', 'due'] as const;
export type TaskOrder = (typeof orders)[number];

export type TaskQuestion = {
  readonly state: Visit['state'];
  readonly order: TaskOrder;
  readonly from: Position | undefined;
  /** Only those this account is sent to. */
  readonly inspector: number | undefined;
  readonly limit: number;
};

const columns = `v.id, v.site_id AS siteId, v.state, v.due_at AS dueAt, v.weight, v.rechecks_order AS rechecksOrder,
  v.check_list AS checkList, v.result, v.note, v.signed_name AS signedName, v.signature_hash AS signatureHash,
  v.closed_at AS closedAt, v.closed_by AS closedBy, v.close_key AS closeKey, v.published_at AS publishedAt, v.created_at AS createdAt,
  coalesce(r.name, s.name, v.site_id) AS name, coalesce(r.name_en, s.name_en) AS nameEn,
  coalesce(r.address, s.address) AS address, coalesce(r.address_en, s.address_en) AS addressEn, p.latitude AS lat, p.longitude AS lon`;
const tables = `visit v LEFT JOIN restaurant r ON r.site_id = v.site_id LEFT JOIN site s ON s.id = v.site_id
  LEFT JOIN premises p ON p.site_id = v.site_id`;
const scope = '(@all OR v.site_id IN (SELECT value FROM json_each(@seen)))';
const mine = `(@inspector IS NULL OR EXISTS (SELECT 1 FROM visit_inspector i WHERE i.visit_id = v.id AND i.account_id = @inspector))`;
const mostMeasured = 5_000;

/** In the order asked for; where nearness is asked, places whose position nobody knows come last. */
export function listTasks(db: Db, caller: Caller, { state, order, from, inspector, limit }: TaskQuestion): Task[] {
  const by = state === 'closed' ? 'v.closed_at DESC' : order === 'due' ? 'v.due_at' : 'v.weight DESC, v.due_at';
  const rows = db.sqlite
    .prepare(
      `SELECT ${columns} FROM ${tables} WHERE v.state = @state AND ${scope} AND ${mine} ORDER BY ${by}, v.id LIMIT @most`,
    )
    .all({
      state,
      inspector: inspector ?? null,
      most: order === 'near' ? mostMeasured : limit,
      ...scopeOf(caller),
    }) as Row[];
  const measured = rows.map((row) => ({ ...row, metres: metresTo(row, from) }));
  if (order === 'near' && state === 'open')
    measured.sort((a, b) => (a.metres ?? Number.MAX_VALUE) - (b.metres ?? Number.MAX_VALUE));
  return measured.slice(0, limit).map((row) => whole(db, row));
}

type Row = Visit &
  Pick<Task, 'name' | 'nameEn' | 'address' | 'addressEn'> & {
    readonly lat: number | null;
    readonly lon: number | null;
  };

function metresTo({ lat, lon }: Row, from: Position | undefined): number | null {
  return from === undefined || lat === null || lon === null ? null : metresBetween(from, { lat, lon });
}

/** Whoever may see it: the regulator of that part of the city. */
export function visitById(db: Db, id: number): Task | undefined {
  const row = db.sqlite.prepare(`SELECT ${columns} FROM ${tables} WHERE v.id = ?`).get(id) as Row | undefined;
  return row === undefined ? undefined : whole(db, { ...row, metres: null });
}

function whole(db: Db, { lat: _lat, lon: _lon, ...row }: Row & Pick<Task, 'metres'>): Task {
  const reasons = db.sqlite
    .prepare('SELECT kind, ref FROM visit_reason WHERE visit_id = ? ORDER BY id LIMIT 50')
    .all(row.id);
  const inspectors = db.sqlite
    .prepare(
      `SELECT a.id, a.name, a.name_en AS nameEn FROM visit_inspector i JOIN account a ON a.id = i.account_id
       WHERE i.visit_id = ? ORDER BY a.id LIMIT 20`,
    )
    .all(row.id);
  return { ...row, reasons: reasons as Reason[], inspectors: inspectors as Task['inspectors'] };
}

export type FoundAnswer = {
  readonly item: string;
  readonly answer: Answer;
  readonly note: string | null;
  readonly photoHash: string | null;
};

export function answersOf(db: Db, visitId: number): FoundAnswer[] {
  return db.sqlite
    .prepare('SELECT item, answer, note, photo_hash AS photoHash FROM visit_answer WHERE visit_id = ? ORDER BY id')
    .all(visitId) as FoundAnswer[];
}

export function positionOf(db: Db, siteId: string): Position | undefined {
  return db.sqlite
    .prepare(
      'SELECT latitude AS lat, longitude AS lon FROM premises WHERE site_id = ? AND latitude IS NOT NULL AND longitude IS NOT NULL',
    )
    .get(siteId) as Position | undefined;
}
