// The questions asked of complaints: an inspector's list, one with its steps, a shop's published ones, a diner's own.
import type { PlaceName } from '../../../views/trace/parts.tsx';
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import type { ComplaintKind, ComplaintState, StepKind } from './complaint.ts';

export type Complaint = {
  readonly id: number;
  readonly publicId: string;
  readonly lotId: number;
  readonly code: string;
  readonly batch: string;
  readonly product: string | null;
  readonly productEn: string | null;
  readonly siteId: string | null;
  readonly kind: ComplaintKind;
  readonly words: string;
  readonly place: string | null;
  readonly happenedAt: number;
  /** Sealed. */
  readonly contact: string | null;
  readonly photoHash: string | null;
  readonly state: ComplaintState;
  readonly publishedAt: number | null;
  readonly at: number;
};

export type ComplaintStep = {
  readonly kind: StepKind;
  readonly words: string | null;
  readonly by: string | null;
  readonly at: number;
};

const columns = `c.id, c.public_id AS publicId, c.lot_id AS lotId, l.code, coalesce(l.origin_batch, l.batch, l.serial, l.code) AS batch,
  p.name AS product, p.name_en AS productEn, c.site_id AS siteId, c.kind, c.words, c.place, c.happened_at AS happenedAt,
  c.contact, c.photo_hash AS photoHash, c.state, c.published_at AS publishedAt, c.at`;
const tables = 'complaint c JOIN lot l ON l.id = c.lot_id LEFT JOIN product p ON p.id = l.product_id';

/** A complaint that names no place is for who covers the whole city; with the values of `scopeOf`. */
const overseen = '(@all OR c.site_id IN (SELECT value FROM json_each(@seen)))';

export type ComplaintQuestion = {
  readonly state: ComplaintState | undefined;
  readonly before: number;
  readonly limit: number;
};

/** Newest first; of one state, or all. */
export function listComplaints(db: Db, caller: Caller, { state, before, limit }: ComplaintQuestion): Complaint[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM ${tables} WHERE c.id < @before AND (@state IS NULL OR c.state = @state) AND ${overseen}
       ORDER BY c.id DESC LIMIT @limit`,
    )
    .all({ before, state: state ?? null, limit, ...scopeOf(caller) }) as Complaint[];
}

/** How many there are of each state. */
export function countComplaints(db: Db, caller: Caller): Readonly<Record<string, number>> {
  const rows = db.sqlite
    .prepare(`SELECT c.state, count(*) AS count FROM complaint c WHERE ${overseen} GROUP BY c.state`)
    .all(scopeOf(caller)) as { state: string; count: number }[];
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

export function complaintById(db: Db, id: number): Complaint | undefined {
  return db.sqlite.prepare(`SELECT ${columns} FROM ${tables} WHERE c.id = ?`).get(id) as Complaint | undefined;
}

export function complaintByPublicId(db: Db, publicId: string): Complaint | undefined {
  return db.sqlite.prepare(`SELECT ${columns} FROM ${tables} WHERE c.public_id = ?`).get(publicId) as
    | Complaint
    | undefined;
}

/** What a shop is let see about its own places, newest first. */
export function publishedComplaints(db: Db, siteIds: readonly string[], limit: number): Complaint[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM ${tables}
       WHERE c.published_at IS NOT NULL AND c.site_id IN (SELECT value FROM json_each(?)) ORDER BY c.published_at DESC LIMIT ?`,
    )
    .all(JSON.stringify(siteIds), limit) as Complaint[];
}

export function stepsOf(db: Db, complaintId: number): ComplaintStep[] {
  return db.sqlite
    .prepare(
      `SELECT s.kind, s.words, a.name AS by, s.at FROM complaint_step s LEFT JOIN account a ON a.id = s.account_id
       WHERE s.complaint_id = ? ORDER BY s.id LIMIT 200`,
    )
    .all(complaintId) as ComplaintStep[];
}

/** Where the lot is or was: what an inspector may link a complaint to. */
export function placesOfLot(db: Db, lotId: number): PlaceName[] {
  const ids = db.sqlite
    .prepare(
      `SELECT s.id FROM holding h JOIN site s ON s.key = h.site_key WHERE h.lot_id = ? AND s.id NOT IN ('unknown', 'transit', 'process') ORDER BY s.id LIMIT 500`,
    )
    .pluck()
    .all(lotId) as string[];
  return [...placesOf(db, ids).values()];
}
