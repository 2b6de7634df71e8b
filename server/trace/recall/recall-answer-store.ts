// What holders answered to a recall, and what is doubted of it before it is kept: more than ever came, with the books' number.

import type { AnswerState } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';
import { baseAmount, type ProductUnit, unitOfDimension } from '../code/balance-unit.ts';
import { inUnit, unitWord } from '../code/unit-word.ts';
import type { AnswerLine } from './answer-recall.ts';
import { productUnits } from './recall-lines-store.ts';
import { recallAnswers, recallHoldings, recallNotices } from './recall-store.ts';

/** Each holder's last answer; silent while there is none. */
export function answersBySite(db: Db, recallId: number): Map<string, AnswerState> {
  const states = new Map<string, AnswerState>(recallNotices(db, recallId).map(({ siteId }) => [siteId, 'silent']));
  for (const { siteId, action } of recallAnswers(db, recallId)) states.set(siteId, action as AnswerState);
  return states;
}

export type AnswerDoubt = {
  readonly quantity: number;
  /** All that ever came there by the books, in `unit`; null: pieces. */
  readonly books: number;
  readonly unit: string | null;
};

const mostLots = 500;
const noProduct: ProductUnit = { unit: undefined, factors: {} };

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
  return lines.flatMap(({ lotId = recall.lotId, quantity, unit }) => {
    const holding = held.find((one) => one.lotId === lotId);
    if (quantity === undefined || holding === undefined || holding.received === null) return [];
    const word = unit === undefined ? { code: 'C62', times: 1 } : unitWord(unit);
    const said = word && baseAmount(inUnit(quantity, word), word.code, products.get(lotId) ?? noProduct);
    if (said === undefined || unitOfDimension(said.dimension) !== (holding.unit ?? 'C62')) return [];
    if (said.amount <= holding.received * (1 + 1e-9)) return [];
    return [{ quantity, books: holding.received, unit: holding.unit === 'C62' ? null : holding.unit }];
  });
}
