// How a picture may be seen: one rule for every picture that leaves the program, whoever asks and wherever it is shown.
import type { HeadLook, HeadReading } from '../../inference/types.ts';
import type { Role } from '../accounts/caller.ts';

/** `heads`: every head made unrecognisable; `whole`: nothing left but colours. */
export type Sight = 'sharp' | 'heads' | 'whole';

export const purposes = {
  /** A page or an answer for somebody who is signed in. */
  page: { look: 'frame', sharpFor: [] },
  /** Anybody may see it: it leaves the house. */
  public: { look: 'close', sharpFor: [] },
  /** A file that is taken away: an evidence bundle, a data set. */
  export: { look: 'close', sharpFor: [] },
  /** A flag's own frame, before whoever judges it: a mask cannot be judged on a blurred face. The verdict records the sight. */
  judging: { look: 'frame', sharpFor: ['reviewer', 'admin'] },
  /** An inspector has written down why. */
  opened: { look: 'frame', sharpFor: ['inspector'] },
  /** A data set as seen, asked for with a reason that is written down: masks are learnt from faces. */
  training: { look: 'frame', sharpFor: ['admin'] },
} as const satisfies Record<string, { readonly look: HeadLook; readonly sharpFor: readonly Role[] }>;

export type Purpose = keyof typeof purposes;

export type Looker = { readonly role: Role | 'public'; readonly purpose: Purpose };

/** More heads than this are blurred with everything around them. */
export const mostHeads = 80;

/** Without a reading made for these very bytes, and close enough for the purpose, nothing but colours is shown. */
export function sightOf({ role, purpose }: Looker, reading: Pick<HeadReading, 'look' | 'heads'> | undefined): Sight {
  const { look, sharpFor } = purposes[purpose];
  if ((sharpFor as readonly string[]).includes(role)) return 'sharp';
  if (reading === undefined || !closeEnough(reading.look, look)) return 'whole';
  return reading.heads.length > mostHeads ? 'whole' : 'heads';
}

export function closeEnough(made: HeadLook, wanted: HeadLook): boolean {
  return made === 'close' || wanted === 'frame';
}
