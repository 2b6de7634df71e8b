// The `deliver-notice` job: one notice to one person by e-mail or signed webhook, in their language; tried again until it is taken or dead.
import { z } from 'zod';
import type { Guard } from '../../../inference/address-guard.ts';
import { textsFor } from '../../../views/text/texts.ts';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { unseal } from '../../store/seal.ts';
import { postWebhook } from '../../trace/subscription/post-webhook.ts';
import { guardOf, type SubscriptionDeps } from '../../trace/subscription/subscribe-query.ts';
import { longestWaitMs, mostAttempts, signatureOf, waitAfter } from '../../trace/subscription/webhook.ts';
import { sendMail } from './mail.ts';
import { type NoticeChannel, wordsIn } from './notice.ts';
import type { Notice } from './notice-store.ts';

const payloadSchema = z.object({ deliveryId: z.int().positive() });
const mostAtOnce = 500;
// Quiet hours end within a day: what waits longer was put off by a clock that was ahead.
const farthestMs = dayMs + longestWaitMs;

export type DeliverDeps = SubscriptionDeps & Pick<Deps, 'config' | 'secrets' | 'queue'>;

/** Puts a job in the queue for each delivery that is due; how many. */
export function askForNotices({ db, clock, queue }: Pick<Deps, 'db' | 'clock' | 'queue'>): number {
  const due = db.sqlite
    .prepare(
      `SELECT id FROM notice_delivery WHERE state = 'waiting' AND (next_try_at <= @now OR next_try_at > @farthest) ORDER BY next_try_at LIMIT ${mostAtOnce}`,
    )
    .pluck()
    .all({ now: clock(), farthest: clock() + farthestMs }) as number[];
  for (const id of due)
    queue.enqueue({ name: 'deliver-notice', payload: { deliveryId: id }, key: `deliver-notice/${id}` });
  return due.length;
}

type Due = Omit<Notice, 'id' | 'by' | 'byEn'> & {
  readonly id: number;
  readonly deliveryId: string;
  readonly channel: NoticeChannel;
  readonly attempts: number;
  readonly noticeId: number;
  readonly accountId: number;
  readonly disabledAt: number | null;
  readonly lang: 'zh-CN' | 'en' | null;
  readonly email: string | null;
  readonly webhook: string | null;
  readonly sealedToken: string | null;
};

type Outcome = { readonly ok: true } | { readonly ok: false; readonly fault: string; readonly never?: 0 | 1 };

export async function deliverNotice(deps: DeliverDeps, payload: unknown): Promise<void> {
  const { deliveryId } = payloadSchema.parse(payload);
  const due = dueDelivery(deps.db, deliveryId);
  if (due === undefined) return;
  const outcome = await carry(deps, due);
  // Whether it was taken is not known when the server stops in between: it is sent again under the same id.
  if (!outcome.ok && deps.signal?.aborted === true) return;
  settle(deps, due, outcome);
}

function dueDelivery(db: Db, id: number): Due | undefined {
  return db.sqlite
    .prepare(
      `SELECT d.id, d.delivery_id AS deliveryId, d.channel, d.attempts, n.public_id AS publicId, n.id AS noticeId, n.kind, n.title,
         n.title_en AS titleEn, n.body, n.body_en AS bodyEn, n.href, n.at, a.id AS accountId, a.disabled_at AS disabledAt,
         s.lang, s.email, s.webhook, s.sealed_token AS sealedToken
       FROM notice_delivery d JOIN notice n ON n.id = d.notice_id JOIN account a ON a.id = d.account_id
         LEFT JOIN notice_setting s ON s.account_id = d.account_id
       WHERE d.id = ? AND d.state = 'waiting'`,
    )
    .get(id) as Due | undefined;
}

