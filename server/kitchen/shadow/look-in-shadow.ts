// The candidate looks at one live frame, and what it says is kept beside what the active set said. Nobody is judged by it.
import { and, desc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { SeenFrame } from '../../../inference/sample.ts';
import type { ClassifiedFrame, ModelPack } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { forgetStoredPictures } from '../../sight/keep-stored-picture.ts';
import { writeTransaction } from '../../store/db.ts';
import { cameraById } from '../camera/camera-store.ts';
import { madeWith, packsOfReading } from '../frame/reading-packs.ts';
import { activePackSet, type PackSet } from '../pack/pack-store.ts';
import { packSets, shadowFrames } from '../pack/pack-tables.ts';
import { keepFramePicture } from '../picture/keep-frame-picture.ts';
import { pictureIsNeeded } from '../picture/picture-store.ts';
import { pictures } from '../picture/picture-tables.ts';
import { isOpen } from '../restaurant/hours.ts';
import { restaurantById } from '../restaurant/restaurant-store.ts';
import { type Sighting, sightingsOf } from '../violation/sighting.ts';

export type Shadow = { readonly set: PackSet; readonly folder: string; readonly packs: readonly ModelPack[] };

type ShadowDeps = Pick<Deps, 'db' | 'blobs' | 'eye' | 'apart'>;

/** Frames kept of one set, and pictures among them; the oldest go first. */
export const shadowLimits = { frames: 20_000, pictures: 1000 } as const;
const trimEvery = 100;

/** Throws what the process apart throws. */
export async function lookInShadow(deps: ShadowDeps, shadow: Shadow, seen: SeenFrame): Promise<void> {
  // The active packs were let look at it, so the candidate looks whatever the check says.
  const frame = await deps.apart.look(shadow.folder, seen.image);
  for (const hash of keepShadowFrame(deps, shadow, seen, frame)) deps.blobs.remove(hash);
}

/** Returns pictures that nobody needs any more. */
function keepShadowFrame(deps: ShadowDeps, shadow: Shadow, { sample }: SeenFrame, frame: ClassifiedFrame): string[] {
  const { db, eye, blobs } = deps;
  const camera = cameraById(db, Number(sample.cameraId));
  const restaurant = camera && restaurantById(db, camera.restaurantId);
  const active = activePackSet(db);
  // A frame of the packs before a swap would be held against those after it.
  const same = active !== undefined && madeWith(active.packs, sample.reading);
  if (camera === undefined || restaurant === undefined || !same) return [];
  const kitchen = isOpen(restaurant, sample.at) ? 'open' : 'closed';
  const old = sightingsOf(sample.reading.detections, packsOfReading(eye, sample.reading), camera.rules, kitchen);
  const fresh = sightingsOf(frame.detections, shadow.packs, camera.rules, kitchen);
  const disagree = idsThatCount(old) !== idsThatCount(fresh);
  const hash = disagree ? blobs.put(sample.picture) : null;
  return writeTransaction(db, () => {
    if (hash !== null) keepFramePicture(db, { sample, hash, siteId: restaurant.siteId });
    const { lastInsertRowid } = db.orm
      .insert(shadowFrames)
      .values({
        setId: shadow.set.id,
        againstId: active.id,
        cameraId: camera.id,
        restaurantId: restaurant.id,
        at: sample.at,
        hash,
        width: sample.pictureWidth,
        height: sample.pictureHeight,
        old,
        new: fresh,
        ms: frame.ms,
      })
      .onConflictDoNothing()
      .run();
    const looked = sql`${packSets.looked} + 1`;
    db.orm.update(packSets).set({ looked }).where(eq(packSets.id, shadow.set.id)).run();
    return Number(lastInsertRowid) % trimEvery === 0 ? dropOldShadowFrames(deps, shadow.set.id) : [];
  });
}

function idsThatCount(sightings: readonly Sighting[]): string {
  const counted = sightings.filter(({ counts }) => counts).map(({ id }) => id);
  return [...new Set(counted)].sort().join();
}

function dropOldShadowFrames({ db }: Pick<Deps, 'db'>, setId: number): string[] {
  const ofSet = eq(shadowFrames.setId, setId);
  const nth = (offset: number, where = ofSet) =>
    db.orm
      .select({ id: shadowFrames.id })
      .from(shadowFrames)
      .where(where)
      .orderBy(desc(shadowFrames.id))
      .offset(offset)
      .limit(1)
      .get()?.id ?? 0;
  const lastFrame = nth(shadowLimits.frames);
  const withPicture = and(ofSet, isNotNull(shadowFrames.hash));
  const lastPicture = Math.max(lastFrame, nth(shadowLimits.pictures, withPicture ?? ofSet));
  const old = and(withPicture, lte(shadowFrames.id, lastPicture));
  const hashes = db.orm
    .select({ hash: shadowFrames.hash })
    .from(shadowFrames)
    .where(old)
    .all()
    .map(({ hash }) => hash);
  db.orm.update(shadowFrames).set({ hash: null }).where(old).run();
  db.orm
    .delete(shadowFrames)
    .where(and(ofSet, lte(shadowFrames.id, lastFrame)))
    .run();
  const gone = [...new Set(hashes)].filter((hash) => hash !== null).filter((hash) => !pictureIsNeeded(db, hash));
  for (const hash of gone) db.orm.delete(pictures).where(eq(pictures.hash, hash)).run();
  forgetStoredPictures(db, gone);
  return gone;
}
