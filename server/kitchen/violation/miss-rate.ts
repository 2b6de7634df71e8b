// How often a violation is missed: audited frames, with the interval that says how little or much we know.

export type Share = { readonly share: number; readonly low: number; readonly high: number; readonly of: number };

// 95 %.
const z = 1.959964;

/** A share with its Wilson 95 % interval (E. B. Wilson 1927); undefined when nothing was counted. */
export function wilson(hits: number, of: number): Share | undefined {
  if (of <= 0) return undefined;
  const share = hits / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half), of };
}

export type AuditCount = {
  readonly violation: string;
  /** Audited frames in which a person was asked about it. */
  readonly asked: number;
  /** Those in which it was there after all. */
  readonly missed: number;
};

export type MissRate = AuditCount & { readonly rate: Share | undefined };

export function missRates(counts: readonly AuditCount[]): MissRate[] {
  return counts.map((count) => ({ ...count, rate: wilson(count.missed, count.asked) }));
}
