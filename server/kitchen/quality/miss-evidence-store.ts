// What audits found and what was caught, of each camera: the rows behind the miss rates.
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { kindsOf } from '../flag/decision.ts';
import type { AuditFinding } from './miss-rate.ts';

export type Span = { readonly from: number; readonly to: number };

export type AuditedCamera = {
  readonly id: number;
  readonly siteId: string;
  /** Cameras that watch a place of the same name are one group. */
  readonly group: string;
  readonly groupEn: string | null;
  readonly district: string | null;
  readonly districtEn: string | null;
};

export type MissEvidence = {
  readonly cameras: ReadonlyMap<number, AuditedCamera>;
  readonly findings: readonly (AuditFinding & { readonly cameraId: number })[];
  readonly caught: readonly { readonly cameraId: number; readonly violation: string }[];
  /** Audited frames drawn, judged, and judged by two people or more. */
  readonly drawn: number;
  readonly judged: number;
  readonly judgedTwice: number;
};

const mostAudits = 50_000;

export function missEvidence(db: Db, caller: Caller, span: Span): MissEvidence {
  const cameras = new Map(camerasSeen(db, caller).map((camera) => [camera.id, camera]));
  const audits = auditsIn(db, span).filter(({ cameraId }) => cameras.has(cameraId));
  const said = verdictsOf(db, span);
  const judged = audits.flatMap((audit) => {
    const votes = audit.settled === 1 ? votesOf(said.get(audit.flagId) ?? []) : [];
    return votes.length === 0 ? [] : [{ ...audit, votes }];
  });
  // Frames that were drawn and wait stand for themselves through those that were judged.
  const answered = sum(judged.map(({ chance }) => 1 / chance));
  const waiting = answered === 0 ? 1 : sum(audits.map(({ chance }) => 1 / chance)) / answered;
  const caught = caughtIn(db, span).filter(({ cameraId }) => cameras.has(cameraId));
  const caughtOn = new Map<string, Set<string>>();
  for (const { cameraId, at, violation } of caught) {
    const key = frameKey(cameraId, at);
    caughtOn.set(key, (caughtOn.get(key) ?? new Set()).add(violation));
  }
  const covers = coversOf(db, span);
  return {
    cameras,
    findings: judged.flatMap((audit) => findingsOf(audit, waiting, covers, caughtOn)),
    caught,
    drawn: audits.length,
    judged: judged.length,
    judgedTwice: judged.filter(({ votes }) => votes.length > 1).length,
  };
}

function camerasSeen(db: Db, caller: Caller): AuditedCamera[] {
  const rows = db.sqlite
    .prepare(
      `SELECT c.id, r.site_id AS siteId, c.place AS "group", c.place_en AS groupEn, d.name AS district, d.name_en AS districtEn
        FROM camera c JOIN restaurant r ON r.id = c.restaurant_id
        LEFT JOIN site_district s ON s.site_id = r.site_id LEFT JOIN district d ON d.id = s.district_id`,
    )
    .all() as AuditedCamera[];
  if (seesAllSites(caller)) return rows;
  const sites = new Set(sitesSeen(caller));
  return rows.filter(({ siteId }) => sites.has(siteId));
}

type Audit = {
  readonly flagId: number;
  readonly cameraId: number;
  readonly at: number;
  readonly chance: number;
  readonly asked: string;
  readonly settled: number;
};

function auditsIn(db: Db, span: Span): Audit[] {
  return db.sqlite
    .prepare(
      `SELECT d.flag_id AS flagId, d.camera_id AS cameraId, d.at, d.chance,
          (SELECT json_group_array(json_extract(a.value, '$.violation')) FROM json_each(d.asked) a) AS asked,
          f.status IN ('confirmed', 'cleared') AS settled
        FROM audit_draw d JOIN flag f ON f.id = d.flag_id
        WHERE d.at >= @from AND d.at < @to AND d.chance > 0 ORDER BY d.at DESC LIMIT ${mostAudits}`,
    )
    .all(span) as Audit[];
}

type Vote = { readonly stage: string; readonly kinds: readonly string[] };
type VerdictRow = { flagId: number; stage: string; decision: string; violation: string; kinds: string | null };

