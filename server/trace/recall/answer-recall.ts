// A holder answers a recall: what was found, sealed, sent back, destroyed, taken off the shelf or already served.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { unitCode } from '../code/balance-unit.ts';
import { noticeById, type RecallNotice, recallById } from './recall-store.ts';
import { answerActions } from './recall-tables.ts';

export type AnswerAction = (typeof answerActions)[number];

export type AnswerLine = {
  /** The recalled lot itself when left out. */
  readonly lotId?: number;
  /** `none`: nothing of it is or was here. */
  readonly action: AnswerAction;
  readonly quantity?: number;
  /** As people write it, or a UN/CEFACT code; pieces when left out. */
  readonly unit?: string;
  /** SHA-256 of a photo that is already in the blob store. */
  readonly photoHash?: string;
  readonly note?: string;
};

export type RecallReply = { readonly noticeId: number; readonly lines: readonly AnswerLine[] };

const mostLines = 200;
const longestNote = 2_000;

/**
 * Adds the lines to the notice and marks it answered; a holder may answer again as more is found. Throws Problem
 * `not_found` for another's notice, `conflict` once the recall is closed, `invalid_input` with every fault.
 */
export function answerRecall(deps: Pick<Deps, 'db' | 'clock'>, reply: RecallReply, caller: Caller): RecallNotice {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const notice = noticeFor(db, reply.noticeId, caller);
    const recall = recallById(db, notice.recallId);
    if (recall?.state !== 'open') throw new Problem('conflict', { detail: 'The recall is closed.' });
    const faults = reply.lines.flatMap((line, index) => faultsOf(db, notice, recall.lotId, line, `/lines/${index}`));
    if (reply.lines.length === 0)
      faults.push({ place: '/lines', code: 'missing', detail: 'Say at least one thing that was done.' });
    if (reply.lines.length > mostLines)
      faults.push({ place: '/lines', code: 'too_many', detail: `At most ${mostLines} lines at once.` });
    if (faults.length > 0) throw new Problem('invalid_input', { faults: faults.slice(0, 100) });
    const at = deps.clock();
    for (const line of reply.lines) insertAnswer(db, notice, recall.lotId, line, caller, at);
    db.sqlite
      .prepare(
        "UPDATE recall_notice SET state = 'answered', answered_at = ?, seen_at = coalesce(seen_at, ?) WHERE id = ?",
      )
      .run(at, at, notice.id);
    appendEntry(db, {
      kind: 'recall-answer',
      subject: recall.code,
      body: { recall: recall.publicId, site: notice.siteId, lines: reply.lines, account: caller.id },
      at,
    });
    return { ...notice, state: 'answered', answeredAt: at };
  });
}

/** Remembers that the holder has opened the notice. */
export function seeNotice(deps: Pick<Deps, 'db' | 'clock'>, noticeId: number, caller: Caller): void {
  const notice = noticeFor(deps.db, noticeId, caller);
  if (notice.state !== 'sent' || !caller.sites.includes(notice.siteId)) return;
  writeTransaction(deps.db, () =>
    deps.db.sqlite
      .prepare("UPDATE recall_notice SET state = 'seen', seen_at = ? WHERE id = ? AND state = 'sent'")
      .run(deps.clock(), noticeId),
  );
}

/** Throws Problem `not_found` for another's notice. */
export function noticeFor(db: Db, id: number, caller: Caller): RecallNotice {
  const notice = noticeById(db, id);
  if (notice === undefined || !seesSite(caller, notice.siteId))
    throw new Problem('not_found', { detail: 'No such notice.' });
  return notice;
}

function faultsOf(db: Db, notice: RecallNotice, recalledLotId: number, line: AnswerLine, place: string): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, code: string, detail: string) =>
    faults.push({ place: `${place}/${field}`, code, detail });
  if (!answerActions.includes(line.action)) fault('action', 'unknown', `One of ${answerActions.join(', ')}.`);
  if (line.quantity !== undefined && !(line.quantity >= 0 && line.quantity <= 1e12))
    fault('quantity', 'out_of_range', 'A number from 0 on.');
  if (line.quantity === undefined && line.action !== 'none' && line.action !== 'found')
    fault('quantity', 'missing', 'Say how much.');
  if (line.unit !== undefined && unitCode(line.unit) === undefined)
    fault('unit', 'unknown', `${line.unit.slice(0, 20)} is no unit; kg, 箱 or KGM are.`);
  if (line.photoHash !== undefined && !/^[0-9a-f]{64}$/.test(line.photoHash))
    fault('photoHash', 'unknown', 'Send the photo first.');
  if ((line.note?.length ?? 0) > longestNote) fault('note', 'too_long', `At most ${longestNote} characters.`);
  const lotId = line.lotId ?? recalledLotId;
  const inScope = db.sqlite
    .prepare('SELECT 1 FROM recall_scope WHERE recall_id = ? AND lot_id = ? LIMIT 1')
    .get(notice.recallId, lotId);
  if (inScope === undefined) fault('lotId', 'not_in_scope', 'This lot is not part of the recall.');
  return faults;
}

function insertAnswer(
  db: Db,
  notice: RecallNotice,
  recalledLotId: number,
  line: AnswerLine,
  caller: Caller,
  at: number,
): void {
  db.sqlite
    .prepare(
      `INSERT INTO recall_answer (notice_id, lot_id, action, quantity, unit, photo_hash, note, account_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      notice.id,
      line.lotId ?? recalledLotId,
      line.action,
      line.quantity ?? null,
      line.unit === undefined ? null : (unitCode(line.unit) ?? null),
      line.photoHash ?? null,
      line.note ?? null,
      caller.id,
      at,
    );
}
