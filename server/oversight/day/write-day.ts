// The food-safety officer's press: today's list is written with what the data proved, and closes; later finds are added as lines.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { closedSince } from '../../kitchen/restaurant/standing-store.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type DayInput, type DayItemName, type DayLine, linesOfDay } from './day.ts';
import { checksOf, officesOf, shopDay, staffOf } from './day-store.ts';
import { type MorningState, morningOf } from './morning.ts';

type DayDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Throws Problem `invalid_input` with every item that wants a word, `conflict` where the day is done or nobody is named,
 * `forbidden` for anybody but the named officer.
 */
export function writeDay({ db, clock }: DayDeps, siteId: string, input: DayInput, caller: Caller): void {
  writeTransaction(db, () => {
    const day = openDay(db, siteId, clock(), caller);
    const staff = staffOf(db, siteId).map(({ id }) => id);
    const lines = linesOfDay(shopDay(db, siteId, day, clock()).items, input, staff);
    const checkId = keepCheck(db, { siteId, day, state: 'done', accountId: caller.id, at: clock() });
    for (const line of lines) keepLine(db, checkId, line, caller, clock());
    keepMorning(db, checkId, morningOf(staff, input.staff).morning.people);
    const counts = Object.fromEntries(
      ['proved', 'confirmed', 'exception', 'unknown'].map((answer) => [
        answer,
        lines.filter((line) => line.answer === answer).length,
      ]),
    );
    const body = { step: 'done', day, ...counts, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at: clock() });
  });
}

/** The shop is closed today: a day without a list, and no gap. */
export function closeDay({ db, clock }: DayDeps, siteId: string, caller: Caller): void {
  writeTransaction(db, () => {
    const day = openDay(db, siteId, clock(), caller);
    keepCheck(db, { siteId, day, state: 'closed', accountId: caller.id, at: clock() });
    const body = { step: 'closed', day, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at: clock() });
  });
}

/** What is found after the list was closed. */
export function addException(
  { db, clock }: DayDeps,
  siteId: string,
  { item, words }: { readonly item: DayItemName; readonly words: string },
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const day = beijingDay(clock());
    const [check] = checksOf(db, siteId, day, day);
    if (check === undefined) throw new Problem('conflict', { detail: 'Do the list of today first.' });
    keepLine(db, check.id, { item, answer: 'exception', words, values: {} }, caller, clock());
    const body = { step: 'added', day, item, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at: clock() });
  });
}

/** Today, if it is not done yet and the caller is who answers for it. */
function openDay(db: Db, siteId: string, now: number, caller: Caller): string {
  const officer = officesOf(db, siteId).get('officer');
  if (officer === undefined)
    throw new Problem('conflict', { detail: 'Nobody is named as food-safety officer of this shop: name one first.' });
  if (officer.accountId !== caller.id)
    throw new Problem('forbidden', { detail: 'Only the named food-safety officer does the list of the day.' });
  const day = beijingDay(now);
  const closed = closedSince(db, siteId);
  if (closed !== undefined && day >= closed)
    throw new Problem('conflict', { detail: 'This kitchen is closed: nothing is asked of it today.' });
  if (checksOf(db, siteId, day, day).length > 0)
    throw new Problem('conflict', { detail: 'The list of today is done; add what you found since as a line.' });
  return day;
}

type NewCheck = {
  readonly siteId: string;
  readonly day: string;
  readonly state: 'done' | 'closed';
  readonly accountId: number;
  readonly at: number;
};

function keepCheck(db: Db, { siteId, day, state, accountId, at }: NewCheck): number {
  return Number(
    db.sqlite
      .prepare('INSERT INTO day_check (site_id, day, state, account_id, at) VALUES (?, ?, ?, ?, ?)')
      .run(siteId, day, state, accountId, at).lastInsertRowid,
  );
}

function keepMorning(db: Db, checkId: number, people: ReadonlyMap<number, MorningState>): void {
  const add = db.sqlite.prepare('INSERT INTO day_morning (check_id, staff_id, state) VALUES (?, ?, ?)');
  for (const [staffId, state] of people) add.run(checkId, staffId, state);
}

function keepLine(db: Db, checkId: number, { item, answer, words, values }: DayLine, caller: Caller, at: number): void {
  db.sqlite
    .prepare('INSERT INTO day_line (check_id, item, answer, words, said, account_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(checkId, item, answer, words, JSON.stringify(values), caller.id, at);
}
