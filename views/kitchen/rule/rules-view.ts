// What the page of a camera’s rules is given to show.
import type { FieldFault } from '../../parts/form.tsx';
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';
import type { PeriodFieldsView } from './period-fields.tsx';
import type { ZoneValue } from './zone-fields.tsx';

export type RulesView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly camera: { readonly id: number; readonly place: Named };
  readonly restaurant: Named;
  readonly picture: { readonly href: string; readonly width: number; readonly height: number } | undefined;
  readonly violations: readonly { readonly id: string; readonly name: string; readonly house: number }[];
  readonly houseFrames: { readonly hits: number; readonly of: number };
  readonly values: {
    readonly zones: readonly ZoneValue[];
    readonly thresholds: Readonly<Record<string, string>>;
    readonly off: readonly string[];
    readonly hits: string;
    readonly of: string;
    readonly from: string;
    readonly to: string;
    readonly periods: PeriodFieldsView['periods'];
  };
  readonly faults: readonly FieldFault[];
  readonly effect: { readonly tried: number; readonly lines: readonly EffectLine[] } | undefined;
  readonly changes: readonly Change[];
  /** Thresholds, frames and hours too, not zones alone. */
  readonly mayAll: boolean;
  readonly saved: boolean;
};

type EffectLine = { readonly name: string; readonly real: BeforeAfter; readonly wrong: BeforeAfter };
type BeforeAfter = { readonly before: number; readonly after: number };
type Change = {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly undone: boolean;
  readonly mayUndo: boolean;
};
