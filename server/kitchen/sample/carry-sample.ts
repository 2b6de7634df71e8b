// Sends a camera's sample to another machine, sealed for that one job, and records what comes back exactly once.
import type { CarriedAnswer } from '../../../inference/answer-parcel.ts';
import type { CameraSpec, Sample } from '../../../inference/types.ts';
import { openAnswer, packDigests, sealMessage } from '../../../inference/worker-messages.ts';
import type { Deps } from '../../deps.ts';
import { type Machines, type Ticket, ticketOf } from '../../jobs/carrier.ts';
import { type Camera, cameraById } from '../camera/camera-store.ts';
import { pictureIsWanted } from '../camera/machines.ts';
import { flagWantsFrames } from '../flag/keep-frame.ts';
import { pictureTakenAt } from '../picture/picture-store.ts';
import { readSettings } from '../setting/setting-store.ts';
import { auditChance, chanceOf } from '../violation/audit-sample.ts';
import { brokenLook, lookSafely } from './look-safely.ts';
import { recordSample } from './record-sample.ts';
import { sampledCamera } from './sample-camera.ts';
import { sampleSpec } from './sample-spec.ts';

type CarryDeps = Pick<Deps, 'db' | 'clock' | 'secrets' | 'blobs' | 'eye' | 'queue' | 'metrics' | 'log'>;

/** Long enough to record one answer; the lease is the right to do so. */
const recordMs = 10_000;

/** False when the camera was removed in between: nothing is out, and the job is done. */
export async function carrySample(
  deps: CarryDeps,
  { carrier, key }: Machines,
  payload: unknown,
  job: Ticket,
): Promise<boolean> {
  const { db, clock } = deps;
  const camera = sampledCamera(db, payload);
  if (camera === undefined) return false;
  const drawn = auditDraw(deps, camera, job) ? 'audit' : 'usual';
  const pictureAt = pictureTakenAt(db, camera.lastFrameHash);
  const asked = { pictureAt, drawn, now: clock() } as const;
  const wanted = flagWantsFrames(db, camera, asked.now) || pictureIsWanted(camera, asked);
  const spec = specOrMiss(deps, camera);
  if (spec === undefined) return false;
  const body = sealMessage(key, 'job', ticketOf(job), {
    camera: spec,
    picture: wanted ? 'always' : 'when-seen',
    packs: packDigests(deps.eye.packs),
    answers: 'parcel',
  });
  await carrier.carry(job, body);
  return true;
}

/**
 * Works an answer off. A second one for the same job, or one whose lease went to another, changes nothing; between the
 * look at the lease and the job's end nothing else runs.
 */
export async function recordCarried(deps: CarryDeps, key: Buffer, job: Ticket, body: string | Buffer): Promise<void> {
  const answer = openOrRefuse(deps, key, job, body);
  if (answer === undefined) return;
  const sample = 'sample' in answer ? answer.sample : await lookHere(deps, Number(answer.cameraId));
  if (sample === undefined || !deps.queue.extend(job, recordMs)) return;
  const camera = cameraById(deps.db, Number(sample.cameraId));
  recordSample(deps, sample, camera === undefined ? {} : { audit: auditDraw(deps, camera, job) });
  deps.queue.complete(job);
}

/** Drawn before the frame is taken, so that its picture comes along, and by the job, so that the answer finds the same draw. */
function auditDraw({ db, secrets }: CarryDeps, camera: Camera, job: Ticket): boolean {
  const chance = auditChance(readSettings(db).auditShare, camera.sampleEveryMs);
  return chanceOf(secrets.linkKey, 'carried audit', camera.id, job.id) < chance;
}

function openOrRefuse({ log }: CarryDeps, key: Buffer, job: Ticket, body: string | Buffer): CarriedAnswer | undefined {
  try {
    return openAnswer(key, ticketOf(job), body);
  } catch (error) {
    // Sealed by another key, or changed on the way. The job's lease runs out, and it is carried again.
    log.warn({ job: job.id, reason: String(error) }, "a worker's answer cannot be opened");
    return undefined;
  }
}

/** A worker that has other packs hands the job back: what the server looks with decides. */
async function lookHere(deps: CarryDeps, cameraId: number): Promise<Sample | undefined> {
  const camera = cameraById(deps.db, cameraId);
  deps.log.warn({ cameraId }, 'a worker has other model packs than this server: the frame is looked at here');
  return camera === undefined ? undefined : lookSafely(deps, camera, (spec) => deps.eye.sample(spec));
}

/** A camera whose secrets cannot be opened goes nowhere: that is its miss, and the job is done. */
function specOrMiss(deps: CarryDeps, camera: Camera): CameraSpec | undefined {
  try {
    return sampleSpec(deps, camera);
  } catch (cause) {
    recordSample(deps, brokenLook(deps, camera, cause));
    return undefined;
  }
}
