// Recalls as their pages show them: holders with their last answer, where the goods went, a holder's own notices.

import type { AnswerState, PlaceName } from '../../../views/trace/parts.tsx';
import type { MyNotice } from '../../../views/trace/recall/my-recalls-page.tsx';
import type { HolderLine } from '../../../views/trace/recall/recall-holders.tsx';
import type { RecallLine } from '../../../views/trace/recall/recalls-page.tsx';
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import type { ProductUnit } from '../code/balance-unit.ts';
import { isNoPlace } from '../event/no-place.ts';
import { type Lot, lotById } from '../lot/lot-store.ts';
import { placesOf } from '../place/place-store.ts';
import { productUnits } from '../scope/recall-lines-store.ts';
import type { ScopeRow } from '../scope/recall-scope.ts';
import { answersBySite, toldOver } from './recall-answer-store.ts';
import { recallNumber } from './recall-number.ts';
import {
  allRecallAnswers,
  openNoticesOfSites,
  type Recall,
  type RecallAnswer,
  type RecallHolding,
  type RecallNotice,
  recallAnswers,
  recallByPublicId,
  recallHoldings,
  recallNotices,
} from './recall-store.ts';

export const mostHolders = 2_000;

export function recallLine(db: Db, recall: Recall, lang: string): RecallLine {
  const lot = lotById(db, recall.lotId);
  const answers = [...answersBySite(db, recall.id).values()];
  return {
    href: `/recalls/${recall.publicId}`,
    number: recallNumber(recall.id, recall.startedAt),
    productName: recall.product,
    productNameEn: recall.productEn,
    batch: batchOf(lot, recall.code),
    reason: lang === 'en' ? (recall.reasonEn ?? recall.reason) : recall.reason,
    state: recall.state,
    startedAt: recall.startedAt,
    dueAt: recall.dueAt,
    closedAt: recall.closedAt,
    answered: answers.filter((answer) => answer !== 'silent').length,
    holders: answers.length,
  };
}

export function batchOf(lot: Pick<Lot, 'originBatch' | 'batch' | 'serial'> | undefined, code: string): string {
  return lot?.originBatch ?? lot?.batch ?? lot?.serial ?? code;
}

/** Every holding of the frozen scope with what its holder answered last. */
export function holderLines(db: Db, recall: Recall, photoHref: (hash: string) => string): HolderLine[] {
  const holdings = recallHoldings(db, recall.id, mostHolders);
  const notices = new Map(recallNotices(db, recall.id).map((notice) => [notice.siteId, notice]));
  const answers = recallAnswers(db, recall.id);
  const last = new Map<string, RecallAnswer>();
  for (const answer of answers) last.set(answer.siteId, answer);
  const ofLot = answersByHolding(answers);
  const products = productUnits(
    db,
    answers.map(({ lotId }) => lotId),
  );
  const places = placesOf(db, [...new Set(holdings.map(({ siteId }) => siteId))]);
  const real = holdings.filter(({ siteId }) => !isNoPlace(siteId));
  return real.map((holding) => {
    const own = ofLot.get(holdingName(holding)) ?? [];
    return {
      ...holderLine(
        db,
        holding,
        places,
        notices.get(holding.siteId),
        own.at(-1) ?? last.get(holding.siteId),
        photoHref,
      ),
      doubt: doubtOf(holding, own, products.get(holding.lotId)),
    };
  });
}

const holdingName = ({ siteId, lotId }: { readonly siteId: string; readonly lotId: number }) => `${siteId} ${lotId}`;

function answersByHolding(answers: readonly RecallAnswer[]): Map<string, RecallAnswer[]> {
  const found = new Map<string, RecallAnswer[]>();
  for (const answer of answers) {
    const name = holdingName(answer);
    found.set(name, [...(found.get(name) ?? []), answer]);
  }
  return found;
}

/** A holder that tells of more than the books say ever came there: its number, to stand beside ours. */
function doubtOf(
  { received, unit }: RecallHolding,
  answers: readonly RecallAnswer[],
  product: ProductUnit | undefined,
): number | null {
  if (received === null) return null;
  const told = ['found', 'quarantined'].map((action) => toldOver({ received, unit }, answers, action, product));
  const most = Math.max(...told);
  return most > received * (1 + 1e-9) ? most : null;
}

