// Whether a camera still stands where it stood when a lookout's zone was drawn.

import type { FrameSignature } from '../../../inference/types.ts';
import { shiftBetween } from '../../../inference/view.ts';

export type Standing = {
  /** The view the camera was expected to show when the zone was new; empty while it is not known. */
  readonly view: string;
  readonly displaced: boolean;
};

/** As the check of frames takes it: a share of the width. */
const movedFrom = 0.03;

/**
 * The check tells of a camera that moved, and after a while takes the new view for the right one. A zone drawn on the old
 * view does not: it waits until the camera stands where it stood, or somebody draws it anew.
 */
export function standingAfter(
  before: Standing | undefined,
  { view, movedFrames }: Pick<FrameSignature, 'view' | 'movedFrames'>,
  shift: number | undefined,
): Standing {
  if (before === undefined || before.view === '') return { view, displaced: false };
  // Followed from frame to frame, it stands where it stood, but when another view has just been taken for the right one.
  const followed = shift !== undefined && !(shift >= movedFrom && movedFrames === 0);
  if (followed && !before.displaced) return before;
  return { view: before.view, displaced: (shiftBetween(view, before.view) ?? 0) >= movedFrom };
}
