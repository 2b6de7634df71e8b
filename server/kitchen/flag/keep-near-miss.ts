// Keeps a few frames a day on which the models came close to a threshold: what they are least sure of teaches them most.
import { and, eq, gte } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { FrameInHand } from '../frame/frame.ts';
import { nearMisses } from '../frame/judged-tables.ts';
import { keepReading } from '../frame/keep-reading.ts';
import { beijingMidnight } from '../restaurant/hours.ts';
import { sightingsOf } from '../violation/sighting.ts';

const closeBy = 0.1;
const mostADay = 4;

/** Inside the caller's transaction. The picture stays as long as one that was cleared. */
export function keepNearMiss(db: Db, frame: FrameInHand): void {
  const { camera, sample, packs, hash } = frame;
  if (!sample.looked || sample.picture.length === 0) return;
  const close = sightingsOf(sample.reading.detections, packs, camera.rules)
    .filter(({ score, threshold, counts }) => !counts && score < threshold && score >= threshold - closeBy)
    .sort((a, b) => a.threshold - a.score - (b.threshold - b.score))[0];
  if (close === undefined || keptToday(db, camera.id, sample.at) >= mostADay) return;
  const { id: violation, score, threshold, box } = close;
  db.orm
    .insert(nearMisses)
    .values({ cameraId: camera.id, at: sample.at, hash, violation, score, threshold, box: [...box] })
    .onConflictDoNothing()
    .run();
  keepReading(db, frame);
}

function keptToday(db: Db, cameraId: number, at: number): number {
  const today = and(eq(nearMisses.cameraId, cameraId), gte(nearMisses.at, beijingMidnight(at)));
  return db.orm.select({ at: nearMisses.at }).from(nearMisses).where(today).limit(mostADay).all().length;
}
