// What the receiving page is given: places, what was typed, its faults, and what was taken.
import type { FieldFault } from '../../parts/form.tsx';
import type { LotState, PageView, PlaceName } from '../parts.tsx';

type ReceivedLot = {
  /** Labels to print, for goods that have just got a code; null otherwise. */
  readonly labelHref: string | null;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
};

export type ReceiveView = PageView & {
  /** Names of those who delivered here lately. */
  readonly suppliers: readonly string[];
  /** Lots that the code of a box fits, by row: one of them has to be chosen. */
  readonly choices: ReadonlyMap<number, readonly { readonly code: string; readonly label: string }[]>;
  /** What speaks against taking the box of a row; `codes`: what has to be acknowledged. */
  readonly warned: ReadonlyMap<number, { readonly said: readonly string[]; readonly codes: readonly string[] }>;
  /** Goods of these places that still miss a scan or a code. */
  readonly missing: number;
  readonly sites: readonly PlaceName[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly rows: number;
  readonly done: { readonly lots: readonly ReceivedLot[]; readonly known: number } | null;
};