/** Where the reader has since closed the way, there is nothing to carry. */
function carry(deps: DeliverDeps, due: Due): Promise<Outcome> | Outcome {
  if (due.disabledAt !== null) return { ok: false, fault: 'The account was disabled.', never: 1 };
  if (due.channel === 'email') return due.email === null ? noWay : mail(deps, due, due.email);
  return due.webhook === null || due.sealedToken === null ? noWay : post(deps, due, due.webhook, due.sealedToken);
}

const noWay: Outcome = { ok: false, fault: 'The reader has closed this way.', never: 1 };

function mail({ config }: DeliverDeps, due: Due, to: string): Promise<Outcome> | Outcome {
  if (config.smtpUrl === undefined) return { ok: false, fault: 'SMTP_URL is not set.' };
  const { title, text, url } = said(config.publicUrl, due);
  const foot = textsFor(due.lang ?? 'zh-CN').notices.mailFoot(url);
  return sendMail({
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    to,
    subject: title,
    text: `${text}\n\n${foot}\n`,
    messageId: `<${due.deliveryId}@${new URL(config.publicUrl).hostname}>`,
  });
}

async function post(deps: DeliverDeps, due: Due, dest: string, sealedToken: string): Promise<Outcome> {
  const { title, text, url } = said(deps.config.publicUrl, due);
  const body = JSON.stringify({
    id: due.publicId,
    kind: due.kind,
    title,
    text,
    url,
    about: due.href === null ? null : `${deps.config.publicUrl}${due.href}`,
    sentAt: new Date(due.at).toISOString(),
  });
  const token = unseal(deps.secrets.sealKey, tokenPlace(due.accountId), sealedToken);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'bright-kitchen',
    'GS1-Signature': signatureOf(token, body, deps.clock()),
    'Bright-Kitchen-Delivery': due.deliveryId,
    'Bright-Kitchen-Attempt': String(due.attempts + 1),
  };
  const guard: Guard = guardOf(deps);
  const posted = await postWebhook({ dest, headers, body, guard, signal: deps.signal });
  return posted.ok ? posted : { ok: false, fault: posted.detail, never: posted.fault === 'gone' ? 1 : 0 };
}

/** Where a token is sealed to. */
export function tokenPlace(accountId: number) {
  return { table: 'notice_setting', row: accountId, column: 'sealed_token' };
}

function said(publicUrl: string, { lang, noticeId, title, titleEn, body, bodyEn }: Due) {
  const reader = lang ?? 'zh-CN';
  return {
    title: wordsIn(reader, { zh: title, en: titleEn }),
    text: wordsIn(reader, { zh: body, en: bodyEn }),
    url: `${publicUrl}/notices/${noticeId}`,
  };
}

function settle({ db, clock }: DeliverDeps, { id, attempts: before }: Due, outcome: Outcome): void {
  const [now, attempts] = [clock(), before + 1];
  const isDead = !outcome.ok && (outcome.never === 1 || attempts >= mostAttempts);
  const state = outcome.ok ? 'sent' : isDead ? 'dead' : 'waiting';
  writeTransaction(db, () =>
    db.sqlite
      .prepare(
        'UPDATE notice_delivery SET state = ?, attempts = ?, next_try_at = ?, ended_at = ?, fault = ? WHERE id = ?',
      )
      .run(
        state,
        attempts,
        state === 'waiting' ? now + waitAfter(attempts, Math.random()) : now,
        state === 'waiting' ? null : now,
        outcome.ok ? null : outcome.fault,
        id,
      ),
  );
}

/** A dead one is tried again from the start; false: there is no such one of this notice. */
export function reviveDelivery({ db, clock }: Pick<Deps, 'db' | 'clock'>, noticeId: number, id: number): boolean {
  return writeTransaction(
    db,
    () =>
      db.sqlite
        .prepare(
          `UPDATE notice_delivery SET state = 'waiting', attempts = 0, next_try_at = ?, ended_at = NULL
           WHERE id = ? AND notice_id = ? AND state = 'dead'`,
        )
        .run(clock(), id, noticeId).changes === 1,
  );
}
