// A kitchen's public record: grade, what is live, orders and how they ended, visits, recalls; whatever was taken back leaves a line.
import type { Issued } from '../../../views/oversight/record/check-page.tsx';
import type { PublicRecord } from '../../../views/oversight/record/record-data.ts';
import type { RecordLine } from '../../../views/oversight/record/records-page.tsx';
import { minuteMs } from '../../clock.ts';
import { formerNames } from '../../kitchen/restaurant/standing-store.ts';
import type { Db } from '../../store/db.ts';

const yearMs = 365 * 86_400_000;
const mostLines = 50;
/** A camera is live while its last frame is at most so old, or three of its intervals. */
const liveWithinMs = 5 * minuteMs;

/** Cameras as SQL over `c`: a still picture given as a camera is none, whatever its state. */
export const isLive = `(c.removed_at IS NULL AND c.kind <> 'picture' AND c.state = 'online'
  AND c.last_frame_at >= @now - max(${liveWithinMs}, 3 * c.sample_every_ms))`;

type Head = Omit<PublicRecord, 'orders' | 'visits' | 'recalls' | 'formerNames'>;

/** Undefined: no kitchen of this id. */
export function publicRecord(db: Db, siteId: string, now: number): PublicRecord | undefined {
  const found = db.sqlite
    .prepare(
      `SELECT r.site_id AS site, r.id, r.name, r.name_en AS nameEn, r.closed_on AS closedOn, r.licence, r.licence_until AS licenceUntil, r.address, r.address_en AS addressEn,
         r.score AS credit, k.grade, k.grade_since AS gradeSince,
         iif(r.closed_on IS NULL, (SELECT max(g.id) FROM risk_grade g WHERE g.site_id = r.site_id), NULL) AS gradeId, d.name AS district, d.name_en AS districtEn,
         coalesce((SELECT p.dine_in FROM premises p WHERE p.site_id = r.site_id), 1) AS dineIn,
         (SELECT count(*) FROM camera c WHERE c.restaurant_id = r.id AND c.removed_at IS NULL AND c.kind <> 'picture') AS cameras,
         (SELECT count(*) FROM camera c WHERE c.restaurant_id = r.id AND ${isLive}) AS live
       FROM restaurant r LEFT JOIN risk_score k ON k.site_id = r.site_id
         LEFT JOIN site_district x ON x.site_id = r.site_id LEFT JOIN district d ON d.id = x.district_id WHERE r.site_id = @siteId`,
    )
    .get({ siteId, now }) as (Head & { id: number }) | undefined;
  if (found === undefined) return undefined;
  const { id, ...head } = found;
  const since = now - yearMs;
  return {
    ...head,
    formerNames: formerNames(db, id).map(({ name, nameEn, at }) => ({ name, nameEn, at })),
    orders: ordersOf(db, siteId, since),
    visits: visitsOf(db, siteId, since),
    recalls: recallsOf(db, siteId, since),
  };
}

function ordersOf(db: Db, siteId: string, since: number): PublicRecord['orders'] {
  return db.sqlite
    .prepare(
      `SELECT o.id, o.violation, o.state, o.issued_at AS at, o.closed_at AS closedAt, o.overdue_at IS NOT NULL AS late
       FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
       WHERE r.site_id = ? AND o.issued_at >= ? ORDER BY o.id DESC LIMIT ${mostLines}`,
    )
    .all(siteId, since) as PublicRecord['orders'];
}

function visitsOf(db: Db, siteId: string, since: number): PublicRecord['visits'] {
  return db.sqlite
    .prepare(
      `SELECT id, result, closed_at AS at FROM visit WHERE site_id = ? AND state = 'closed' AND published_at IS NOT NULL
         AND closed_at >= ? ORDER BY closed_at DESC LIMIT ${mostLines}`,
    )
    .all(siteId, since) as PublicRecord['visits'];
}

function recallsOf(db: Db, siteId: string, since: number): PublicRecord['recalls'] {
  return db.sqlite
    .prepare(
      `SELECT coalesce(p.name, '') AS product, p.name_en AS productEn, c.state, n.state AS answer, n.sent_at AS at
       FROM recall_notice n JOIN recall c ON c.id = n.recall_id JOIN site s ON s.key = n.site_key
         JOIN lot l ON l.id = c.lot_id LEFT JOIN product p ON p.id = l.product_id
       WHERE s.id = ? AND n.sent_at >= ? ORDER BY n.sent_at DESC LIMIT ${mostLines}`,
    )
    .all(siteId, since) as PublicRecord['recalls'];
}

/** A grade as it was given to this kitchen and to no other, with the ledger entry that says so. */
export function gradeIssued(db: Db, siteId: string, id: number): Issued | undefined {
  return db.sqlite
    .prepare(
      `SELECT g.id, g.grade, g.at, (SELECT e.seq FROM ledger_entry e WHERE e.kind = 'risk-grade' AND e.subject = 'site/' || g.site_id AND e.at = g.at) AS seq
       FROM risk_grade g WHERE g.id = ? AND g.site_id = ?`,
    )
    .get(id, siteId) as Issued | undefined;
}

export const recordOrders = {
  place: 'r.name',
  '-place': 'r.name DESC',
  grade: 'k.grade IS NULL, k.grade, r.name',
  '-grade': 'k.grade IS NULL, k.grade DESC, r.name',
  credit: 'r.score, r.name',
  '-credit': 'r.score DESC, r.name',
  live: 'live, r.name',
  '-live': 'live DESC, r.name',
} as const;

export type RecordQuestion = {
  readonly district: number | undefined;
  /** A part of the name. */
  readonly text: string;
  readonly order: keyof typeof recordOrders;
  readonly offset: number;
  readonly limit: number;
};

/** Kitchens of a district, or all. */
export function listRecords(
  db: Db,
  { district, text, order, offset, limit }: RecordQuestion,
  now: number,
): RecordLine[] {
  return db.sqlite
    .prepare(
      `SELECT r.site_id AS site, r.name, r.name_en AS nameEn, r.licence, r.address, r.address_en AS addressEn, d.name AS district,
         d.name_en AS districtEn, k.grade, r.score AS credit, r.closed_on AS closedOn, coalesce(p.dine_in, 1) AS dineIn,
         (SELECT count(*) FROM camera c WHERE c.restaurant_id = r.id AND ${isLive}) AS live
       FROM restaurant r LEFT JOIN risk_score k ON k.site_id = r.site_id LEFT JOIN premises p ON p.site_id = r.site_id
         LEFT JOIN site_district x ON x.site_id = r.site_id LEFT JOIN district d ON d.id = x.district_id
       WHERE (@district IS NULL OR x.district_id = @district)
         AND (@text = '' OR instr(lower(r.name || ' ' || coalesce(r.name_en, '')), lower(@text)) > 0)
       ORDER BY r.closed_on IS NOT NULL, ${recordOrders[order]}, r.id LIMIT @limit OFFSET @offset`,
    )
    .all({ district: district ?? null, text, offset, limit, now }) as RecordLine[];
}
