// Questions about the frames people have judged: a page of them, and how many there are.
import type { Box, Detection, PackName } from '../../../inference/types.ts';
import type { Db } from '../../store/db.ts';
import { auditDrawOf } from '../flag/audit-store.ts';
import { type FlagStatus, kindsOf } from '../flag/decision.ts';
import type { AskedKind } from '../violation/audit-sample.ts';
import { answersOf, flagAnswer, type JudgedFlag, type JudgedFrame, type StandingVerdict } from './judged-frame.ts';

export type JudgedFilter = {
  /** Only these sites; every one when left out. */
  readonly siteIds?: readonly string[] | undefined;
  readonly cameraId?: number | undefined;
  /** Unix ms of the frame, from this on. */
  readonly from?: number | undefined;
  /** Up to, and without. */
  readonly to?: number | undefined;
  /** `audit`: drawn at random among unflagged frames; `flag`: raised by the eye. */
  readonly drawn?: 'audit' | 'flag' | undefined;
};

export type JudgedPage = {
  /** The newest first. */
  readonly frames: readonly JudgedFrame[];
  /** Give this as `before` for the next page; undefined at the end. */
  readonly next: number | undefined;
};

export const longestJudgedPage = 200;
export const judgedCountedUpTo = 100_000;

// The newest judged flag of a picture and camera stands for it, so that no picture comes twice.
const seenVerdict = (flag: string) => `EXISTS (SELECT 1 FROM verdict v WHERE v.flag_id = ${flag}.id AND v.seen = 1
  AND v.decision <> 'undone' AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id))`;
const judged = (flag: string) => `${flag}.status <> 'open' AND ${seenVerdict(flag)}`;
const standsForFrame = `${judged('f')} AND NOT EXISTS (SELECT 1 FROM flag g WHERE g.picture_hash = f.picture_hash
  AND g.camera_id = f.camera_id AND g.id > f.id AND ${judged('g')})`;

/** One record a picture and camera, newest first; `before` is where the last page ended. At most `longestJudgedPage`. */
export function judgedFrames(db: Db, filter: JudgedFilter, page: { before?: number; limit: number }): JudgedPage {
  const limit = Math.min(page.limit, longestJudgedPage);
  const { where, values } = conditionsOf(filter);
  const before = page.before === undefined ? '' : 'AND f.id < @before';
  const rows = db.sqlite
    .prepare(
      `SELECT f.id, f.picture_hash AS hash, f.camera_id AS cameraId FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE ${standsForFrame} ${where} ${before} ORDER BY f.id DESC LIMIT @limit`,
    )
    .all({ ...values, limit, ...(page.before === undefined ? {} : { before: page.before }) }) as PageRow[];
  const frames = rows.flatMap((row) => frameOf(db, row) ?? []);
  return { frames, next: rows.length < limit ? undefined : rows.at(-1)?.id };
}

/** How many `judgedFrames` would give over all pages, counted up to `judgedCountedUpTo`. */
export function countJudgedFrames(db: Db, filter: JudgedFilter): number {
  const { where, values } = conditionsOf(filter);
  return db.sqlite
    .prepare(
      `SELECT count(*) FROM (SELECT 1 FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE ${standsForFrame} ${where} LIMIT ${judgedCountedUpTo})`,
    )
    .pluck()
    .get(values) as number;
}

type PageRow = { readonly id: number; readonly hash: string; readonly cameraId: number };

