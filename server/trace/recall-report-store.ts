// Gathers everything the report of a recall tells, as of its closing or as of now.
import { createHash } from 'node:crypto';
import type { AnswerState, PlaceName } from '../../views/trace/parts.tsx';
import type {
  RecallReport,
  ReportEvent,
  ReportHolder,
  ReportHolding,
  ReportKitchen,
  ReportProof,
} from '../../views/trace/recall-report.ts';
import type { Deps } from '../deps.ts';
import { readCheckpoint } from '../ledger/checkpoint.ts';
import { entryLeaf, type StoredEntry } from '../ledger/entry.ts';
import { entriesAbout } from '../ledger/ledger-store.ts';
import { writeCheckpoint } from '../ledger/write-checkpoint.ts';
import type { Db } from '../store/db.ts';
import type { ProductUnit } from './balance-unit.ts';
import { benchChain, placesOf } from './bench-store.ts';
import { recallNumber } from './diner-store.ts';
import { lotById } from './lot-store.ts';
import { accountOf } from './recall-account.ts';
import {
  type Recall,
  type RecallAnswer,
  type RecallHolding,
  recallAnswers,
  recallHoldings,
  recallNotices,
} from './recall-store.ts';
import { batchOf } from './recall-view-store.ts';

/** What the other half of the house knows of the kitchens in a recall's scope; given where both halves meet. */
export type RecallKitchens = (recallId: number, until: number) => readonly ReportKitchen[];

export type ReportDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

const mostHoldings = 2_000;
const mostEvents = 1_000;
const mostEntries = 2_000;
const noPlaces = new Set(['transit', 'unknown', 'process']);

export function recallReport(deps: ReportDeps, recall: Recall, kitchens: RecallKitchens): RecallReport {
  const { db, clock } = deps;
  const asOf = recall.closedAt ?? clock();
  const all = recallHoldings(db, recall.id, mostHoldings + 1).filter(({ siteId }) => !noPlaces.has(siteId));
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
    timeline: timelineOf(db, proof.said, answers, places),
    kitchens: kitchens(recall.id, asOf),
    chain: benchChain(db, {
      lotId: recall.lotId,
      direction: 'forward',
      fromAt: undefined,
      untilAt: asOf,
      recallId: recall.id,
    }).drawn,
    proof: proof.proof,
  };
}

/** Holders that have not answered, and lots in the definite scope that no answer speaks for. */
export type OpenMatters = {
  readonly silent: readonly string[];
  readonly unaccounted: readonly { readonly unit: string | null; readonly amount: number }[];
};

export function openMattersOf(db: Db, recall: Recall): OpenMatters {
  const rows = recallHoldings(db, recall.id, mostHoldings).filter(
    ({ siteId, scope }) => scope === 'definite' && !noPlaces.has(siteId),
  );
  const silent = recallNotices(db, recall.id).filter(({ state }) => state !== 'answered');
  const sums = new Map<string | null, number>();
  for (const { account } of holdingsOf(db, rows, recallAnswers(db, recall.id), readerOfPlaces(db, rows)))
    sums.set(account.unit, (sums.get(account.unit) ?? 0) + (account.unaccounted ?? 0));
  return {
    silent: silent.map(({ siteId }) => siteId),
    unaccounted: [...sums].filter(([, amount]) => amount > 0).map(([unit, amount]) => ({ unit, amount })),
  };
}

type ReadPlace = (siteId: string) => PlaceName;

function readerOfPlaces(db: Db, rows: readonly { readonly siteId: string }[]): ReadPlace {
  const places = placesOf(db, [...new Set(rows.map(({ siteId }) => siteId))]);
  return (siteId) =>
    places.get(siteId) ?? { id: siteId, name: null, nameEn: null, kind: null, address: null, addressEn: null };
}

function holdingsOf(
  db: Db,
  rows: readonly RecallHolding[],
  answers: readonly RecallAnswer[],
  places: ReadPlace,
): ReportHolding[] {
  const products = productUnits(db, [...new Set(rows.map(({ lotId }) => lotId))]);
  return rows.map((row) => ({
    place: places(row.siteId),
    batch: batchOf(lotById(db, row.lotId), row.code),
    scope: row.scope,
    issue: row.issue,
    received: row.received,
    share: row.share,
    account: accountOf(
      row.onHand,
      row.unit,
      answers.filter(({ siteId, lotId }) => siteId === row.siteId && lotId === row.lotId),
      products.get(row.lotId) ?? { unit: undefined, factors: {} },
    ),
  }));
}

function productUnits(db: Db, lotIds: readonly number[]): Map<number, ProductUnit> {
  const rows = db.sqlite
    .prepare(
      `SELECT l.id, p.unit, p.factors FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value CROSS JOIN product p ON p.id = l.product_id`,
    )
    .all(JSON.stringify(lotIds)) as { id: number; unit: string | null; factors: string }[];
  return new Map(rows.map(({ id, unit, factors }) => [id, { unit: unit ?? undefined, factors: JSON.parse(factors) }]));
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
    return { ...plain, kind: 'answered', place: places(site), count: answered.length, answers: answered };
  });
  return events.slice(0, mostEvents);
}

function answerOf(db: Db, entry: StoredEntry, answers: readonly RecallAnswer[]) {
  const { site } = JSON.parse(entry.body) as { site: string };
  const lines = answers.filter(({ siteId, at }) => siteId === site && at === entry.at);
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
      signedAt: checkpoint?.at ?? 0,
      key: createHash('sha256').update(key).digest('hex'),
    },
  };
}

const recallEntries: readonly string[] = ['recall', 'recall-answer', 'recall-reminder', 'recall-closed'];

/** The ledger's entries about one recall, in their order. */
export function entriesOfRecall(db: Db, recall: Pick<Recall, 'code' | 'publicId'>): StoredEntry[] {
  return entriesAbout(db, recall.code, mostEntries).filter(
    ({ kind, body }) =>
      recallEntries.includes(kind) && (JSON.parse(body) as { recall?: string }).recall === recall.publicId,
  );
}
