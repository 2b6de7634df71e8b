// How bad a kind of finding is: what may reach a diner first, then what hides where goods are, then what is only near or unsaid.

const worstFirst = [
  'expired_served',
  'expired',
  'expired_received',
  'excursion',
  'unregistered_source',
  'day_missed',
  'foreign',
  'negative',
  'differ',
  'gain',
  'loss',
  'trade_mismatch',
  'transit',
  'unscanned',
  'recount',
  'early',
  'uncoded',
  'unit',
  'expiring',
] as const;

/** The worst have the smallest number; a kind nobody ranked comes last. */
export function severityOf(kind: string): number {
  const rank = (worstFirst as readonly string[]).indexOf(kind);
  return rank < 0 ? worstFirst.length : rank;
}

/** Every kind that has a rank, the worst first. */
export const kindsBySeverity: readonly string[] = worstFirst;
