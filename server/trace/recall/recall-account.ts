// What became of the goods of one lot at one holder: the books at issue against the holder's answers, nothing counted twice.
import type { Disposition, ReportAccount } from '../../../views/trace/report/recall-report.ts';
import { baseAmount, type ProductUnit, unitOfDimension } from '../code/balance-unit.ts';

export type AccountedAnswer = {
  readonly action: string;
  readonly quantity: number | null;
  readonly unit: string | null;
};

/**
 * `expected`: on hand as issued, in base unit `unit` (null: not said). What is destroyed or sent back is taken out of
 * what the same holder had sealed or taken off the shelf before, so that the same goods never count twice; where a
 * holder meant other goods, more stays unaccounted for, never less.
 */
export function accountOf(
  expected: number | null,
  unit: string | null,
  answers: readonly AccountedAnswer[],
  product: ProductUnit,
): ReportAccount {
  const parts: Record<Disposition, number> = { quarantined: 0, returned: 0, destroyed: 0, off_shelf: 0, served: 0 };
  const counted = unit ?? answersUnit(answers, product);
  let [found, uncounted] = [0, 0];
  for (const { action, quantity, unit: said } of answers) {
    if (quantity === null) continue;
    const amount = amountIn(counted, quantity, said, product);
    if (amount === undefined) uncounted += 1;
    else if (action === 'found') found += amount;
    else if (action in parts) {
      const part = action as Disposition;
      if (part === 'destroyed' || part === 'returned') takeFromSealed(parts, amount);
      parts[part] += amount;
    }
  }
  const told = Object.values(parts).reduce((sum, amount) => sum + amount, 0);
  return {
    unit: counted === 'C62' ? null : counted,
    expected,
    found: round(found),
    parts: Object.fromEntries(Object.entries(parts).map(([part, amount]) => [part, round(amount)])) as typeof parts,
    unaccounted: expected === null ? null : round(Math.max(0, expected - told)),
    beyond: expected === null ? 0 : round(Math.max(0, told - expected)),
    uncounted,
  };
}

function takeFromSealed(parts: Record<Disposition, number>, amount: number): void {
  const sealed = Math.min(parts.quarantined, amount);
  parts.quarantined -= sealed;
  parts.off_shelf -= Math.min(parts.off_shelf, amount - sealed);
}

/** Where the books say no unit, the first answer that can be converted says it. */
function answersUnit(answers: readonly AccountedAnswer[], product: ProductUnit): string | null {
  for (const { quantity, unit } of answers) {
    const amount = quantity === null ? undefined : baseAmount(quantity, unit ?? undefined, product);
    if (amount !== undefined) return unitOfDimension(amount.dimension);
  }
  return null;
}

function amountIn(
  unit: string | null,
  quantity: number,
  said: string | null,
  product: ProductUnit,
): number | undefined {
  const amount = baseAmount(quantity, said ?? undefined, product);
  return amount !== undefined && unitOfDimension(amount.dimension) === (unit ?? 'C62') ? amount.amount : undefined;
}

/** To a millionth: below what any scale shows. */
function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
