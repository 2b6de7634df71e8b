// A quarter of a house: violations planted at known rates, a model that misses and mistakes them, N of M frames, audits,
// and reviewers with known errors who also correct classes. What is shown of it is compared with what was planted.

import { auditChance } from '../../server/kitchen/violation/audit-sample.ts';
import { wholeFrame } from '../../server/kitchen/violation/violation-kinds.ts';
import { advanceWindow, emptyWindow, type ViolationWindow } from '../../server/kitchen/violation/window.ts';
import type { Db } from '../../server/store/db.ts';

export const planted = {
  /** begins: a frame; longest: frames it lasts; seen: of the frames in which it is; false: a frame without it. */
  no_mask: { begins: 1 / 200, longest: 12, seen: 0.75, imagined: 0.003, takenFor: 'no_hat' },
  no_hat: { begins: 1 / 400, longest: 6, seen: 0.5, imagined: 0.002, takenFor: 'no_mask' },
  phone: { begins: 1 / 300, longest: 3, seen: 0.8, imagined: 0.001, takenFor: 'smoking' },
  smoking: { begins: 1 / 2500, longest: 5, seen: 0.6, imagined: 0.0005, takenFor: 'phone' },
} as const;
export type Planted = keyof typeof planted;
export const plantedKinds = Object.keys(planted) as Planted[];

const takenForShare = 0.1;
/** Of a flag: overlooks, confirms what is not there, finds the right class. Of a whole frame, a kind: overlooks, imagines. */
export const reviewerErrors = {
  overlooks: 0.03,
  agreesWrongly: 0.02,
  corrects: 0.9,
  missesKind: 0.05,
  imaginesKind: 0.002,
};

export type World = { readonly cameras: readonly number[]; readonly days: number; readonly share: number };
export type Truth = Readonly<Record<Planted, { present: number; missed: number }>>;

const everyMs = 600_000;
const rule = { hits: 2, of: 3, gapMs: 4 * everyMs };
const firstFrom = Date.UTC(2020, 6, 1);

/** Each seed's quarter is a time of its own, so that one house lives them all. */
export function quarterFrom(seed: number): number {
  return firstFrom + seed * 100 * 24 * 3600_000;
}

/** Mulberry32: the same seed gives the same quarter. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lives the quarter into the database's rows, which are all that the rates are read from; returns what was true. */
export function liveQuarter(db: Db, world: World, reviewers: readonly [number, number, number], seed: number): Truth {
  const random = randomOf(seed);
  const truth = Object.fromEntries(plantedKinds.map((kind) => [kind, { present: 0, missed: 0 }])) as Truth;
  const rows = rowsOf(db);
  db.sqlite.transaction(() => {
    for (const camera of world.cameras) {
      const frames = framesOf(random, quarterFrom(seed), Math.round((world.days * 24 * 3600_000) / everyMs));
      const flags = flagsOf(random, frames);
      for (const flag of flags) rows.flag(camera, flag, reviewers[0]);
      const chance = auditChance(world.share, everyMs);
      for (const frame of frames) {
        if (random() < chance) rows.audit(camera, frame.at, chance, judgeAudit(random, frame.present, reviewers));
        for (const kind of frame.present) {
          truth[kind].present++;
          const reached = flags.some(
            (flag) => flag.from <= frame.at && frame.at <= flag.until && (flag.asked === kind || flag.named === kind),
          );
          if (!reached) truth[kind].missed++;
        }
      }
    }
  })();
  return truth;
}

type Frame = { readonly at: number; readonly present: readonly Planted[]; readonly said: readonly Planted[] };

function framesOf(random: () => number, from: number, count: number): Frame[] {
  const left = new Map<Planted, number>();
  return Array.from({ length: count }, (_, index) => {
    const said = new Set<Planted>();
    for (const kind of plantedKinds) {
      const { begins, longest, seen, imagined, takenFor } = planted[kind];
      if ((left.get(kind) ?? 0) === 0 && random() < begins) left.set(kind, 1 + Math.floor(random() * longest));
      const there = (left.get(kind) ?? 0) > 0;
      if (there && random() < seen) said.add(random() < takenForShare ? takenFor : kind);
      if (!there && random() < imagined) said.add(kind);
    }
    const present = plantedKinds.filter((kind) => (left.get(kind) ?? 0) > 0);
    for (const kind of present) left.set(kind, (left.get(kind) ?? 1) - 1);
    return { at: from + index * everyMs, present, said: [...said] };
  });
}

type LivedFlag = { at: number; asked: Planted; from: number; until: number; named: Planted | undefined };

