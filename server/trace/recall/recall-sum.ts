// Where the recalled quantity went: the holders' answers added up in one unit, what was mixed into products, and the rest.
import type { SumPart } from '../../../views/trace/recall/sum-bar.tsx';

export type SumAnswer = {
  readonly siteId: string;
  readonly lotId: number;
  readonly action: string;
  readonly quantity: number | null;
  readonly unit: string | null;
};
export type SumHolding = {
  readonly siteId: string;
  readonly lotId: number;
  readonly received: number | null;
  readonly onHand: number | null;
  readonly unit: string | null;
};

export type RecallSum = {
  readonly unit: string | null;
  /** All that was ever made or first received of the lot; null when the events do not say. */
  readonly total: number | null;
  readonly parts: Readonly<Record<SumPart, number>>;
};

const partOfAction: Readonly<Record<string, SumPart>> = {
  quarantined: 'sealed',
  returned: 'sealed',
  off_shelf: 'shelved',
  destroyed: 'destroyed',
  served: 'sold',
};

/**
 * `mixed`: how much of the lot went into other products, `total`: how much of it ever came to be. What no answer and no
 * event accounts for is silent: the parts add up to the total. Only amounts in `unit` are added: others cannot be compared.
 */
export function recallSum(
  lotId: number,
  unit: string | null,
  total: number | null,
  mixed: number,
  holdings: readonly SumHolding[],
  answers: readonly SumAnswer[],
): RecallSum {
  const parts = { sealed: 0, shelved: 0, destroyed: 0, sold: 0, mixed, silent: 0 };
  const answered = new Set(answers.map(({ siteId }) => siteId));
  const kept = new Map<string, Kept>();
  for (const answer of answers) {
    const part = partOfAction[answer.action];
    if (part === undefined || answer.lotId !== lotId || !sameUnit(answer.unit, unit)) continue;
    const quantity = answer.quantity ?? 0;
    const own = kept.get(answer.siteId) ?? { sealed: 0, shelved: 0 };
    kept.set(answer.siteId, own);
    if (answer.action === 'destroyed' || answer.action === 'returned') takeFrom(own, parts, quantity);
    if (answer.action === 'quarantined' || answer.action === 'off_shelf') own[part as keyof Kept] += quantity;
    parts[part] += quantity;
  }
  const told = sumOf(parts);
  // Nobody's word yet: what is not told of, or, where nobody knows how much there was, what the books say is there.
  const there = holdings.filter(
    (holding) => holding.lotId === lotId && !answered.has(holding.siteId) && sameUnit(holding.unit, unit),
  );
  parts.silent =
    total === null ? there.reduce((sum, { onHand }) => sum + (onHand ?? 0), 0) : Math.max(0, round(total - told));
  // Holders told of more than there was: the heading says so too, and the doubt stands at their answers.
  return { unit, total: total === null ? null : round(Math.max(total, told)), parts };
}

function sumOf(parts: Record<SumPart, number>): number {
  return Object.values(parts).reduce((sum, amount) => sum + amount, 0);
}

/** To a millionth: below what any scale shows. */
function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}

type Kept = { sealed: number; shelved: number };

/** What a holder destroys or sends back was sealed or taken off the shelf there before: the same goods count once. */
function takeFrom(own: Kept, parts: Record<SumPart, number>, quantity: number): void {
  let left = quantity;
  for (const part of ['sealed', 'shelved'] as const) {
    const taken = Math.min(own[part], left);
    own[part] -= taken;
    parts[part] -= taken;
    left -= taken;
  }
}

function sameUnit(a: string | null, b: string | null): boolean {
  return (a ?? 'C62') === (b ?? 'C62');
}
