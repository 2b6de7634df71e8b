// Puts kept frames of a kitchen before a reviewer: what was seen there while a recalled lot was in the house.
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { type Camera, camerasOf } from '../camera/camera-store.ts';
import { raiseKeptFrame } from '../flag/raise-flags.ts';
import { packsOfReading } from '../frame/reading-packs.ts';
import { restaurantBySite } from '../restaurant/restaurant-store.ts';

const framesPerCamera = 2;

type KeptFrame = { readonly hash: string; readonly at: number };

/** Looks again at up to two kept frames of each camera of `siteId` since `since` (unix ms); how many flags it raised. A frame that is flagged already is left alone, so a repeat adds nothing. */
export async function lookBack(deps: Deps, siteId: string, since: number): Promise<number> {
  const restaurant = restaurantBySite(deps.db, siteId);
  if (restaurant === undefined) return 0;
  let raised = 0;
  for (const camera of camerasOf(deps.db, restaurant.id)) {
    for (const { hash, at } of unjudgedFrames(deps.db, camera, since)) {
      const picture = deps.blobs.get(hash);
      if (picture === undefined) continue;
      const { signature, ...reading } = await deps.eye.classify(picture);
      const packs = packsOfReading(deps.eye, reading);
      const size = { pictureWidth: reading.width, pictureHeight: reading.height };
      const sample = {
        ok: true,
        cameraId: String(camera.id),
        at,
        reading,
        signature,
        looked: true,
        picture,
        ...size,
      } as const;
      writeTransaction(deps.db, () => raiseKeptFrame(deps, { camera, restaurant, sample, hash, packs }));
      raised++;
    }
  }
  return raised;
}

function unjudgedFrames(db: Db, camera: Camera, since: number): KeptFrame[] {
  return db.sqlite
    .prepare(
      `SELECT f.hash, f.at FROM frame f WHERE f.camera_id = ? AND f.at >= ?
         AND NOT EXISTS (SELECT 1 FROM flag g WHERE g.picture_hash = f.hash) ORDER BY f.at DESC LIMIT ${framesPerCamera}`,
    )
    .all(camera.id, since) as KeptFrame[];
}
