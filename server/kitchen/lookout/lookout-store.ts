// Questions about lookouts: what they remember, and which frames lead up to a sighting.
import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { Camera } from '../camera/camera-store.ts';
import { type LookoutMemory, wantsLook } from './lookout-memory.ts';
import { lookoutFrames, lookoutMemories } from './lookout-tables.ts';

export function memoriesOf(db: Db, cameraId: number): Map<string, LookoutMemory> {
  const rows = db.orm.select().from(lookoutMemories).where(eq(lookoutMemories.cameraId, cameraId)).all();
  return new Map(rows.map(({ lookout, memory }) => [lookout, memory]));
}

export type StretchFrame = { readonly at: number; readonly hash: string };

/** The oldest first. */
export function stretchFrames(db: Db, cameraId: number, lookout: string): StretchFrame[] {
  const own = and(eq(lookoutFrames.cameraId, cameraId), eq(lookoutFrames.lookout, lookout));
  const { at, hash } = lookoutFrames;
  return db.orm.select({ at, hash }).from(lookoutFrames).where(own).orderBy(asc(at)).all();
}

/** Whether the next look at this camera is to be made with the models, though nothing may have changed. */
export function lookoutsWantLook(db: Db, { id, rules, lastTriedAt }: Camera): boolean {
  const lookouts = rules.lookouts ?? [];
  if (lookouts.length === 0) return false;
  const memories = memoriesOf(db, id);
  return lookouts.some((lookout) => wantsLook(memories.get(lookout.id), lastTriedAt ?? 0));
}
