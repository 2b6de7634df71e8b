// What holders answered to a recall, and what is doubted of it before it is kept: more than ever came, with the books' number.

import type { AnswerState } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';
import { type ProductUnit, unitCode } from '../code/balance-unit.ts';
import { productUnits } from '../scope/recall-lines-store.ts';
import type { AnswerLine } from './answer-recall.ts';
import { type AccountedAnswer, accountOf } from './recall-account.ts';
import { recallAnswers, recallHoldings, recallNotices } from './recall-store.ts';

/** Each holder's last answer; silent while there is none. */
export function answersBySite(db: Db, recallId: number): Map<string, AnswerState> {
  const states = new Map<string, AnswerState>(recallNotices(db, recallId).map(({ siteId }) => [siteId, 'silent']));
  for (const { siteId, action } of recallAnswers(db, recallId)) states.set(siteId, action as AnswerState);
  return states;
}

export type AnswerDoubt = {
  readonly lot: string;
  readonly quantity: number;
  /** All that ever came there by the books, in `unit`; null: pieces. */
  readonly books: number;
  /** What the holder would have told of altogether, in `unit`. */
  readonly told: number;
  /** Whether this line says more by itself, or only with what was answered before. */
  readonly over: 'alone' | 'together';
  readonly unit: string | null;
};

const noProduct: ProductUnit = { unit: undefined, factors: {} };

/** What answers tell of altogether, in the unit of the books; less than `received` is nothing to doubt. */
export function toldOver(
  { received, unit }: { readonly received: number; readonly unit: string | null },
  answers: readonly AccountedAnswer[],
  action: string,
  product: ProductUnit = noProduct,
): number {
  const { found, beyond } = accountOf(received, unit, answers, product);
  return action === 'found' ? found : received + beyond;
}

const mostLots = 500;

/** More than ever came: by one line, or together with what the holder answered before. */
export function doubtsOfAnswer(
  db: Db,
  recall: { readonly id: number; readonly lotId: number },
  siteId: string,
  lines: readonly AnswerLine[],
): AnswerDoubt[] {
  const held = recallHoldings(db, recall.id, mostLots, siteId);
  const products = productUnits(
    db,
    held.map(({ lotId }) => lotId),
  );
  const before = recallAnswers(db, recall.id).filter((answer) => answer.siteId === siteId);
  const said = lines.map(({ lotId = recall.lotId, action, quantity = null, unit = 'C62' }) => ({
    ...{ lotId, action, quantity, unit: unitCode(unit) ?? null },
  }));
  return said.flatMap((line, index): AnswerDoubt[] => {
    const holding = held.find(({ lotId }) => lotId === line.lotId);
    if (line.quantity === null || holding === undefined || holding.received === null) return [];
    const { code, received: books, unit } = holding;
    const toldBy = (answers: readonly AccountedAnswer[]) =>
      toldOver({ received: books, unit }, answers, line.action, products.get(line.lotId));
    const alike = [...before, ...said.slice(0, index + 1)].filter(({ lotId }) => lotId === line.lotId);
    const alone = toldBy([line]);
    const told = line.action === 'found' ? alone : toldBy(alike);
    if (told <= books * (1 + 1e-9)) return [];
    const over = alone > books * (1 + 1e-9) ? 'alone' : 'together';
    return [{ lot: code, quantity: line.quantity, books, told, over, unit: unit === 'C62' ? null : unit }];
  });
}
