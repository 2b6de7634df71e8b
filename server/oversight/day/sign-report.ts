// The named person signs the week's report or the month's note: what was shown is kept as it is, under its hash, in the ledger.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { officeFor, periodOf, type ReportKind } from './day.ts';
import { officesOf } from './day-store.ts';
import { draftReport, signedReport } from './report-store.ts';

export type Signing = {
  readonly siteId: string;
  readonly kind: ReportKind;
  /** Any day of its period. */
  readonly day: string;
  /** Of the draft that was read. */
  readonly hash: string;
};

/**
 * Throws Problem `conflict` before the period is over, when it is signed already, when figures changed since it was read or
 * nobody is named for it; `forbidden` for anybody but the named person.
 */
export function signReport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { siteId, kind, day, hash }: Signing,
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const at = clock();
    const { from, until } = periodOf(kind, day);
    const named = officesOf(db, siteId);
    const office = officeFor(kind, new Set(named.keys()));
    const signer = named.get(office);
    if (signer === undefined)
      throw new Problem('conflict', { detail: `Nobody is named as ${office} of this shop: name one first.` });
    if (signer.accountId !== caller.id)
      throw new Problem('forbidden', { detail: 'Only the person who is named for it signs it.' });
    if (until >= beijingDay(at)) throw new Problem('conflict', { detail: `It is signed when ${until} is over.` });
    if (signedReport(db, siteId, kind, from) !== undefined)
      throw new Problem('conflict', { detail: 'It is signed already, and what was signed is not changed.' });
    const draft = draftReport(db, siteId, kind, day, at);
    if (draft.hash !== hash)
      throw new Problem('conflict', { detail: 'Its figures have changed since you opened it: read it again.' });
    db.sqlite
      .prepare(
        `INSERT INTO day_report (site_id, kind, from_day, until_day, body, hash, office, account_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(siteId, kind, from, until, draft.text, hash, office, caller.id, at);
    const body = { period: kind, from, until, hash, office, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day-report', subject: `day/${siteId}`, body, at });
  });
}
