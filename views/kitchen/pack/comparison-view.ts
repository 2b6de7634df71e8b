// What the comparison of a candidate with the active set is told.
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { TwoCurves } from './comparison-chart.tsx';
import type { CalibrationView, CostView, KitchenRow } from './comparison-costs.tsx';
import type { ComparedView } from './comparison-tables.tsx';
import type { DisagreementsView } from './disagreement-view.ts';
import type { SetView } from './pack-parts.tsx';

type Pair<T> = { readonly old: T; readonly new: T };

export type ChangeView = {
  readonly packs: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
  readonly thresholds: readonly { readonly name: string; readonly from: number | null; readonly to: number | null }[];
};

type LoadView = {
  readonly frames: number;
  readonly flagsPerThousand: Pair<number | undefined>;
  readonly old: { readonly hits: number; readonly flags: number };
  readonly new: { readonly hits: number; readonly flags: number };
};

export type ViolationView = {
  readonly violation: string;
  readonly name: string;
  readonly experimental: boolean;
  readonly thresholds: Pair<number | null>;
  readonly compared: ComparedView;
  readonly load: LoadView;
  readonly curves: TwoCurves;
  readonly calibration: CalibrationView;
};

export type ComparisonFigures = {
  readonly progress: { readonly looked: number; readonly judged: number; readonly failed: number };
  readonly overall: ComparedView;
  readonly violations: readonly ViolationView[];
  readonly kitchens: readonly KitchenRow[];
  readonly load: LoadView;
  readonly seconds: Pair<number | undefined>;
  readonly secondsPerDecision: number | undefined;
  readonly cost: CostView;
};

export type ComparisonView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly fresh: SetView & { readonly leftOut: number; readonly failed: number };
  readonly old: SetView | undefined;
  readonly change: ChangeView;
  readonly figures: ComparisonFigures | undefined;
  readonly disagreements: DisagreementsView;
};

export type Ready = ComparisonView & { readonly old: SetView; readonly figures: ComparisonFigures };
