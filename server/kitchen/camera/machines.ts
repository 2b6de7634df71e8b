// Where a camera is looked at when other machines help: which ones travel, and when their picture is asked to come along.
import type { CameraKind } from '../../../inference/types.ts';

/** A camera's page shows no older picture than this, though nothing happened since. */
const oldestPictureMs = 10 * 60_000;

/** A clip or a picture is a file of ours, which no other machine has. */
export function travels(kind: CameraKind): boolean {
  return kind !== 'clip' && kind !== 'picture';
}

/** A picture crosses only when it can matter: for a camera's page now and then, for an audit, or while all is not well. */
export function pictureIsWanted(
  camera: {
    readonly state: string;
    readonly lastFrameHash: string | null;
    readonly rules: { readonly lookouts?: readonly unknown[] | undefined };
  },
  look: { readonly pictureAt: number | undefined; readonly drawn: 'audit' | 'usual'; readonly now: number },
): boolean {
  const { pictureAt, drawn, now } = look;
  // A lookout's evidence is the row of pictures that led up to it.
  if ((camera.rules.lookouts ?? []).length > 0) return true;
  if (drawn === 'audit' || camera.state !== 'online' || camera.lastFrameHash === null) return true;
  return pictureAt === undefined || now - pictureAt > oldestPictureMs;
}
