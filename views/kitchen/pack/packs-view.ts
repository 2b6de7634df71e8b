// What the page of model packs is told.
import type { FieldFault } from '../../parts/form.tsx';
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { SetView } from './pack-parts.tsx';

export type StepView = {
  readonly setId: number;
  readonly at: number;
  readonly byName: string | null;
  readonly kind: keyof Texts['packs']['steps'];
  readonly reason: string | null;
};

export type ShadowView = SetView & {
  readonly shadowSince: number | null;
  readonly shadowShare: number;
  readonly looked: number;
  readonly leftOut: number;
  readonly failed: number;
  readonly progress: { readonly looked: number; readonly judged: number };
};

export type ThresholdLine = {
  /** Form field: `<pack> <violation>`. */
  readonly field: string;
  readonly name: string;
  readonly threshold: number;
};

export type PacksView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly active: (SetView & { readonly since: StepView | undefined }) | undefined;
  readonly before: SetView | undefined;
  readonly shadow: ShadowView | undefined;
  readonly others: readonly SetView[];
  readonly thresholds: readonly ThresholdLine[];
  readonly steps: readonly StepView[];
  readonly toast: string | undefined;
  readonly faults: readonly FieldFault[];
};
