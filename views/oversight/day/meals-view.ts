// What pages of a school's meals are given to show.
import type { LotState } from '../../trace/parts.tsx';

export type DayMeal = {
  readonly id: number;
  readonly day: string;
  readonly meal: 'breakfast' | 'lunch' | 'snack' | 'dinner';
  readonly dish: string;
  readonly grams: number | null;
  readonly keptAt: number | null;
  readonly discardedAt: number | null;
  readonly at: number;
  readonly lots: readonly {
    readonly id: number;
    readonly batch: string;
    readonly productName: string | null;
    readonly productNameEn: string | null;
    readonly href: string;
    readonly state: LotState;
  }[];
};
