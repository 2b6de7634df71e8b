// What the desk is told of the flag in hand and of those that come next.
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { Named, ViolationText } from '../named.ts';
import type { BoxedPicture } from '../picture/picture.tsx';
import type { Pace } from './pace-card.tsx';

export type DeskFlag = {
  readonly id: number;
  readonly violation: ViolationText;
  readonly at: number;
  readonly restaurant: Named;
  readonly place: Named;
  readonly picture: BoxedPicture;
  /** Of an audited frame people are asked about every kind; of a flag about its own. */
  readonly asks: 'one' | 'all';
  readonly zone: string | null;
  readonly aroundTheClock: boolean;
  /** Only its own is marked: how many others showed it would tell an audit from a flag. */
  readonly frames: readonly DeskFrame[];
  readonly history: { readonly flagged: number; readonly confirmed: number; readonly lastConfirmedAt: number | null };
};

type DeskFrame = { readonly at: number; readonly href: string; readonly own: boolean };

export type NextFlag = Pick<DeskFlag, 'id' | 'violation' | 'restaurant' | 'place' | 'picture'>;

export type DeskView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly queue: 'desk' | 'unsure';
  readonly flag: DeskFlag | undefined;
  /** Which of its frames is on the stage; its own when left out. */
  readonly frameAt: number | undefined;
  readonly next: readonly NextFlag[];
  readonly kinds: readonly ViolationText[];
  readonly last:
    | { readonly decision: 'confirmed' | 'cleared' | 'unsure'; readonly restaurant: Named; readonly place: Named }
    | undefined;
  readonly pace: Pace;
  readonly waiting: number;
  /** Open flags of the same kind at the same camera within the hour. */
  readonly alike: number;
  /** Sent with the verdict, so that a repeated request is one verdict. */
  readonly key: string;
  readonly notice: string | undefined;
};
