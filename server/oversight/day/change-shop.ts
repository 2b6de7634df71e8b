// Changes who answers for a shop's food, whose health certificates it keeps, and whether it cooks for a school.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { daySchema, type Office } from './day.ts';
import { officesOf, peopleOfSite, schoolOf } from './day-store.ts';

type DayDeps = Pick<Deps, 'db' | 'clock'>;

/** Throws Problem `invalid_input` for somebody who does not belong to the shop. The same person again changes nothing. */
export function nameOfficer(
  { db, clock }: DayDeps,
  siteId: string,
  office: Office,
  accountId: number,
  caller: Caller,
): void {
  writeTransaction(db, () => {
    if (!peopleOfSite(db, siteId).some((person) => person.accountId === accountId))
      throw new Problem('invalid_input', {
        faults: [{ place: `/${office}`, code: 'not_of_shop', detail: 'Choose somebody who belongs to this shop.' }],
      });
    if (officesOf(db, siteId).get(office)?.accountId === accountId) return;
    const at = clock();
    db.sqlite
      .prepare('INSERT INTO day_office (site_id, office, account_id, by, at) VALUES (?, ?, ?, ?, ?)')
      .run(siteId, office, accountId, caller.id, at);
    const body = { step: 'named', office, account: `account/${accountId}`, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at });
  });
}

export const staffSchema = z.object({
  name: z.string().trim().min(1).max(60),
  certificate: z.string().trim().min(4).max(60),
  expiresOn: daySchema,
});

export function addStaff(
  { db, clock }: DayDeps,
  siteId: string,
  { name, certificate, expiresOn }: z.output<typeof staffSchema>,
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const at = clock();
    db.sqlite
      .prepare('INSERT INTO day_staff (site_id, name, certificate, expires_on, by, at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(siteId, name, certificate, expiresOn, caller.id, at);
    // A name stays out of the ledger, which forgets nothing.
    const body = { step: 'staff', certificate: sha256Hex(certificate), expiresOn, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at });
  });
}

/** Somebody who left, or whose certificate is entered anew. */
export function removeStaff({ db, clock }: DayDeps, siteId: string, staffId: number, caller: Caller): void {
  writeTransaction(db, () => {
    const at = clock();
    const { changes } = db.sqlite
      .prepare('UPDATE day_staff SET left_at = ? WHERE id = ? AND site_id = ? AND left_at IS NULL')
      .run(at, staffId, siteId);
    if (changes === 0) throw new Problem('not_found');
    const body = { step: 'staff-left', by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at });
  });
}

/** Begins or ends the school's page; begun again it has a new code, so that an old link opens nothing. */
export function changeSchool({ db, clock }: DayDeps, siteId: string, step: 'begin' | 'end', caller: Caller): void {
  writeTransaction(db, () => {
    const at = clock();
    const now = schoolOf(db, siteId);
    if ((now === undefined) === (step === 'end')) throw new Problem('conflict', { detail: 'It is so already.' });
    if (step === 'end')
      db.sqlite.prepare('UPDATE day_school SET ended_at = ? WHERE site_id = ? AND ended_at IS NULL').run(at, siteId);
    else
      db.sqlite
        .prepare('INSERT INTO day_school (site_id, code, by, at) VALUES (?, ?, ?, ?)')
        .run(siteId, randomBytes(12).toString('base64url'), caller.id, at);
    const body = { step: `school-${step}`, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at });
  });
}
