// The `sample` job: one camera is looked at once, and what was seen is recorded.
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { type Camera, cameraById } from '../camera/camera-store.ts';
import { lookSafely } from './look-safely.ts';
import { type Recorded, recordSample } from './record-sample.ts';

const payloadSchema = z.object({ cameraId: z.int().positive() });

/** Undefined when the camera was removed in between. Throws when the payload is no sample job's. */
export async function sampleCamera(deps: Deps, payload: unknown): Promise<Recorded | undefined> {
  const camera = sampledCamera(deps.db, payload);
  if (camera === undefined) return undefined;
  return recordSample(deps, await lookSafely(deps, camera, (spec) => deps.eye.sample(spec)));
}

/** The camera a sample job is about; undefined when it was removed. Throws when the payload is no sample job's. */
export function sampledCamera(db: Db, payload: unknown): Camera | undefined {
  return cameraById(db, payloadSchema.parse(payload).cameraId);
}
