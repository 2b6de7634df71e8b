// What the page of proposed thresholds is given to show.
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';
import type { Point } from './threshold-curve.ts';

export type ThresholdFigures = {
  readonly ownJudged: number;
  readonly houseJudged: number;
  readonly audits: number;
  readonly days: number;
  readonly ownWeight: number;
  readonly now: Point;
  readonly after: Point;
  readonly right:
    | { readonly share: number; readonly low: number; readonly high: number; readonly of: number }
    | undefined;
};

export type ThresholdLine = {
  readonly violation: string;
  readonly name: string;
  readonly here: number;
  readonly house: number;
  readonly answer:
    | { readonly kind: 'refused'; readonly lacking: readonly Lack[] }
    | {
        readonly kind: 'stays' | 'proposed' | 'dismissed';
        readonly proposed: number;
        readonly figures: ThresholdFigures;
        readonly curve: readonly Point[];
      };
  readonly last:
    | {
        readonly decision: 'taken' | 'dismissed';
        readonly before: number;
        readonly proposed: number;
        readonly at: number;
      }
    | undefined;
};

export type Lack = { readonly what: 'own' | 'all' | 'real' | 'days'; readonly have: number; readonly need: number };

export type ThresholdsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly camera: { readonly id: number; readonly place: Named };
  readonly restaurant: Named;
  readonly lines: readonly ThresholdLine[];
};
