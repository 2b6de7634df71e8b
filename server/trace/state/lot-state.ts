// What state a lot is in for whoever asks: one order of what matters most, so that no two pages can disagree.
import { expiryState } from './expiry.ts';

/** Worst first. `touched`: in an open recall of another lot, made from it or mixed with it. */
export const lotStates = ['recalled', 'touched', 'held', 'recallClosed', 'expired', 'near', 'ok'] as const;
export type LotState = (typeof lotStates)[number];

export type StatedLot = {
  readonly id: number;
  /** As kept: what can be held, released or recalled depends on this alone. */
  readonly status: 'ok' | 'held' | 'recalled';
  readonly productId: number | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
};

/** `open` and `closed`: its own recalls; `touched`: an open one of another lot whose scope it is in. */
export type RecallsOfLot = { readonly own: 'open' | 'closed' | 'none'; readonly others: 'touched' | 'none' };

export function lotState(lot: StatedLot, recalls: RecallsOfLot, nearDays: number, now: number): LotState {
  if (recalls.own === 'open') return 'recalled';
  if (recalls.others === 'touched') return 'touched';
  if (lot.status === 'recalled') return recalls.own === 'closed' ? 'recallClosed' : 'recalled';
  if (lot.status === 'held') return 'held';
  if (lot.expiresAt === null) return 'ok';
  const { state } = expiryState({ producedAt: lot.producedAt, expiresAt: lot.expiresAt }, nearDays, now);
  return state === 'past' ? 'expired' : state === 'near' ? 'near' : 'ok';
}
