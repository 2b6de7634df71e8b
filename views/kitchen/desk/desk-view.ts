// What the desk is told of the flag in hand and of those that come next.
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import type { Named, ViolationText } from '../named.ts';
import type { BoxedPicture } from '../picture/picture.tsx';
import type { Pace } from './pace-card.tsx';

export type DeskFlag = {
  readonly id: number;
  readonly cameraId: number;
  readonly violation: ViolationText;
  readonly at: number;
  readonly restaurant: Named;
  readonly place: Named;
  readonly picture: BoxedPicture;
  /** Of an audited frame people are asked about every kind; of a flag about its own. */
  readonly asks: 'one' | 'all';
  readonly zone: string | null;
  /** Played from a file: the clock in its picture is that of the recording. */
  readonly recorded: boolean;
  readonly aroundTheClock: boolean;
  /** Only its own is marked: how many others showed it would tell an audit from a flag. */
  readonly frames: readonly DeskFrame[];
  /** Why somebody asked for it to be looked at. */
  readonly causes: readonly FlagCause[];
  readonly history: { readonly flagged: number; readonly confirmed: number; readonly lastConfirmedAt: number | null };
  /** What its numbers stand for. */
  readonly kinds: readonly ViolationText[];
  /** Sent with the verdict, so that a repeated request is one verdict. */
  readonly key: string;
};

export type FlagCause = {
  readonly kind: keyof Texts['join']['causes'];
  readonly label: string;
  readonly labelEn: string | null;
  readonly href: string;
};

type DeskFrame = {
  readonly at: number;
  readonly href: string;
  readonly own: boolean;
  /** A lookout went by it: what was watched for held from the first of these to the last. */
  readonly held: boolean;
};

export type NextFlag = Pick<DeskFlag, 'id' | 'violation' | 'at' | 'restaurant' | 'place' | 'picture'>;

export type FilterOption = Named & { readonly value: string | number };
export type FilterOptions = {
  readonly violations: readonly FilterOption[];
  readonly districts: readonly FilterOption[];
  readonly kitchens: readonly FilterOption[];
  /** Of the kitchen that is chosen. */
  readonly cameras: readonly FilterOption[];
};

export type OfflineCamera = {
  readonly id: number;
  readonly restaurant: Named;
  readonly place: Named;
  readonly since: number;
};

export type DeskView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly queue: 'desk' | 'lens' | 'unsure';
  /** This desk's path, and the same with its filters. */
  readonly path: string;
  readonly address: string;
  readonly options: FilterOptions;
  /** What is chosen, by the names in the address. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly filtered: boolean;
  readonly offline: readonly OfflineCamera[];
  readonly flag: DeskFlag | undefined;
  /** The one that lies ready, for a key to show at once. */
  readonly ahead: DeskFlag | undefined;
  /** Which of its frames is on the stage; its own when left out. */
  readonly frameAt: number | undefined;
  readonly next: readonly NextFlag[];
  /** What can be reported as missed on a frame. */
  readonly missable: readonly ViolationText[];
  readonly last:
    | { readonly decision: 'confirmed' | 'cleared' | 'unsure'; readonly restaurant: Named; readonly place: Named }
    | undefined;
  readonly pace: Pace;
  readonly waiting: number;
  /** What waits behind the links of the bar, which stands outside of what is swapped. */
  readonly bar: Readonly<Record<string, number>>;
  /** Open flags of the same kind at the same camera within the hour. */
  readonly alike: readonly NextFlag[];
  /** Names this very lease, so that a closed tab gives back its own. */
  readonly leaseUntil: number | undefined;
  readonly notice: string | undefined;
};

/** What a flag's own part of the desk is made of. */
export type InHand = Pick<DeskView, 'words' | 'queue' | 'address' | 'missable'> & { readonly flag: DeskFlag };

/** What changes around the flag in hand with each verdict. */
export type AroundIt = Pick<
  DeskView,
  | 'words'
  | 'queue'
  | 'address'
  | 'missable'
  | 'next'
  | 'last'
  | 'pace'
  | 'waiting'
  | 'bar'
  | 'alike'
  | 'leaseUntil'
  | 'offline'
  | 'ahead'
> & { readonly flagId: number };
