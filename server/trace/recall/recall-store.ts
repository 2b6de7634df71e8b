// The questions asked about recalls: what is open, who holds what, who has answered.
import { type Db, prepared } from '../../store/db.ts';
import type { Scope } from '../scope/recall-scope.ts';
import { type RecallSaid, recallSaidColumns } from './recall-said.ts';

export type Recall = RecallSaid & {
  readonly state: 'open' | 'closed';
  readonly startedAt: number;
  readonly dueAt: number;
  readonly closedAt: number | null;
  readonly closingNote: string | null;
  /** How often its scope was issued. */
  readonly issues: number;
  readonly truncated: number;
};

export type RecallHolding = {
  readonly holdingId: number;
  readonly issue: number;
  readonly lotId: number;
  readonly code: string;
  readonly product: string | null;
  readonly productEn: string | null;
  readonly siteId: string;
  readonly siteName: string | null;
  readonly siteNameEn: string | null;
  readonly scope: Scope;
  readonly depth: number;
  readonly reachedAt: number;
  readonly received: number | null;
  readonly onHand: number | null;
  readonly share: number | null;
  readonly unit: string | null;
};

export type RecallNotice = {
  readonly id: number;
  readonly recallId: number;
  readonly siteId: string;
  readonly siteName: string | null;
  readonly siteNameEn: string | null;
  readonly state: 'sent' | 'seen' | 'answered';
  readonly issue: number;
  readonly sentAt: number;
  readonly seenAt: number | null;
  readonly answeredAt: number | null;
  readonly remindedAt: number | null;
  readonly reminders: number;
};

export type RecallAnswer = {
  readonly id: number;
  readonly noticeId: number;
  readonly siteId: string;
  readonly lotId: number;
  readonly code: string;
  readonly action: string;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly photoHash: string | null;
  readonly note: string | null;
  readonly accountId: number | null;
  readonly at: number;
  /** null: it stands. */
  readonly takenBackAt: number | null;
};

export type OpenNotice = RecallNotice &
  Pick<Recall, 'publicId' | 'reason' | 'reasonEn' | 'code' | 'product' | 'productEn' | 'dueAt'>;

/** By its public id, or undefined. */
export function recallByPublicId(db: Db, publicId: string): Recall | undefined {
  return statementsOf(db).byPublicId.get(publicId) as Recall | undefined;
}

export function recallById(db: Db, id: number): Recall | undefined {
  return statementsOf(db).byId.get(id) as Recall | undefined;
}

/** Newest first. */
export function listRecalls(db: Db, limit: number, before = Number.MAX_SAFE_INTEGER): Recall[] {
  return statementsOf(db).list.all(before, Math.min(limit, 500)) as Recall[];
}

/** Open recalls whose scope this lot is in, its own first: what a diner has to see before anything else. */
export function openRecallsOfLot(db: Db, lotId: number): (Recall & { readonly scope: Scope })[] {
  return statementsOf(db).ofLot.all({ lotId }) as (Recall & { readonly scope: Scope })[];
}

/** The frozen scope, newest issue of each holding, nearest first; `siteId` narrows it to one holder. */
export function recallHoldings(db: Db, recallId: number, limit: number, siteId: string | null = null): RecallHolding[] {
  return statementsOf(db).holdings.all({ recallId, siteId, limit: Math.min(limit, 500_000) }) as RecallHolding[];
}

export function recallNotices(db: Db, recallId: number, limit = 10_000): RecallNotice[] {
  return statementsOf(db).notices.all(recallId, limit) as RecallNotice[];
}

export function noticeById(db: Db, id: number): RecallNotice | undefined {
  return statementsOf(db).notice.get(id) as RecallNotice | undefined;
}

/** What waits for these sites: notices of open recalls, unanswered first. */
export function openNoticesOfSites(db: Db, siteIds: readonly string[], limit = 200): OpenNotice[] {
  return statementsOf(db).ofSites.all(JSON.stringify(siteIds), limit) as OpenNotice[];
}

/** Those that stand. */
export function recallAnswers(db: Db, recallId: number): RecallAnswer[] {
  return allRecallAnswers(db, recallId).filter(({ takenBackAt }) => takenBackAt === null);
}

