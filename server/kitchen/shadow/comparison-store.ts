// Gathers what a comparison of two sets needs: judged pictures both looked at, live frames, where they disagree, what they cost.
import { setImmediate } from 'node:timers/promises';
import { and, count, desc, eq, lt } from 'drizzle-orm';
import type { StageTimes } from '../../../inference/types.ts';
import type { Db } from '../../store/db.ts';
import type { Answer, JudgedFrame } from '../dataset/judged-frame.ts';
import { countJudgedFrames } from '../dataset/judged-frame-store.ts';
import type { PackSet } from '../pack/pack-store.ts';
import { packLooks, shadowFrames } from '../pack/pack-tables.ts';
import type { Sighting } from '../violation/sighting.ts';
import { casesOf, type JudgedCase, type Side, sides } from './comparison.ts';
import { judgedPictures, lookKey, mostJudged } from './look-at-judged.ts';
import type { LiveFrame } from './workload.ts';

/** none: nobody judged this yet. */
export type Said = Answer | 'none';

/** One violation on one picture that only one of the two flags. */
export type Disagreement = {
  readonly from: 'judged' | 'live';
  readonly hash: string;
  readonly cameraId: number;
  readonly restaurantId: number;
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly violation: string;
  /** Which of the two flags it. */
  readonly flaggedBy: Side;
  readonly said: Said;
  /** Frames of the same happening; this is the newest. */
  readonly frames: number;
  readonly old: readonly Sighting[];
  readonly new: readonly Sighting[];
};

export type Gathered = {
  readonly cases: readonly JudgedCase[];
  readonly disagreements: readonly Disagreement[];
  readonly live: readonly LiveFrame[];
  readonly times: Readonly<Record<Side, readonly StageTimes[]>>;
  /** Judged pictures both looked at, of so many; and those one of the two could not read. */
  readonly looked: number;
  readonly judged: number;
  readonly failed: number;
};

type Two = Readonly<Record<Side, PackSet>>;

const kept = new WeakMap<Db, { readonly stamp: string; readonly gathered: Promise<Gathered> }>();

/** Gathered once for as long as nothing changes: two administrators who look cost as much as one. */
export function gatherComparison(db: Db, two: Two, watched: ReadonlySet<string>): Promise<Gathered> {
  const stamp = stampOf(db, two);
  const known = kept.get(db);
  if (known?.stamp === stamp) return known.gathered;
  const gathered = gather(db, two, watched);
  kept.set(db, { stamp, gathered });
  gathered.catch(() => kept.delete(db));
  return gathered;
}

/** How far the looks at judged pictures are, cheaply: a page asks every few seconds. */
export function lookProgress(db: Db, two: Two): { readonly looked: number; readonly judged: number } {
  const [old, fresh] = sides.map(
    (side) => db.orm.select({ n: count() }).from(packLooks).where(eq(packLooks.setId, two[side].id)).get()?.n ?? 0,
  );
  const judged = Math.min(mostJudged, countJudgedFrames(db, {}));
  return { looked: Math.min(old ?? 0, fresh ?? 0, judged), judged };
}

async function gather(db: Db, two: Two, watched: ReadonlySet<string>): Promise<Gathered> {
  const looks = { old: looksOf(db, two.old.id), new: looksOf(db, two.new.id) };
  const cases: JudgedCase[] = [];
  const disagreements: Disagreement[] = [];
  const times: Record<Side, StageTimes[]> = { old: [], new: [] };
  let [looked, judged, failed] = [0, 0, 0];
  for await (const frame of judgedPictures(db)) {
    judged++;
    const [old, fresh] = sides.map((side) => looks[side].get(lookKey(frame)));
    if (old === undefined || fresh === undefined) continue;
    looked++;
    if (old.ms === null || fresh.ms === null) {
      failed++;
      continue;
    }
    times.old.push(old.ms);
    times.new.push(fresh.ms);
    const seen = { old: old.sightings, new: fresh.sightings };
    cases.push(...casesOf(frame, seen, watched));
    disagreements.push(...disagreementsOf({ from: 'judged', ...frame, ...seen }, saidOf(frame)));
  }
  const rows = await liveRows(db, two);
  const known = new Set(disagreements.map(lookKey));
  const live = rows.flatMap((row) => {
    const { hash } = row;
    if (hash === null || known.has(lookKey({ ...row, hash }))) return [];
    return disagreementsOf({ from: 'live', ...row, hash }, () => 'none');
  });
  disagreements.push(...happenings(live));
  return { cases, disagreements, live: rows, times, looked, judged, failed };
}

/** What people said of each violation on a frame. */
function saidOf(frame: JudgedFrame): (violation: string) => Said {
  return (violation) => frame.answers.find((answer) => answer.violation === violation)?.answer ?? 'none';
}

