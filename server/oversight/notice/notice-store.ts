// The questions asked of notices: what a person was told, what was sent and who read it.
import type { Db } from '../../store/db.ts';
import type { DeliveryState, NoticeChannel, NoticeKind } from './notice.ts';

export type Notice = {
  readonly id: number;
  readonly publicId: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly titleEn: string | null;
  readonly body: string;
  readonly bodyEn: string | null;
  readonly href: string | null;
  /** Null: the house. */
  readonly by: string | null;
  readonly byEn: string | null;
  readonly at: number;
};

export type OwnNotice = Notice & { readonly readAt: number | null };

const columns = `n.id, n.public_id AS publicId, n.kind, n.title, n.title_en AS titleEn, n.body, n.body_en AS bodyEn, n.href,
  a.name AS by, a.name_en AS byEn, n.at`;

/** What was sent to this person, newest first. */
export function noticesFor(
  db: Db,
  accountId: number,
  { before, limit }: { before: number; limit: number },
): OwnNotice[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns}, r.read_at AS readAt FROM notice_reader r JOIN notice n ON n.id = r.notice_id
         LEFT JOIN account a ON a.id = n.account_id
       WHERE r.account_id = ? AND r.notice_id < ? ORDER BY r.notice_id DESC LIMIT ?`,
    )
    .all(accountId, before, limit) as OwnNotice[];
}

export function ownNotice(db: Db, accountId: number, noticeId: number): OwnNotice | undefined {
  return db.sqlite
    .prepare(
      `SELECT ${columns}, r.read_at AS readAt FROM notice_reader r JOIN notice n ON n.id = r.notice_id
         LEFT JOIN account a ON a.id = n.account_id WHERE r.account_id = ? AND r.notice_id = ?`,
    )
    .get(accountId, noticeId) as OwnNotice | undefined;
}

export function noticeById(db: Db, id: number): (Notice & { readonly accountId: number | null }) | undefined {
  return db.sqlite
    .prepare(
      `SELECT ${columns}, n.account_id AS accountId FROM notice n LEFT JOIN account a ON a.id = n.account_id WHERE n.id = ?`,
    )
    .get(id) as (Notice & { accountId: number | null }) | undefined;
}

export type SentLine = Notice & {
  readonly readers: number;
  readonly read: number;
  readonly waiting: number;
  readonly dead: number;
};

/** Newest first; `accountId`: those one person wrote; null: all, the house's own too. */
export function sentNotices(
  db: Db,
  accountId: number | null,
  { before, limit }: { before: number; limit: number },
): SentLine[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns},
         (SELECT count(*) FROM notice_reader r WHERE r.notice_id = n.id) AS readers,
         (SELECT count(*) FROM notice_reader r WHERE r.notice_id = n.id AND r.read_at IS NOT NULL) AS read,
         (SELECT count(*) FROM notice_delivery d WHERE d.notice_id = n.id AND d.state = 'waiting') AS waiting,
         (SELECT count(*) FROM notice_delivery d WHERE d.notice_id = n.id AND d.state = 'dead') AS dead
       FROM notice n LEFT JOIN account a ON a.id = n.account_id
       WHERE (@accountId IS NULL OR n.account_id = @accountId) AND n.id < @before ORDER BY n.id DESC LIMIT @limit`,
    )
    .all({ accountId, before, limit }) as SentLine[];
}

export type Receipt = {
  readonly accountId: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly readAt: number | null;
};

export function readersOf(db: Db, noticeId: number, limit: number): Receipt[] {
  return db.sqlite
    .prepare(
      `SELECT a.id AS accountId, a.name, a.name_en AS nameEn, r.read_at AS readAt FROM notice_reader r
         JOIN account a ON a.id = r.account_id WHERE r.notice_id = ? ORDER BY r.read_at IS NOT NULL, a.id LIMIT ?`,
    )
    .all(noticeId, limit) as Receipt[];
}

export type DeliveryLine = {
  readonly id: number;
  readonly accountId: number;
  readonly channel: NoticeChannel;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextTryAt: number;
  readonly endedAt: number | null;
  readonly fault: string | null;
};

export function deliveriesOf(db: Db, noticeId: number, limit: number): DeliveryLine[] {
  return db.sqlite
    .prepare(
      `SELECT id, account_id AS accountId, channel, state, attempts, next_try_at AS nextTryAt, ended_at AS endedAt, fault
       FROM notice_delivery WHERE notice_id = ? ORDER BY state = 'sent', id LIMIT ?`,
    )
    .all(noticeId, limit) as DeliveryLine[];
}

export function unreadNotices(db: Db, accountId: number, most: number): number {
  return db.sqlite
    .prepare('SELECT count(*) FROM (SELECT 1 FROM notice_reader WHERE account_id = ? AND read_at IS NULL LIMIT ?)')
    .pluck()
    .get(accountId, most) as number;
}