function conditionsOf({ siteIds, cameraId, from, to, drawn }: JudgedFilter) {
  const parts = [
    siteIds === undefined ? '' : 'AND r.site_id IN (SELECT value FROM json_each(@sites))',
    cameraId === undefined ? '' : 'AND f.camera_id = @camera',
    from === undefined ? '' : 'AND f.at >= @from',
    to === undefined ? '' : 'AND f.at < @to',
    drawn === undefined ? '' : 'AND f.audit = @audit',
  ];
  const values = {
    ...(siteIds === undefined ? {} : { sites: JSON.stringify(siteIds) }),
    ...(cameraId === undefined ? {} : { camera: cameraId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(drawn === undefined ? {} : { audit: drawn === 'audit' ? 1 : 0 }),
  };
  return { where: parts.join(' '), values };
}

const mostFlagsOfFrame = 50;

type FlagRow = {
  readonly id: number;
  readonly restaurantId: number;
  readonly siteId: string;
  readonly violation: string;
  readonly status: FlagStatus;
  readonly score: number;
  readonly threshold: number;
  readonly box: string;
  readonly zone: string | null;
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly packName: string;
  readonly packSha256: string;
  readonly audit: number;
  readonly appealed: number;
};

function frameOf(db: Db, { hash, cameraId }: PageRow): JudgedFrame | undefined {
  const rows = db.sqlite
    .prepare(
      `SELECT f.id, f.restaurant_id AS restaurantId, r.site_id AS siteId, f.violation, f.status, f.score, f.threshold, f.box, f.zone,
          f.at, f.picture_width AS width, f.picture_height AS height, f.pack_name AS packName, f.pack_sha256 AS packSha256, f.audit,
          EXISTS (SELECT 1 FROM appeal a WHERE a.flag_id = f.id AND a.state = 'open') AS appealed
        FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE f.picture_hash = ? AND f.camera_id = ? AND f.status <> 'open' ORDER BY f.id DESC LIMIT ${mostFlagsOfFrame}`,
    )
    .all(hash, cameraId) as FlagRow[];
  const flags = rows.flatMap((row) => judgedFlags(row, auditDrawOf(db, row.id)?.asked, seenVerdicts(db, row.id)));
  const [first] = rows;
  if (first === undefined || flags.length === 0) return undefined;
  return {
    hash,
    cameraId,
    restaurantId: first.restaurantId,
    siteId: first.siteId,
    at: Math.max(...flags.map(({ at }) => at)),
    width: first.width,
    height: first.height,
    kept: isKept(db, hash, first.siteId),
    audit: flags.every(({ audit }) => audit),
    flags,
    answers: answersOf(flags),
    ...readingOf(db, hash, cameraId),
  };
}

/** A flag says one thing; an audited frame something of every kind people were asked about. */
function judgedFlags(
  row: FlagRow,
  asked: readonly AskedKind[] | undefined,
  standing: readonly SeenVerdict[],
): JudgedFlag[] {
  const said = flagAnswer({ status: row.status, violation: row.violation, appealed: row.appealed === 1 }, standing);
  const last = standing.at(-1);
  if (said === undefined || last === undefined) return [];
  const { id, violation, score, threshold, zone, at, packName, packSha256 } = row;
  const audit = row.audit === 1;
  const box = JSON.parse(row.box) as Box;
  const kept = { id, zone, at, packName, packSha256, audit, threshold, lastVerdictAt: last.at };
  const verdicts = standing.length;
  // Of what a person reported, or an older audit, the box marks no place.
  if (asked === undefined) {
    const boxFits = row.audit === 0 || (audit && score > 0);
    return [{ ...kept, violation, score, box, boxFits, ...said, verdicts }];
  }
  const decisive = standing.findLast(({ decision }) => decision === row.status);
  const found = decisive === undefined ? [] : kindsOf({ ...decisive, kinds: readKinds(decisive.kinds) });
  return asked.map((kind, index) => ({
    ...kept,
    violation: kind.violation,
    judgedAs: kind.violation,
    answer: said.answer === 'unsure' ? 'unsure' : found.includes(kind.violation) ? 'present' : 'absent',
    score: kind.score,
    box: kind.box ?? box,
    boxFits: kind.box !== null && kind.score > 0,
    // Each person is counted once a frame.
    verdicts: index === 0 ? verdicts : 0,
  }));
}

type SeenVerdict = StandingVerdict & { readonly kinds: string | null };

function readKinds(text: string | null): string[] | null {
  return text === null ? null : (JSON.parse(text) as string[]);
}

function seenVerdicts(db: Db, flagId: number): SeenVerdict[] {
  return db.sqlite
    .prepare(
      `SELECT v.decision, v.violation, v.at, v.kinds FROM verdict v WHERE v.flag_id = ? AND v.seen = 1 AND v.decision <> 'undone'
        AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id LIMIT 100`,
    )
    .all(flagId) as SeenVerdict[];
}

function isKept(db: Db, hash: string, siteId: string): boolean {
  const gone = db.sqlite
    .prepare('SELECT gone_at FROM picture WHERE hash = ? AND site_id = ?')
    .pluck()
    .get(hash, siteId);
  return gone === null;
}

function readingOf(db: Db, hash: string, cameraId: number): Pick<JudgedFrame, 'detections' | 'packs'> {
  const row = db.sqlite
    .prepare('SELECT detections, packs FROM frame_reading WHERE hash = ? AND camera_id = ?')
    .get(hash, cameraId) as { detections: string; packs: string } | undefined;
  if (row === undefined) return { detections: undefined, packs: [] };
  return { detections: JSON.parse(row.detections) as Detection[], packs: JSON.parse(row.packs) as PackName[] };
}
