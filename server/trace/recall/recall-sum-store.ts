// The numbers behind "where the goods went": how much of a recalled lot ever was, and how much went into other products.
import type { Db } from '../../store/db.ts';
import { type Books, balanceOf } from '../chain/balance-store.ts';
import { isMixing } from '../chain/strand.ts';
import { baseAmount, type ProductUnit, unitOfDimension } from '../code/balance-unit.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { productUnits } from '../scope/recall-lines-store.ts';
import { type Recall, type RecallAnswer, recallAnswers, recallHoldings } from './recall-store.ts';
import { type RecallSum, recallSum } from './recall-sum.ts';
import { mostHolders } from './recall-view-store.ts';

/** Of the lot with its pieces and packings. What people told in grams, tonnes or boxes of a known size counts with the rest. */
export function sumOfRecall(db: Db, recall: Recall): RecallSum {
  const own = recallHoldings(db, recall.id, mostHolders).filter(({ scope }) => scope === 'definite');
  const units = new Map<string | null, number>();
  for (const { unit, received } of own) if (received !== null) units.set(unit, (units.get(unit) ?? 0) + received);
  const unit = [...units].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const books = balanceOf(
    db,
    own.map(({ holdingId }) => holdingId),
  );
  const { made, used } = ofSteps(books, new Set(own.map(({ holdingId }) => holdingId)), unit);
  const most = Math.max(0, ...own.map(({ holdingId }) => books.stockOf(holdingId)?.received ?? 0));
  const total = made > 0 ? made : most > 0 ? most : null;
  const { lotId } = recall;
  return recallSum(
    lotId,
    unit === 'C62' ? null : unit,
    total,
    used,
    own.map((holding) => ({ ...holding, lotId })),
    answersIn(db, { unit, lotId, own: new Set(own.map((holding) => holding.lotId)) }, recallAnswers(db, recall.id)),
  );
}

/** What was made of the lot and what was made of it, in `unit`: amounts in anything else cannot be added. */
function ofSteps({ replay, facts, unitOf }: Books, own: ReadonlySet<number>, unit: string | null) {
  const places = new Set([...own].flatMap((id) => facts.places.get(id) ?? []));
  const { entries, stocks } = replay;
  const counted = [...places].find((place) => unitOf(place) === unit);
  const dimension = counted === undefined ? undefined : stocks.dimension[counted];
  const sum = (lines: ReturnType<typeof entries.linesOut>) =>
    lines
      .filter((line) => places.has(line.place) && line.dimension === dimension && !Number.isNaN(line.amount))
      .reduce((total, { amount }) => total + amount, 0);
  let [made, used] = [0, 0];
  for (let entry = 0; entry < entries.count; entry++) {
    if (isMixing(entries.stepOf(entry))) {
      made += sum(entries.linesOut(entry));
      used += sum(entries.linesIn(entry));
    } else if (entries.roleOf(entry) === edgeRoles.made) made += sum(entries.linesOut(entry));
  }
  return { made, used };
}

type Counted = { readonly unit: string | null; readonly lotId: number; readonly own: ReadonlySet<number> };

/** Answers about the lot's pieces and packings as its own, in `unit`; what nothing converts stays as it was told. */
function answersIn(db: Db, { unit, lotId, own }: Counted, answers: readonly RecallAnswer[]): RecallAnswer[] {
  const products = productUnits(db, [...own]);
  return answers.map((answer) => {
    if (!own.has(answer.lotId) || answer.quantity === null) return answer;
    const product = products.get(answer.lotId) ?? noProduct;
    const said = baseAmount(answer.quantity, answer.unit ?? undefined, product);
    if (said === undefined || unitOfDimension(said.dimension) !== (unit ?? 'C62')) return { ...answer, lotId };
    return { ...answer, lotId, quantity: said.amount, unit: unit === 'C62' ? null : unit };
  });
}

const noProduct: ProductUnit = { unit: undefined, factors: {} };
