// Tells people something, once: the notice, who gets it, each way out of the house, and a ledger entry, all or nothing.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { check } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type Audience, type SitesOfGrade, saysWhom } from './audience.ts';
import { type Reader, whoIsReached } from './audience-store.ts';
import { type NoticeChannel, type NoticeKind, tellableAt } from './notice.ts';
import { noticeSchema } from './notice-schemas.ts';

export type NewNotice = z.input<typeof noticeSchema>;

export type SentNotice = { readonly id: number; readonly publicId: string; readonly readers: number };

type SendDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * `by`: who wrote it; null: the house. Throws Problem `invalid_input` with every fault, and when it would reach nobody
 * (`/to`). Inside a transaction it becomes part of it.
 */
export function sendNotice(
  deps: SendDeps,
  notice: NewNotice,
  by: Caller | null,
  sitesOfGrade?: SitesOfGrade,
): SentNotice {
  const { db } = deps;
  const { to, key, ...words } = check(noticeSchema, notice);
  refuseNobody(saysWhom(to));
  return writeTransaction(db, () => {
    const known = key === undefined || key === null ? undefined : noticeOfKey(db, key);
    if (known !== undefined) return known;
    const { readers } = whoIsReached(db, to, by, sitesOfGrade);
    refuseNobody(readers.length > 0);
    return keep(deps, { ...words, to, key: key ?? null, readers, by });
  });
}

/** What the house itself says, such as "a visit is planned": where nobody can be told, nothing happens. */
export function tell(deps: SendDeps, notice: NewNotice): SentNotice | undefined {
  const { to } = check(noticeSchema, notice);
  const isForSomebody = saysWhom(to) && whoIsReached(deps.db, to, null, undefined).readers.length > 0;
  return isForSomebody ? sendNotice(deps, notice, null) : undefined;
}

function refuseNobody(isForSomebody: boolean): void {
  if (isForSomebody) return;
  const detail = 'It would reach nobody: choose places where somebody has an account, or everyone expressly.';
  throw new Problem('invalid_input', { faults: [{ place: '/to', code: 'nobody', detail }] });
}

function noticeOfKey(db: Db, key: string): SentNotice | undefined {
  return db.sqlite
    .prepare(
      `SELECT n.id, n.public_id AS publicId, (SELECT count(*) FROM notice_reader r WHERE r.notice_id = n.id) AS readers
       FROM notice n WHERE n.key = ?`,
    )
    .get(key) as SentNotice | undefined;
}

type Kept = Omit<z.output<typeof noticeSchema>, 'to' | 'key'> & {
  readonly to: Audience;
  readonly key: string | null;
  readonly readers: readonly Reader[];
  readonly by: Caller | null;
};

function keep({ db, clock }: SendDeps, { kind, title, body, href, to, key, readers, by }: Kept): SentNotice {
  const [publicId, at] = [randomUUID(), clock()];
  const { lastInsertRowid } = db.sqlite
    .prepare(
      `INSERT INTO notice (public_id, key, kind, title, title_en, body, body_en, href, audience, account_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      publicId,
      key,
      kind,
      title.zh,
      title.en || null,
      body.zh,
      body.en || null,
      href ?? null,
      JSON.stringify(to),
      by?.id ?? null,
      at,
    );
  const id = Number(lastInsertRowid);
  const reader = db.sqlite.prepare('INSERT INTO notice_reader (notice_id, account_id) VALUES (?, ?)');
  for (const { accountId } of readers) reader.run(id, accountId);
  addDeliveries(db, { id, kind, readers, at });
  appendEntry(db, {
    kind: 'notice',
    subject: `notice/${publicId}`,
    // The words stay out of the ledger: they may name people, and the ledger forgets nothing.
    body: {
      about: kind,
      title: sha256Hex(title.zh),
      words: sha256Hex(body.zh),
      readers: readers.length,
      by: by === null ? 'house' : `account/${by.id}`,
    },
    at,
  });
  return { id, publicId, readers: readers.length };
}

type Setting = {
  readonly accountId: number;
  readonly email: string | null;
  readonly webhook: string | null;
  readonly quietFrom: number;
  readonly quietUntil: number;
};

type ToDeliver = {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly readers: readonly Reader[];
  readonly at: number;
};

/** A row for each way that a reader has chosen; the jobs find them when they are due. */
function addDeliveries(db: Db, { id, kind, readers, at }: ToDeliver): void {
  const settings = db.sqlite
    .prepare(
      `SELECT s.account_id AS accountId, s.email, s.webhook, s.quiet_from AS quietFrom, s.quiet_until AS quietUntil
       FROM json_each(?) j CROSS JOIN notice_setting s ON s.account_id = j.value`,
    )
    .all(JSON.stringify(readers.map(({ accountId }) => accountId))) as Setting[];
  const insert = db.sqlite.prepare(
    `INSERT INTO notice_delivery (delivery_id, notice_id, account_id, channel, state, next_try_at) VALUES (?, ?, ?, ?, 'waiting', ?)`,
  );
  for (const { accountId, email, webhook, quietFrom, quietUntil } of settings) {
    const dueAt = tellableAt(kind, { fromMinute: quietFrom, untilMinute: quietUntil }, at);
    const ways: NoticeChannel[] = [
      ...(email === null ? [] : ['email' as const]),
      ...(webhook === null ? [] : ['webhook' as const]),
    ];
    for (const channel of ways) insert.run(randomUUID(), id, accountId, channel, dueAt);
  }
}
