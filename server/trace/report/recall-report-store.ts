// Gathers everything the report of a recall tells, as of its closing or as of now.
import { createHash } from 'node:crypto';
import type { AnswerState } from '../../../views/trace/parts.tsx';
import type {
  RecallReport,
  ReportEvent,
  ReportHolder,
  ReportKitchen,
  ReportProof,
} from '../../../views/trace/report/recall-report.ts';
import type { Deps } from '../../deps.ts';
import { readCheckpoint } from '../../ledger/checkpoint.ts';
import { entryLeaf, type StoredEntry } from '../../ledger/entry.ts';
import { entriesAbout, newestCheckpoint } from '../../ledger/ledger-store.ts';
import { writeCheckpoint } from '../../ledger/write-checkpoint.ts';
import type { Db } from '../../store/db.ts';
import { recallDrawn } from '../bench/bench-store.ts';
import { isNoPlace } from '../event/no-place.ts';
import { lotById } from '../lot/lot-store.ts';
import { holdingsOf, mostHoldings, type ReadPlace, readerOfPlaces } from '../recall/open-matters-store.ts';
import { recallNumber } from '../recall/recall-number.ts';
import {
  allRecallAnswers,
  type Recall,
  type RecallAnswer,
  recallAnswers,
  recallHoldings,
  recallNotices,
} from '../recall/recall-store.ts';
import { batchOf } from '../recall/recall-view-store.ts';

/** What the other half of the house knows of the kitchens in a recall's scope; given where both halves meet. */
export type RecallKitchens = (recallId: number, until: number) => readonly ReportKitchen[];

export type ReportDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;
const mostEvents = 1_000;
const mostEntries = 2_000;

export async function recallReport(deps: ReportDeps, recall: Recall, kitchens: RecallKitchens): Promise<RecallReport> {
  const { db, clock } = deps;
  const asOf = recall.closedAt ?? clock();
  const all = recallHoldings(db, recall.id, mostHoldings + 1).filter(({ siteId }) => !isNoPlace(siteId));
  const answers = recallAnswers(db, recall.id);
  const notices = recallNotices(db, recall.id);
  const places = readerOfPlaces(db, [...all, ...notices]);
  const proof = proofOf(deps, recall);
  return {
    number: recallNumber(recall.id, recall.startedAt),
    code: recall.code,
    batch: batchOf(lotById(db, recall.lotId), recall.code),
    productName: recall.product,
    productNameEn: recall.productEn,
    reason: recall.reason,
    reasonEn: recall.reasonEn,
    advice: recall.advice,
    adviceEn: recall.adviceEn,
    state: recall.state,
    startedAt: recall.startedAt,
    dueAt: recall.dueAt,
    closedAt: recall.closedAt,
    closingNote: recall.closingNote,
    asOf,
    issues: recall.issues,
    cut: all.length > mostHoldings || recall.truncated === 1 ? 'cut' : 'whole',
    holdings: holdingsOf(db, all.slice(0, mostHoldings), answers, places),
    holders: notices.map((notice): ReportHolder => {
      const first = answers.find(({ noticeId }) => noticeId === notice.id);
      const { siteId, issue, sentAt, seenAt, reminders } = notice;
      return { place: places(siteId), issue, sentAt, seenAt, firstAnswerAt: first?.at ?? null, reminders };
    }),
    timeline: timelineOf(db, proof.said, allRecallAnswers(db, recall.id), places),
    kitchens: kitchens(recall.id, asOf),
    chain: await recallDrawn(db, recall, asOf),
    proof: proof.proof,
  };
}

/** The ledger is the record of what was done when; the answers' own rows say what was answered. */
function timelineOf(
  db: Db,
  entries: readonly StoredEntry[],
  answers: readonly RecallAnswer[],
  places: ReadPlace,
): ReportEvent[] {
  const events = entries.map((entry): ReportEvent => {
    const body = JSON.parse(entry.body) as { issue?: number; holdings?: number; asked?: number; silent?: unknown[] };
    const plain = { at: entry.at, place: null, answers: [] };
    if (entry.kind === 'recall')
      return { ...plain, kind: body.issue === 1 ? 'issued' : 'widened', count: body.holdings ?? 0 };
    if (entry.kind === 'recall-reminder') return { ...plain, kind: 'reminded', count: body.asked ?? 0 };
    if (entry.kind === 'recall-closed') return { ...plain, kind: 'closed', count: body.silent?.length ?? 0 };
    const { site, answered } = answerOf(db, entry, answers);
    return {
      ...plain,
      kind: entry.kind === 'recall-answer' ? 'answered' : 'takenBack',
      place: places(site),
      count: answered.length,
      answers: answered,
    };
  });
  return events.slice(0, mostEvents);
}

function answerOf(db: Db, entry: StoredEntry, answers: readonly RecallAnswer[]) {
  const { site } = JSON.parse(entry.body) as { site: string };
  const isGiven = entry.kind === 'recall-answer';
  const lines = answers.filter(
    ({ siteId, at, takenBackAt }) => siteId === site && entry.at === (isGiven ? at : takenBackAt),
  );
  const answered = lines.map(({ action, lotId, code, quantity, unit, note, photoHash }) => ({
    action: action as AnswerState,
    batch: batchOf(lotById(db, lotId), code),
    quantity,
    unit: unit === 'C62' ? null : unit,
    note,
    photo: photoHash === null ? ('none' as const) : ('photo' as const),
  }));
  return { site, answered };
}

function proofOf(deps: ReportDeps, recall: Recall): { proof: ReportProof; said: StoredEntry[] } {
  const { db, secrets, clock } = deps;
  const note = writeCheckpoint(db, secrets, clock());
  const checkpoint = readCheckpoint(note, secrets.ledgerPublicKey);
  const signedAt = newestCheckpoint(db)?.at ?? 0;
  const said = entriesOfRecall(db, recall);
  const key = secrets.ledgerPublicKey.export({ type: 'spki', format: 'der' });
  return {
    said,
    proof: {
      entries: said.map((entry) => ({
        seq: entry.seq,
        at: entry.at,
        kind: entry.kind,
        leaf: entryLeaf(entry).toString('hex'),
      })),
      size: checkpoint?.size ?? 0,
      root: checkpoint?.root.toString('base64') ?? '',
      signedAt,
      key: createHash('sha256').update(key).digest('hex'),
    },
  };
}

const recallEntries: readonly string[] = [
  'recall',
  'recall-answer',
  'recall-answer-taken-back',
  'recall-reminder',
  'recall-closed',
];

/** The ledger's entries about one recall, in their order. */
export function entriesOfRecall(db: Db, recall: Pick<Recall, 'code' | 'publicId'>): StoredEntry[] {
  return entriesAbout(db, recall.code, mostEntries).filter(
    ({ kind, body }) =>
      recallEntries.includes(kind) && (JSON.parse(body) as { recall?: string }).recall === recall.publicId,
  );
}
