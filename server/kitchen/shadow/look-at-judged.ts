// The `look-at-judged` job: both sets look at the pictures people judged, apart from the frames, a bounded while at a time.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { ApartEnded } from '../../../inference/apart.ts';
import { PacksRefused } from '../../../inference/pack-folder.ts';
import { PictureRefusal } from '../../../inference/picture-refusal.ts';
import type { ModelPack } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { type CameraRules, plainRules } from '../camera/camera.ts';
import { cameraById } from '../camera/camera-store.ts';
import type { JudgedFrame } from '../dataset/judged-frame.ts';
import { judgedFrames } from '../dataset/judged-frame-store.ts';
import { PacksDamaged, packFolder } from '../pack/lay-out-packs.ts';
import { activePackSet, type PackSet, shadowPackSet } from '../pack/pack-store.ts';
import { packLooks } from '../pack/pack-tables.ts';
import { endShadow } from '../pack/start-shadow.ts';
import { sightingsOf } from '../violation/sighting.ts';

type LookDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'config' | 'log' | 'apart'>;

/** The newest pictures that count in a comparison. */
export const mostJudged = 2000;
// A page is read in one go, so it is short: reviewers' keys are answered by the same thread.
const pageSize = 25;
// Well below a job's lease: what is left is picked up by the next one.
const workMs = 15_000;

/** What was looked at whole, by its stamp: asked again only once something has changed. */
const finished = new WeakMap<Db, string>();

/** Adds the job where a set is in shadow and not everything is looked at yet. main.ts calls this from a timer. */
export function scheduleLooks({ db, queue }: Pick<Deps, 'db' | 'queue'>): boolean {
  const stamp = stampOf(db);
  if (stamp === undefined || finished.get(db) === stamp) return false;
  return queue.enqueue({ name: 'look-at-judged', payload: {}, key: 'look-at-judged', maxAttempts: 3 });
}

/** Resumes where it was: what is looked at is a row. A set that cannot be opened ends its shadow run with the reason. */
export async function lookAtJudged(deps: LookDeps): Promise<void> {
  const { db } = deps;
  const [shadow, active, stamp] = [shadowPackSet(db), activePackSet(db), stampOf(db)];
  if (shadow === undefined || active === undefined || stamp === undefined) return;
  try {
    if (await lookWith(deps, [shadow, active])) finished.set(db, stamp);
  } catch (cause) {
    if (!(cause instanceof PacksDamaged || cause instanceof PacksRefused || cause instanceof ApartEnded)) throw cause;
    if (shadowPackSet(db)?.id === shadow.id) endShadow(deps, null, shadow.id, cause.message.slice(0, 300));
  }
}

/** Whether everything is looked at; false when the time was over first. */
async function lookWith(deps: LookDeps, both: readonly PackSet[]): Promise<boolean> {
  const { db, clock } = deps;
  const until = clock() + workMs;
  const sets = both.map((set) => ({
    set,
    known: rulesLookedBy(db, set.id),
    opened: once(() => openSet(deps, set)),
  }));
  const rulesOf = cameraRules(db);
  for await (const frame of judgedPictures(db)) {
    const rules = rulesOf(frame.cameraId);
    for (const { set, known, opened } of sets) {
      if (known.get(lookKey(frame)) === rulesDigest(rules)) continue;
      if (clock() >= until) return false;
      await lookOnce(deps, { set, rules, frame, ...(await opened()) });
    }
  }
  return true;
}

/** Judged frames whose picture is still kept, the newest first, at most `mostJudged`. */
export async function* judgedPictures(db: Db): AsyncGenerator<JudgedFrame> {
  let before: number | undefined;
  for (let seen = 0; seen < mostJudged; ) {
    const page = judgedFrames(db, {}, { limit: pageSize, ...(before === undefined ? {} : { before }) });
    for (const frame of page.frames.slice(0, mostJudged - seen)) if (frame.kept) yield frame;
    seen += page.frames.length;
    before = page.next;
    await setImmediate();
    if (before === undefined) return;
  }
}

type Opened = { readonly folder: string; readonly packs: readonly ModelPack[] };

async function openSet(deps: LookDeps, set: PackSet): Promise<Opened> {
  const folder = packFolder(deps, set);
  return { folder, packs: await deps.apart.check(folder) };
}

type Look = Opened & { readonly set: PackSet; readonly rules: CameraRules; readonly frame: JudgedFrame };

async function lookOnce(deps: LookDeps, { set, rules, frame, folder, packs }: Look): Promise<void> {
  const { db, blobs, clock, apart } = deps;
  const picture = await blobs.bring(frame.hash);
  if (picture === undefined) return;
  const place = { setId: set.id, hash: frame.hash, cameraId: frame.cameraId };
  const row = { ...place, lookedAt: clock(), rules: rulesDigest(rules) };
  try {
    const seen = await apart.look(folder, picture);
    keepLook(db, { ...row, sightings: sightingsOf(seen.detections, packs, rules), ms: seen.ms, fault: null });
  } catch (cause) {
    // Nobody looks at a picture again that cannot be read, or that ended the process.
    if (!(cause instanceof PictureRefusal || cause instanceof ApartEnded)) throw cause;
    keepLook(db, { ...row, sightings: [], ms: null, fault: cause.message.slice(0, 300) });
  }
}

function keepLook(db: Db, look: typeof packLooks.$inferInsert): void {
  const target = [packLooks.setId, packLooks.hash, packLooks.cameraId];
  writeTransaction(db, () => db.orm.insert(packLooks).values(look).onConflictDoUpdate({ target, set: look }).run());
}

/** Under which rules each picture was looked at by a set. */
function rulesLookedBy(db: Db, setId: number): Map<string, string> {
  const { hash, cameraId, rules } = packLooks;
  const rows = db.orm.select({ hash, cameraId, rules }).from(packLooks).where(eq(packLooks.setId, setId)).all();
  return new Map(rows.map((row) => [lookKey(row), row.rules]));
}

/** One word for a picture at a camera. */
export function lookKey({ hash, cameraId }: { readonly hash: string; readonly cameraId: number }): string {
  return `${hash} ${cameraId}`;
}

/** Each camera's rules, read once. */
function cameraRules(db: Db): (cameraId: number) => CameraRules {
  const known = new Map<number, CameraRules>();
  return (cameraId) => {
    const rules = known.get(cameraId) ?? cameraById(db, cameraId)?.rules ?? plainRules;
    known.set(cameraId, rules);
    return rules;
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Looked at by other rules, a picture is looked at again. */
function rulesDigest(rules: CameraRules): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
}

/** Changes whenever there may be something new to look at; undefined when nothing is in shadow. */
function stampOf(db: Db): string | undefined {
  const [shadow, active] = [shadowPackSet(db), activePackSet(db)];
  if (shadow === undefined || active === undefined) return undefined;
  const judged = db.sqlite.prepare('SELECT coalesce(max(id), 0) FROM verdict').pluck().get();
  const rules = db.sqlite
    .prepare('SELECT group_concat(id || rules) FROM camera WHERE removed_at IS NULL')
    .pluck()
    .get();
  return [shadow.id, active.id, judged, createHash('sha256').update(String(rules)).digest('hex')].join(' ');
}