function holderLine(
  db: Db,
  holding: RecallHolding,
  places: ReadonlyMap<string, PlaceName>,
  notice: RecallNotice | undefined,
  answer: RecallAnswer | undefined,
  photoHref: (hash: string) => string,
): HolderLine {
  return {
    place: placeOf(holding, places),
    scope: holding.scope,
    batch: batchOf(lotById(db, holding.lotId), holding.code),
    received: holding.received,
    onHand: holding.onHand,
    share: holding.share,
    unit: shownUnit(holding.unit),
    answer: answer === undefined ? (notice === undefined ? null : 'silent') : (answer.action as AnswerState),
    answeredAt: answer?.at ?? null,
    note: answer?.note ?? null,
    said: answer?.quantity == null ? null : { quantity: answer.quantity, unit: shownUnit(answer.unit) },
    doubt: null,
    photoHref: answer?.photoHash == null ? null : photoHref(answer.photoHash),
    told: notice === undefined ? 0 : 1 + notice.reminders,
    seen: notice?.seenAt == null ? 'unseen' : 'seen',
  };
}

/** A scope that is not issued yet. */
export function previewLines(db: Db, rows: readonly ScopeRow[]): HolderLine[] {
  const keys = new Map(
    (
      db.sqlite
        .prepare('SELECT s.key, s.id FROM json_each(?) j CROSS JOIN site s ON s.key = j.value')
        .raw()
        .all(JSON.stringify([...new Set(rows.map(({ siteKey }) => siteKey))])) as [number, string][]
    ).map(([key, id]) => [key, id]),
  );
  const places = placesOf(db, [...keys.values()]);
  return rows.slice(0, mostHolders).flatMap((row): HolderLine[] => {
    const siteId = keys.get(row.siteKey) ?? 'unknown';
    if (isNoPlace(siteId)) return [];
    const lot = lotById(db, row.lotId);
    const place = places.get(siteId) ?? {
      id: siteId,
      name: null,
      nameEn: null,
      kind: null,
      address: null,
      addressEn: null,
    };
    return [
      {
        place,
        scope: row.scope,
        batch: batchOf(lot, lot?.code ?? ''),
        received: row.received,
        onHand: row.onHand,
        share: row.share,
        unit: shownUnit(row.unit),
        answer: null,
        answeredAt: null,
        note: null,
        said: null,
        doubt: null,
        photoHref: null,
        told: 0,
        seen: 'unseen',
      },
    ];
  });
}

function placeOf(holding: RecallHolding, places: ReadonlyMap<string, PlaceName>): PlaceName {
  const { siteId, siteName, siteNameEn } = holding;
  return (
    places.get(siteId) ?? { id: siteId, name: siteName, nameEn: siteNameEn, kind: null, address: null, addressEn: null }
  );
}

function shownUnit(unit: string | null): string | null {
  return unit === 'C62' ? null : unit;
}

/** The notices of open recalls for a caller's places, each with what the records say came there and what was answered. */
export function myNotices(db: Db, caller: Caller, lang: string): MyNotice[] {
  const places = placesOf(db, caller.sites);
  return openNoticesOfSites(db, caller.sites).flatMap((notice): MyNotice[] => {
    const recall = recallByPublicId(db, notice.publicId);
    const place = places.get(notice.siteId);
    if (recall === undefined || place === undefined) return [];
    return [
      {
        recallId: recall.publicId,
        noticeId: notice.id,
        number: recallNumber(recall.id, recall.startedAt),
        productName: recall.product,
        productNameEn: recall.productEn,
        batch: batchOf(lotById(db, recall.lotId), recall.code),
        reason: lang === 'en' ? (recall.reasonEn ?? recall.reason) : recall.reason,
        advice: lang === 'en' ? (recall.adviceEn ?? recall.advice) : recall.advice,
        startedAt: recall.startedAt,
        dueAt: recall.dueAt,
        place,
        lots: ownLots(db, recall, notice.siteId),
        answers: allRecallAnswers(db, recall.id)
          .filter(({ noticeId }) => noticeId === notice.id)
          .map((answer) => ({
            action: answer.action as AnswerState,
            batch: batchOf(lotById(db, answer.lotId), answer.code),
            quantity: answer.quantity,
            unit: shownUnit(answer.unit),
            note: answer.note,
            at: answer.at,
            takenBackAt: answer.takenBackAt,
            takeBackHref:
              answer.takenBackAt !== null || answer.accountId !== caller.id
                ? null
                : `/my/recalls/${recall.publicId}/answers/${answer.id}/taken-back`,
          })),
      },
    ];
  });
}

function ownLots(db: Db, recall: Recall, siteId: string): MyNotice['lots'] {
  return recallHoldings(db, recall.id, 200, siteId)
    .sort((a, b) => Number(b.lotId === recall.lotId) - Number(a.lotId === recall.lotId))
    .map((holding) => ({
      code: holding.code,
      batch: batchOf(lotById(db, holding.lotId), holding.code),
      productName: holding.product,
      productNameEn: holding.productEn,
      received: holding.received,
      onHand: holding.onHand,
      unit: shownUnit(holding.unit),
    }));
}
