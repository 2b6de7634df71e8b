// Carries home what holders at a district’s server answered to a recall, each answer once, and takes back what they took back there.
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { lotByCode } from '../../trace/lot/lot-store.ts';
import { type AnswerAction, answerRecall } from '../../trace/recall/answer-recall.ts';
import { type Recall, recallById, recallNotices } from '../../trace/recall/recall-store.ts';
import { takeBackAnswer } from '../../trace/recall/take-back-answer.ts';
import { callerOfServer, type FederatedServer } from './federation-store.ts';

type BringDeps = Pick<Deps, 'db' | 'clock'>;

export type RemoteAnswer = {
  readonly id: number;
  readonly site: string;
  readonly lot: string;
  readonly action: AnswerAction;
  readonly quantity: number | null;
  readonly unit: string | null;
};

/** Each answer once. What a holder wrote beside it stays there: it may name people. */
export function bringAnswers(
  { db, clock }: BringDeps,
  server: FederatedServer,
  recall: Pick<Recall, 'id'>,
  carriedId: number,
  { answers }: { readonly answers: readonly RemoteAnswer[] },
): void {
  const known = db.sqlite.prepare('SELECT 1 FROM federated_answer WHERE carried_id = ? AND remote_id = ?');
  const fresh = answers.filter(({ id }) => known.get(carriedId, id) === undefined);
  if (fresh.length === 0) return;
  const notices = recallNotices(db, recall.id);
  for (const answer of fresh)
    writeTransaction(db, () => {
      const notice = notices.find(({ siteId }) => siteId === answer.site);
      const answerId = notice && answerHere({ db, clock }, server, notice.id, answer);
      db.sqlite
        .prepare(
          'INSERT INTO federated_answer (carried_id, remote_id, site_id, taken, answer_id, at) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(carriedId, answer.id, answer.site, answerId === undefined ? 0 : 1, answerId ?? null, clock());
    });
}

type Kept = { readonly remoteId: number; readonly answerId: number; readonly site: string };

/** What a holder took back there stands no more here either. */
export function takeBackAnswers(
  { db, clock }: BringDeps,
  server: FederatedServer,
  { id: recallId }: Pick<Recall, 'id'>,
  carriedId: number,
  { answers }: { readonly answers: readonly RemoteAnswer[] },
): void {
  const standing = new Set(answers.map(({ id }) => id));
  const kept = db.sqlite
    .prepare(
      `SELECT remote_id AS remoteId, answer_id AS answerId, site_id AS site FROM federated_answer
       WHERE carried_id = ? AND answer_id IS NOT NULL AND taken_back_at IS NULL`,
    )
    .all(carriedId) as Kept[];
  const recall = recallById(db, recallId);
  if (recall?.state !== 'open') return;
  for (const { remoteId, answerId, site } of kept.filter((one) => !standing.has(one.remoteId)))
    writeTransaction(db, () => {
      takeBackAnswer({ db, clock }, recall, answerId, { ...callerOfServer(db, server), sites: [site] });
      db.sqlite
        .prepare('UPDATE federated_answer SET taken_back_at = ? WHERE carried_id = ? AND remote_id = ?')
        .run(clock(), carriedId, remoteId);
    });
}

/** Its id here; undefined: a lot that was told of there alone stands there alone. */
function answerHere(
  deps: BringDeps,
  server: FederatedServer,
  noticeId: number,
  { site, lot, action, quantity, unit }: RemoteAnswer,
): number | undefined {
  const lotId = lotByCode(deps.db, lot)?.id;
  if (lotId === undefined) return undefined;
  const line = { lotId, action, ...(quantity === null ? {} : { quantity }), ...(unit === null ? {} : { unit }) };
  try {
    answerRecall(deps, { noticeId, lines: [line] }, { ...callerOfServer(deps.db, server), sites: [site] });
    return deps.db.sqlite
      .prepare('SELECT max(id) FROM recall_answer WHERE notice_id = ?')
      .pluck()
      .get(noticeId) as number;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}
