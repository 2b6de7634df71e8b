// A person says how they want to be told: language, mailbox, webhook, quiet hours; a new webhook gets a key, shown once.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { minuteOfDay } from '../../kitchen/restaurant/hours.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import { addressFault } from '../../trace/subscription/post-webhook.ts';
import { guardOf } from '../../trace/subscription/subscribe-query.ts';
import { type DeliverDeps, tokenPlace } from './carry-notice.ts';

export const noticeSettingSchema = z.object({
  lang: z.enum(['zh-CN', 'en']),
  email: z.string().trim().max(254).default(''),
  webhook: z.string().trim().max(2_000).default(''),
  quietFrom: z.string().trim().default('22:00'),
  quietUntil: z.string().trim().default('07:00'),
});
export type NoticeSettingInput = z.output<typeof noticeSettingSchema>;

export type NoticeSetting = {
  readonly lang: 'zh-CN' | 'en';
  readonly email: string | null;
  readonly webhook: string | null;
  readonly sealedToken: string | null;
  readonly quietFrom: number;
  readonly quietUntil: number;
};

export function noticeSettingOf(db: Db, accountId: number): NoticeSetting | undefined {
  return db.sqlite
    .prepare(
      `SELECT lang, email, webhook, sealed_token AS sealedToken, quiet_from AS quietFrom, quiet_until AS quietUntil
       FROM notice_setting WHERE account_id = ?`,
    )
    .get(accountId) as NoticeSetting | undefined;
}

/** The new key of a webhook address that is new; null: the address stays. Throws Problem with every fault. */
export async function changeNoticeSetting(
  deps: DeliverDeps,
  input: NoticeSettingInput,
  caller: Caller,
): Promise<string | null> {
  const faults = await faultsOf(deps, input);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const { db, clock, secrets } = deps;
  return writeTransaction(db, () => {
    const before = noticeSettingOf(db, caller.id);
    const webhook = input.webhook === '' ? null : input.webhook;
    const isNew = webhook !== null && webhook !== before?.webhook;
    const token = isNew ? randomBytes(24).toString('base64url') : null;
    const sealed = token === null ? null : seal(secrets.sealKey, tokenPlace(caller.id), token);
    const kept = webhook === null ? null : (sealed ?? before?.sealedToken ?? null);
    const email = input.email === '' ? null : input.email;
    db.sqlite
      .prepare(
        `INSERT INTO notice_setting (account_id, lang, email, webhook, sealed_token, quiet_from, quiet_until, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET lang = excluded.lang, email = excluded.email,
           webhook = excluded.webhook, sealed_token = excluded.sealed_token, quiet_from = excluded.quiet_from,
           quiet_until = excluded.quiet_until, at = excluded.at`,
      )
      .run(
        caller.id,
        input.lang,
        email,
        webhook,
        kept,
        minuteOfDay(input.quietFrom) ?? 0,
        minuteOfDay(input.quietUntil) ?? 0,
        clock(),
      );
    const body = {
      step: 'setting',
      lang: input.lang,
      email: email === null ? null : sha256Hex(email),
      webhook: webhook === null ? null : sha256Hex(webhook),
    };
    appendEntry(db, { kind: 'notice', subject: `account/${caller.id}`, body, at: clock() });
    return token;
  });
}

async function faultsOf(deps: DeliverDeps, input: NoticeSettingInput): Promise<Fault[]> {
  const { email, webhook, quietFrom, quietUntil } = input;
  const faults: Fault[] = [];
  if (email !== '' && !z.email().safeParse(email).success)
    faults.push({ place: '/email', code: 'no_email', detail: 'Write a whole e-mail address.' });
  else if (email !== '' && deps.config.smtpUrl === undefined)
    faults.push({ place: '/email', code: 'no_smtp', detail: 'This server sends no e-mail: set SMTP_URL.' });
  const address = webhook === '' ? undefined : await addressFault(webhook, guardOf(deps));
  if (address !== undefined) faults.push({ place: '/webhook', ...address });
  for (const [place, text] of [
    ['/quietFrom', quietFrom],
    ['/quietUntil', quietUntil],
  ] as const)
    if (minuteOfDay(text) === undefined) faults.push({ place, code: 'no_time', detail: 'Write the time as 22:00.' });
  return faults;
}