/** N of M as the product has it; how far a happening reached is told here by a plain rule of its own. */
function flagsOf(random: () => number, frames: readonly Frame[]): LivedFlag[] {
  const flags: LivedFlag[] = [];
  for (const kind of plantedKinds) {
    let window: ViolationWindow = emptyWindow;
    let open: LivedFlag | undefined;
    for (const { at, present, said } of frames) {
      const hit = said.includes(kind);
      if (!hit && window === emptyWindow) continue;
      const next = advanceWindow(window, { at, hit }, rule);
      window = next.window.recent.some((seen) => seen.hit) || next.window.happeningSince ? next.window : emptyWindow;
      if (next.window.happeningSince === undefined) open = undefined;
      if (hit && open !== undefined) open.until = at;
      if (!next.raise) continue;
      const from = window.recent.find((seen) => seen.hit)?.at ?? at;
      open = { at, asked: kind, from, until: at, named: judgeFlag(random, kind, present) };
      flags.push(open);
    }
  }
  return flags;
}

/** The class that is confirmed; undefined when the flag is cleared. */
function judgeFlag(random: () => number, asked: Planted, present: readonly Planted[]): Planted | undefined {
  const { overlooks, agreesWrongly, corrects } = reviewerErrors;
  if (present.includes(asked)) return random() < overlooks ? undefined : asked;
  const other = present[0];
  if (other !== undefined && random() < corrects) return other;
  return random() < agreesWrongly ? asked : undefined;
}

export type LivedVerdict = { by: number; stage: 'first' | 'blind' | 'second'; kinds: Planted[] };

/** Two people look at every kind; where they do not say the same, a third does. */
function judgeAudit(
  random: () => number,
  present: readonly Planted[],
  [first, second, third]: readonly [number, number, number],
): LivedVerdict[] {
  const { missesKind, imaginesKind } = reviewerErrors;
  const look = () =>
    plantedKinds.filter((kind) => (present.includes(kind) ? random() >= missesKind : random() < imaginesKind));
  const two: LivedVerdict[] = [
    { by: first, stage: 'first', kinds: look() },
    { by: second, stage: 'blind', kinds: look() },
  ];
  return two[0]?.kinds.join() === two[1]?.kinds.join() ? two : [...two, { by: third, stage: 'second', kinds: look() }];
}

function rowsOf(db: Db) {
  const flag = db.sqlite.prepare(
    `INSERT INTO flag (camera_id, restaurant_id, violation, score, threshold, box, at, picture_hash, picture_width, picture_height,
       pack_name, pack_sha256, status, audit, second) SELECT @camera, restaurant_id, @violation, 0.9, 0.6, '[0,0,1,1]', @at,
       'quarter', 96, 54, 'kitchen-eye', '', @status, @audit, @second FROM camera WHERE id = @camera`,
  );
  const happening = db.sqlite.prepare('INSERT INTO flag_happening VALUES (?, ?, ?, ?, ?)');
  const draw = db.sqlite.prepare('INSERT INTO audit_draw VALUES (?, ?, ?, 0, ?, ?)');
  const verdict = db.sqlite.prepare(
    `INSERT INTO verdict (flag_id, by, at, decision, violation, stage, status_before, idle, seen, kinds)
       VALUES (@id, @by, @at, @decision, @violation, @stage, 'open', 0, 1, @kinds)`,
  );
  const asked = JSON.stringify(plantedKinds.map((violation) => ({ violation, score: 0, box: null })));
  return {
    flag(camera: number, { at, asked: violation, from, until, named }: LivedFlag, by: number): void {
      const status = named === undefined ? 'cleared' : 'confirmed';
      const id = Number(flag.run({ camera, violation, at, status, audit: 0, second: 'none' }).lastInsertRowid);
      happening.run(id, camera, violation, from, until);
      verdict.run({ id, by, at, decision: status, violation: named ?? violation, stage: 'first', kinds: null });
    },
    audit(camera: number, at: number, chance: number, verdicts: readonly LivedVerdict[]): void {
      const found = verdicts.at(-1)?.kinds ?? [];
      const status = found.length === 0 ? 'cleared' : 'confirmed';
      const id = Number(
        flag.run({ camera, violation: wholeFrame, at, status, audit: 1, second: 'done' }).lastInsertRowid,
      );
      draw.run(id, camera, at, chance, asked);
      for (const { by, stage, kinds } of verdicts) {
        const decision = kinds.length === 0 ? 'cleared' : 'confirmed';
        verdict.run({ id, by, at, decision, violation: kinds[0] ?? wholeFrame, stage, kinds: JSON.stringify(kinds) });
      }
    },
  };
}