type SeenPicture = Pick<
  Disagreement,
  'from' | 'hash' | 'cameraId' | 'restaurantId' | 'at' | 'width' | 'height' | 'old' | 'new'
>;

function disagreementsOf(seen: SeenPicture, said: (violation: string) => Said): Disagreement[] {
  const counted = (side: Side) => new Set(seen[side].filter(({ counts }) => counts).map(({ id }) => id));
  const [old, fresh] = [counted('old'), counted('new')];
  const { from, hash, cameraId, restaurantId, at, width, height } = seen;
  return [...new Set([...old, ...fresh])].sort().flatMap((violation) => {
    if (old.has(violation) === fresh.has(violation)) return [];
    const about = (side: Side) => seen[side].filter(({ id }) => id === violation);
    const place = { from, hash, cameraId, restaurantId, at, width, height };
    const flaggedBy: Side = old.has(violation) ? 'old' : 'new';
    const pictures = { said: said(violation), frames: 1, old: about('old'), new: about('new') };
    return [{ ...place, violation, flaggedBy, ...pictures }];
  });
}

// As far apart as two frames of one happening may be.
const happeningMs = 10 * 60_000;

/** What goes on at a camera for minutes is one disagreement, not one a frame. The newest first, as they come. */
function happenings(frames: readonly Disagreement[]): Disagreement[] {
  const kept = new Map<string, { newest: Disagreement; frames: number; earliest: number }[]>();
  for (const frame of frames) {
    const key = `${frame.cameraId} ${frame.violation} ${frame.flaggedBy}`;
    const own = kept.get(key) ?? [];
    kept.set(key, own);
    const last = own.at(-1);
    if (last === undefined || last.earliest - frame.at > happeningMs) {
      own.push({ newest: frame, frames: 1, earliest: frame.at });
    } else {
      last.frames++;
      last.earliest = frame.at;
    }
  }
  const all = [...kept.values()].flat().map(({ newest, frames: count }) => ({ ...newest, frames: count }));
  return all.sort((a, b) => b.at - a.at);
}

type Look = { readonly sightings: readonly Sighting[]; readonly ms: StageTimes | null };

function looksOf(db: Db, setId: number): Map<string, Look> {
  const rows = db.orm.select().from(packLooks).where(eq(packLooks.setId, setId)).all();
  return new Map(rows.map((row) => [lookKey(row), { sightings: row.sightings, ms: row.ms }]));
}

const mostLive = 20_000;

/** Frames that one of the two saw beside the other, whichever was in use then; the newest first. */
async function liveRows(db: Db, two: Two): Promise<ShadowRow[]> {
  const ahead = await rowsBetween(db, two.new.id, two.old.id);
  const back = await rowsBetween(db, two.old.id, two.new.id);
  const turned = back.map((row) => ({ ...row, old: row.new, new: row.old }));
  return [...ahead, ...turned].sort((a, b) => b.at - a.at).slice(0, mostLive);
}

type ShadowRow = typeof shadowFrames.$inferSelect;

// A page is read in one go, so it is short: reviewers' keys are answered by the same thread.
const livePage = 500;

async function rowsBetween(db: Db, setId: number, againstId: number): Promise<ShadowRow[]> {
  const both = and(eq(shadowFrames.setId, setId), eq(shadowFrames.againstId, againstId));
  const rows: ShadowRow[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; rows.length < mostLive; ) {
    const where = and(both, lt(shadowFrames.id, before));
    const page = db.orm.select().from(shadowFrames).where(where).orderBy(desc(shadowFrames.id)).limit(livePage).all();
    rows.push(...page);
    if (page.length < livePage) break;
    before = page.at(-1)?.id ?? 0;
    await setImmediate();
  }
  return rows;
}

const looksStamp = `SELECT count(*) || ' ' || max(looked_at) || ' ' || group_concat(DISTINCT rules) FROM pack_look WHERE set_id IN (?, ?)`;

/** Whatever a comparison is made of, in one word. */
function stampOf(db: Db, two: Two): string {
  const one = (text: string, ...values: unknown[]) =>
    db.sqlite
      .prepare(text)
      .pluck()
      .get(...values);
  return [
    two.old.id,
    two.new.id,
    one('SELECT max(id) FROM verdict'),
    one('SELECT count(*) || max(coalesce(decided_at, at)) FROM appeal'),
    one(looksStamp, two.old.id, two.new.id),
    one('SELECT max(id) FROM shadow_frame WHERE set_id IN (?, ?)', two.old.id, two.new.id),
    one('SELECT max(gone_at) FROM picture'),
  ].join(' ');
}
