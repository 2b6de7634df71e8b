// What the page of learning from verdicts is told.
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

type Words = Texts['packs']['learning'];

export type GainView = {
  readonly boxes: number;
  readonly rightBefore: number;
  readonly rightAfter: number;
  readonly alarmsGone: number;
  readonly truthsLost: number;
  readonly gain: number | undefined;
  readonly ci95: readonly [number, number] | undefined;
};

export type LearntLineView = {
  readonly name: string;
  readonly pack: string;
  readonly boxes: number;
  readonly thresholdFrom: number;
  readonly thresholdTo: number;
  readonly later: GainView;
  readonly elsewhere: GainView;
};

export type LearningRunView = {
  readonly id: number;
  readonly askedAt: number;
  readonly askedByName: string;
  readonly kitchen: string;
  readonly state: keyof Words['states'];
  readonly stage: keyof Words['stages'] | null;
  readonly done: number;
  readonly total: number;
  readonly fault: keyof Words['faults'] | null;
  readonly setId: number | null;
  readonly lines: readonly LearntLineView[];
};

export type LearningView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly refusal: string | undefined;
  readonly busy: boolean;
  readonly least: { readonly verdicts: number; readonly each: number };
  readonly kitchens: readonly {
    readonly siteId: string;
    readonly name: string;
    readonly confirmed: number;
    readonly cleared: number;
    readonly enough: boolean;
    /** Data sets measure packs on it. */
    readonly heldOut: boolean;
  }[];
  readonly runs: readonly LearningRunView[];
};
