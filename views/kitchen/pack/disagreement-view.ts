// What is told of the frames on which two sets of packs disagree.
import type { Texts } from '../../text/texts.ts';

type Named = { readonly name: string; readonly nameEn: string | null };

export type SightingView = {
  readonly score: number;
  readonly threshold: number;
  readonly counts: boolean;
  readonly box: readonly [number, number, number, number];
};

export type DisagreementView = {
  readonly href: string;
  readonly from: 'judged' | 'live';
  readonly restaurant: Named;
  readonly place: Named;
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly flaggedBy: 'old' | 'new';
  /** Frames of the same happening; this is the newest. */
  readonly frames: number;
  readonly said: keyof Texts['packs']['said'];
  readonly old: readonly SightingView[];
  readonly new: readonly SightingView[];
  /** Undefined once retention removed it. */
  readonly picture: string | undefined;
};

export type DisagreementsView = {
  readonly setId: number;
  /** Path and query of this list. */
  readonly filter: { readonly violation: string; readonly by: string; readonly said: string };
  readonly violations: readonly { readonly id: string; readonly name: string }[];
  readonly all: number;
  readonly fitting: number;
  readonly shown: readonly DisagreementView[];
};