function verdictsOf(db: Db, span: Span): Map<number, VerdictRow[]> {
  const rows = db.sqlite
    .prepare(
      `SELECT v.flag_id AS flagId, v.stage, v.decision, v.violation, v.kinds FROM verdict v JOIN audit_draw d ON d.flag_id = v.flag_id
        WHERE d.at >= @from AND d.at < @to AND v.seen = 1 AND v.decision IN ('confirmed', 'cleared')
          AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id`,
    )
    .all(span) as VerdictRow[];
  const byFlag = new Map<number, VerdictRow[]>();
  for (const row of rows) addTo(byFlag, row.flagId, row);
  return byFlag;
}

/** Each person has one vote; what was decided on appeal stands alone. */
function votesOf(rows: readonly VerdictRow[]): Vote[] {
  const appealed = rows.findLast(({ stage }) => stage === 'appeal');
  return (appealed === undefined ? rows : [appealed]).map(({ stage, decision, violation, kinds }) => ({
    stage,
    kinds: kindsOf({ decision, violation, kinds: kinds === null ? null : (JSON.parse(kinds) as string[]) }),
  }));
}

/** Most of those asked say so; where they are as many as not, the last one does, who was asked because of it. */
export function isPresent(votes: readonly Vote[], violation: string): boolean {
  const yes = votes.filter(({ kinds }) => kinds.includes(violation)).length;
  if (yes * 2 !== votes.length) return yes * 2 > votes.length;
  return votes.at(-1)?.kinds.includes(violation) === true;
}

type Cover = {
  readonly cameraId: number;
  readonly from: number;
  readonly until: number;
  readonly kinds: readonly string[];
};

/** Happenings that a flag of the models put before a reviewer: as what was asked, and as what the reviewer named. */
function coversOf(db: Db, span: Span): Map<number, Cover[]> {
  const rows = db.sqlite
    .prepare(
      `SELECT h.camera_id AS cameraId, h.from_at AS "from", h.until_at AS until, h.violation, (${namedKind}) AS named
        FROM flag_happening h JOIN flag f ON f.id = h.flag_id WHERE h.until_at >= @from AND h.from_at < @to`,
    )
    .all(span) as { cameraId: number; from: number; until: number; violation: string; named: string | null }[];
  const byCamera = new Map<number, Cover[]>();
  for (const { violation, named, ...span } of rows) {
    const cover = { ...span, kinds: named === null ? [violation] : [violation, named] };
    addTo(byCamera, cover.cameraId, cover);
  }
  return byCamera;
}

const namedKind = `SELECT v.violation FROM verdict v WHERE v.flag_id = f.id AND v.seen = 1 AND v.decision = 'confirmed'
  AND f.status = 'confirmed' AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id DESC LIMIT 1`;

type Caught = { readonly cameraId: number; readonly at: number; readonly violation: string };

/** Flags of the models that somebody looked at and confirmed, as the kind that was confirmed. */
function caughtIn(db: Db, span: Span): Caught[] {
  const rows = db.sqlite
    .prepare(
      `SELECT f.camera_id AS cameraId, f.at, (${namedKind}) AS violation FROM flag f
        WHERE f.audit = 0 AND f.at >= @from AND f.at < @to AND f.status = 'confirmed'`,
    )
    .all(span) as { cameraId: number; at: number; violation: string | null }[];
  // Two flags of one frame that both end as one kind are one violation on that frame.
  const once = new Map<string, Caught>();
  for (const { cameraId, at, violation } of rows)
    if (violation !== null) once.set(`${cameraId} ${at} ${violation}`, { cameraId, at, violation });
  return [...once.values()];
}

function findingsOf(
  audit: Audit & { readonly votes: readonly Vote[] },
  waiting: number,
  covers: ReadonlyMap<number, readonly Cover[]>,
  caughtOn: ReadonlyMap<string, ReadonlySet<string>>,
): MissEvidence['findings'] {
  const { cameraId, at, chance, votes } = audit;
  const here = (covers.get(cameraId) ?? []).filter(({ from, until }) => from <= at && at <= until);
  const own = caughtOn.get(frameKey(cameraId, at));
  return (JSON.parse(audit.asked) as string[]).map((violation) => ({
    cameraId,
    violation,
    weight: waiting / chance,
    present: isPresent(votes, violation),
    reached: here.some(({ kinds }) => kinds.includes(violation)),
    counted: own?.has(violation) === true,
  }));
}

function frameKey(cameraId: number, at: number): string {
  return `${cameraId} ${at}`;
}

function addTo<Row>(lists: Map<number, Row[]>, key: number, row: Row): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [row]);
  else list.push(row);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
