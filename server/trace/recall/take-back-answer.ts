// Takes an answer to a recall back, by whoever gave it: it stays on record and counts no more.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { noticeFor } from './answer-recall.ts';
import { allRecallAnswers, type Recall, type RecallAnswer } from './recall-store.ts';

/** Throws Problem `not_found` for another's answer, `conflict` once the recall is closed or it was taken back before. */
export function takeBackAnswer(
  deps: Pick<Deps, 'db' | 'clock'>,
  recall: Recall,
  answerId: number,
  caller: Caller,
): RecallAnswer {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const all = allRecallAnswers(db, recall.id);
    const answer = all.find(({ id }) => id === answerId);
    if (answer === undefined || answer.accountId !== caller.id || caller.id === null)
      throw new Problem('not_found', { detail: 'You gave no such answer.' });
    noticeFor(db, answer.noticeId, caller);
    if (recall.state !== 'open') throw new Problem('conflict', { detail: 'The recall is closed.' });
    if (answer.takenBackAt !== null) throw new Problem('conflict', { detail: 'It was taken back before.' });
    const at = deps.clock();
    db.sqlite.prepare('INSERT INTO recall_answer_taken_back VALUES (?, ?, ?)').run(answer.id, caller.id, at);
    const left = all.filter((one) => one.noticeId === answer.noticeId && one.takenBackAt === null && one !== answer);
    const last = left.at(-1)?.at ?? null;
    db.sqlite
      .prepare('UPDATE recall_notice SET state = ?, answered_at = ? WHERE id = ?')
      .run(last === null ? 'seen' : 'answered', last, answer.noticeId);
    const { siteId: site, at: given, action, quantity, unit, note, photoHash } = answer;
    appendEntry(db, {
      kind: 'recall-answer-taken-back',
      subject: recall.code,
      body: {
        recall: recall.publicId,
        site,
        answer: { lot: answer.code, at: given, action, quantity, unit, note, photoHash },
        account: caller.id,
      },
      at,
    });
    return { ...answer, takenBackAt: at };
  });
}