/** Also those that were taken back. */
export function allRecallAnswers(db: Db, recallId: number, limit = 50_000): RecallAnswer[] {
  return statementsOf(db).answers.all(recallId, limit) as RecallAnswer[];
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  const sql = (text: string) => db.sqlite.prepare(text);
  const recall = `${recallSaidColumns}, r.state, r.started_at AS startedAt, r.due_at AS dueAt, r.closed_at AS closedAt,
    r.closing_note AS closingNote, r.issues, r.truncated`;
  const of = 'recall r CROSS JOIN lot l ON l.id = r.lot_id LEFT JOIN product p ON p.id = l.product_id';
  const notice = `n.id, n.recall_id AS recallId, s.id AS siteId, s.name AS siteName, s.name_en AS siteNameEn, n.state,
    n.issue, n.sent_at AS sentAt, n.seen_at AS seenAt, n.answered_at AS answeredAt, n.reminded_at AS remindedAt, n.reminders`;
  return {
    byPublicId: sql(`SELECT ${recall} FROM ${of} WHERE r.public_id = ?`),
    byId: sql(`SELECT ${recall} FROM ${of} WHERE r.id = ?`),
    list: sql(`SELECT ${recall} FROM ${of} WHERE r.id < ? ORDER BY r.id DESC LIMIT ?`),
    ofLot: sql(`SELECT ${recall},
        CASE min(CASE c.scope WHEN 'definite' THEN 0 WHEN 'proportional' THEN 1 ELSE 2 END)
          WHEN 0 THEN 'definite' WHEN 1 THEN 'proportional' ELSE 'potential' END AS scope
      FROM recall_scope c CROSS JOIN ${of}
      WHERE c.lot_id = @lotId AND r.id = c.recall_id AND r.state = 'open' GROUP BY r.id ORDER BY r.lot_id <> @lotId, r.id DESC`),
    holdings:
      sql(`SELECT c.holding_id AS holdingId, max(c.issue) AS issue, c.lot_id AS lotId, l.code, p.name AS product,
        p.name_en AS productEn, s.id AS siteId, s.name AS siteName, s.name_en AS siteNameEn, c.scope, c.depth,
        c.reached_at AS reachedAt, c.received, c.on_hand AS onHand, c.share, c.unit
      FROM recall_scope c CROSS JOIN lot l ON l.id = c.lot_id CROSS JOIN site s ON s.key = c.site_key
        LEFT JOIN product p ON p.id = l.product_id
      WHERE c.recall_id = @recallId AND (@siteId IS NULL OR s.id = @siteId)
      GROUP BY c.holding_id ORDER BY c.depth, c.holding_id LIMIT @limit`),
    notices: sql(`SELECT ${notice} FROM recall_notice n CROSS JOIN site s ON s.key = n.site_key
      WHERE n.recall_id = ? ORDER BY n.state = 'answered', n.id LIMIT ?`),
    notice: sql(`SELECT ${notice} FROM recall_notice n CROSS JOIN site s ON s.key = n.site_key WHERE n.id = ?`),
    ofSites:
      sql(`SELECT ${notice}, r.public_id AS publicId, r.reason, r.reason_en AS reasonEn, l.code, p.name AS product,
        p.name_en AS productEn, r.due_at AS dueAt
      FROM json_each(?) j CROSS JOIN site s ON s.id = j.value CROSS JOIN recall_notice n ON n.site_key = s.key
        CROSS JOIN recall r ON r.id = n.recall_id AND r.state = 'open' CROSS JOIN lot l ON l.id = r.lot_id
        LEFT JOIN product p ON p.id = l.product_id
      ORDER BY n.state = 'answered', r.due_at LIMIT ?`),
    answers: sql(`SELECT a.id, a.notice_id AS noticeId, s.id AS siteId, a.lot_id AS lotId, l.code, a.action, a.quantity,
        a.unit, a.photo_hash AS photoHash, a.note, a.account_id AS accountId, a.at, t.at AS takenBackAt
      FROM recall_notice n CROSS JOIN recall_answer a ON a.notice_id = n.id CROSS JOIN site s ON s.key = n.site_key
        CROSS JOIN lot l ON l.id = a.lot_id LEFT JOIN recall_answer_taken_back t ON t.answer_id = a.id
      WHERE n.recall_id = ? ORDER BY a.id LIMIT ?`),
  };
}
