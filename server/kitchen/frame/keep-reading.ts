// Keeps everything the eye saw on a frame that a person will judge.
import type { Db } from '../../store/db.ts';
import type { FrameInHand } from './frame.ts';
import { frameReadings } from './judged-tables.ts';

const mostKept = 300;

/** Inside the caller's transaction. A frame the models did not look at says nothing, and is not kept as empty. */
export function keepReading(db: Db, { camera, sample, hash }: FrameInHand): void {
  if (!sample.looked) return;
  const { detections, packs } = sample.reading;
  db.orm
    .insert(frameReadings)
    .values({
      hash,
      cameraId: camera.id,
      at: sample.at,
      // `of` counts in this list, so it is cut at its end and never thinned.
      detections: detections.slice(0, mostKept),
      packs: [...packs],
    })
    .onConflictDoNothing()
    .run();
}
