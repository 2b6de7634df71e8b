// What the page of a camera’s lookouts is given to show.
import type { FieldFault } from '../../parts/form.tsx';
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { Named, ViolationText } from '../named.ts';

export type LookoutStanding = 'new' | 'unshown' | 'watching' | 'holds' | 'displaced';

type ColourId = keyof Texts['lookout']['colours'];

/** What three pictures of the right clothes showed. */
export type LearntView = {
  readonly colours: readonly ColourId[];
  readonly outcome: keyof Texts['lookout']['learnt'];
  readonly pictures: readonly ({ readonly colour: ColourId; readonly share: number } | undefined)[];
};

export type LookoutFieldValue = {
  readonly index: number;
  readonly id: string;
  readonly rule: keyof Texts['lookout']['rules'];
  readonly name: string;
  readonly nameEn: string;
  readonly points: string;
  readonly when: keyof Texts['lookout']['times'];
  readonly from: string;
  readonly to: string;
  readonly leastPx: string;
  readonly hold: string;
  readonly again: string;
  /** Of work clothes or hats; undefined where a rule goes by no colour. */
  readonly colours: readonly ColourId[] | undefined;
  /** How often it was shown how all should be; undefined where a rule does not compare. */
  readonly shown: number | undefined;
};

export type LookoutsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly camera: { readonly id: number; readonly place: Named };
  readonly restaurant: Named;
  readonly picture: { readonly href: string; readonly width: number; readonly height: number } | undefined;
  readonly lookouts: readonly (LookoutFieldValue & {
    readonly mayChange: boolean;
    readonly standing: LookoutStanding;
    readonly learnt: LearntView | undefined;
  })[];
  /** One for each rule, for a lookout that is not there yet; empty where there are enough. */
  readonly offered: readonly LookoutFieldValue[];
  readonly rules: readonly ViolationText[];
  readonly lookEverySeconds: number;
  readonly faults: readonly FieldFault[];
  readonly saved: boolean;
};
