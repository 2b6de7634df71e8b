// What the bench is given to show: the lot asked for with its chain, or what else the code may mean.
import type { BenchAsked } from '../chain/bench-address.ts';
import type { Chain, ChainStep } from '../chain/chain.ts';
import type { FindingSaid } from '../finding/finding-text.ts';
import type { ReadingChoice } from '../lot/reading-choices.tsx';
import type { PageView } from '../parts.tsx';
import type { RecallLine } from '../recall/recalls-page.tsx';
import type { LotChoice } from './bench-choices.tsx';
import type { EventLine } from './bench-events.tsx';
import type { TracedLot } from './bench-head.tsx';

export type Traced = {
  readonly lot: TracedLot;
  readonly chain: Chain;
  /** Asked for only where they are shown. */
  readonly steps: readonly ChainStep[];
  /** When it was asked, unix ms. */
  readonly now: number;
  readonly events: readonly EventLine[];
  readonly tookMs: number;
  /** The bound the walk stopped at; null when it came to its end. */
  readonly cutAt: number | null;
  readonly findings: readonly FindingSaid[];
};

export type NamedThing = {
  /** `called`: a place by its name, not by its code. */
  readonly kind: 'place' | 'called' | 'product' | 'container';
  readonly name: string;
  readonly href: string;
  /** Of a place. */
  readonly siteId?: string;
};

export type BenchView = PageView & {
  readonly asked: BenchAsked;
  readonly traced: Traced | null;
  /** Lots the code fits, or lots that look like what was meant. */
  readonly choices: readonly LotChoice[];
  readonly fit: 'fits' | 'resembles';
  readonly recent: readonly LotChoice[];
  readonly open: readonly RecallLine[];
  readonly refusal: string | null;
  /** The meanings of a code that has several. */
  readonly readings: readonly ReadingChoice[];
  /** What the code names where it names no lot: a place, a product, a box. */
  readonly named: readonly NamedThing[];
  /** Why the code is no lot's; null where it may be one. */
  readonly fault: string | null;
  /** May this caller hold lots and start recalls. */
  readonly mayAct: 'act' | 'look';
};
