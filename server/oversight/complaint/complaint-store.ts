// The questions asked of complaints: an inspector's list, one with its steps, a shop's published ones, a diner's own.
import type { PlaceName } from '../../../views/trace/parts.tsx';
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import type { Stage } from '../mediation/mediation.ts';
import type { Urgency } from '../routing/routing.ts';
import type { Channel, ComplaintKind, ComplaintState, StepKind } from './complaint.ts';

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
  readonly channel: Channel;
  readonly desk: string;
  readonly deskEn: string;
  readonly urgency: Urgency;
  readonly matched: string | null;
  readonly followCode: string | null;
  readonly happenedUntil: number | null;
  /** How many others there were about the same lot or place in the month before. */
  readonly repeats: number;
  /** Where its settlement stands, and whether that is late; null: nobody tries to settle it. */
  readonly stage: Stage | null;
  readonly dueAt: number | null;
};

export type ComplaintStep = {
  readonly kind: StepKind;
  readonly words: string | null;
  readonly by: string | null;
  readonly at: number;
};

const columns = `c.id, c.public_id AS publicId, c.lot_id AS lotId, coalesce(l.code, '') AS code,
  coalesce(l.origin_batch, l.batch, l.serial, l.code, '') AS batch,
  p.name AS product, p.name_en AS productEn, c.site_id AS siteId, c.kind, c.words, c.place, c.happened_at AS happenedAt,
  c.contact, c.photo_hash AS photoHash, c.state, c.published_at AS publishedAt, c.at, c.channel, c.desk, c.desk_en AS deskEn,
  c.urgency, c.matched, c.follow_code AS followCode, c.happened_until AS happenedUntil, m.stage, m.due_at AS dueAt,
  (SELECT count(*) FROM complaint o WHERE o.id < c.id AND o.at >= c.at - ${30 * dayMs}
    AND (o.site_id = c.site_id OR (c.lot_id > 0 AND o.lot_id = c.lot_id))) AS repeats`;
const tables = `complaint c LEFT JOIN lot l ON l.id = c.lot_id LEFT JOIN product p ON p.id = l.product_id
  LEFT JOIN mediation m ON m.complaint_id = c.id`;

/** A complaint that names no place is for who covers the whole city; with the values of `scopeOf`. */
const overseen = '(@all OR c.site_id IN (SELECT value FROM json_each(@seen)))';

export type ComplaintQuestion = {
  readonly state: ComplaintState | undefined;
  readonly before?: number;
  readonly limit: number;
};

/** Newest first; of one state, or all. */
export function listComplaints(db: Db, caller: Caller, { state, before, limit }: ComplaintQuestion): Complaint[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM ${tables} WHERE c.id < @before AND (@state IS NULL OR c.state = @state) AND ${overseen}
       ORDER BY c.id DESC LIMIT @limit`,
    )
    .all({ before: before ?? Number.MAX_SAFE_INTEGER, state: state ?? null, limit, ...scopeOf(caller) }) as Complaint[];
}

/** What has to be looked at first: what may make people ill, then what many report, then what is late. At most a hundred. */
export function firstComplaints(db: Db, caller: Caller, now: number): Complaint[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM ${tables} WHERE c.state <> 'closed' AND ${overseen}
       ORDER BY c.urgency = 'at_once' DESC, repeats DESC, coalesce(m.due_at < @now, 0) DESC, c.urgency = 'day' DESC, c.id LIMIT 100`,
    )
    .all({ now, ...scopeOf(caller) }) as Complaint[];
}

export function complaintByFollowCode(db: Db, code: string): Complaint | undefined {
  return db.sqlite.prepare(`SELECT ${columns} FROM ${tables} WHERE c.follow_code = ?`).get(code) as
    | Complaint
    | undefined;
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

const mostTexts = 5_000;

/** What was written in the last ninety days, newest first: to see what other rules of routing would do with it. */
export function complaintTexts(db: Db, now: number): { readonly kind: string; readonly words: string }[] {
  return db.sqlite
    .prepare(`SELECT kind, words FROM complaint WHERE at >= ? ORDER BY id DESC LIMIT ${mostTexts}`)
    .all(now - 90 * dayMs) as { kind: string; words: string }[];
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

/** Where the lot is or was: what an inspector may link a complaint to. Where people eat first, then the last holder first. */
export function placesOfLot(db: Db, lotId: number): PlaceName[] {
  const ids = db.sqlite
    .prepare(
      `SELECT s.id FROM holding h JOIN site s ON s.key = h.site_key WHERE h.lot_id = ? AND s.id NOT IN ('unknown', 'transit', 'process')
        ORDER BY s.kind IS 'restaurant' OR EXISTS (SELECT 1 FROM restaurant r WHERE r.site_id = s.id) DESC, h.id DESC LIMIT 500`,
    )
    .pluck()
    .all(lotId) as string[];
  return [...placesOf(db, ids).values()];
}
