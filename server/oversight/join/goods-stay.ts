// How long goods were in a kitchen, from what was written of them; who writes no use down is taken at the label's date.
import { dayMs } from '../../clock.ts';

/** Goods without a date are taken to be used up after so long. */
export const usedUpDays = 30;

export type Written = {
  /** When they first came, unix ms. */
  readonly cameAt: number;
  /** When some of them last left or were used; null: nobody wrote that. */
  readonly leftAt: number | null;
  /** Amounts that came and that left; null: not every line says one in the same unit. */
  readonly came: number | null;
  readonly left: number | null;
  /** Unix ms; null: no date. */
  readonly expiresAt: number | null;
};

/** `written`: the books say that some were there. `assumed`: nobody wrote that they were gone, and their date had not passed. */
export type Presence = 'written' | 'assumed' | 'gone';

// Weighing is not exact.
const nothing = 1e-6;

/** Whether they were there at `at`, when `written` tells what had happened by then. */
export function presenceAt({ cameAt, leftAt, came, left, expiresAt }: Written, at: number): Presence {
  if (at < cameAt) return 'gone';
  const known = came !== null && left !== null;
  if (known && came - left <= nothing && leftAt !== null) return 'gone';
  const lasts = expiresAt === null ? cameAt + usedUpDays * dayMs : expiresAt + dayMs;
  if (at > lasts) return 'gone';
  return known && came > 0 && leftAt !== null ? 'written' : 'assumed';
}
