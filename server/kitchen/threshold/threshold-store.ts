// Questions about thresholds: what people judged at a camera and in the house, how much was looked at, what was decided before.

import { and, desc, eq } from 'drizzle-orm';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import type { Camera } from '../camera/camera-store.ts';
import { beijingDay } from '../restaurant/hours.ts';
import type { Evidence, JudgedScore } from './threshold-proposal.ts';
import { thresholdDecisions } from './threshold-tables.ts';

export type ThresholdDecision = typeof thresholdDecisions.$inferSelect;

export const evidenceDays = 60;
const mostJudged = 5000;
const mostAudits = 2500;

/** What was judged of a violation in the last sixty days, at this camera and at the others. */
export function evidenceFor(db: Db, camera: Camera, violation: string, current: number, now: number): Evidence {
  const since = now - evidenceDays * dayMs;
  const rows = judgedScores(db, violation, since);
  const scoreOf = ({ score, real, audit }: JudgedRow): JudgedScore => ({ score, real: real === 1, audit: audit === 1 });
  return {
    current,
    own: rows.filter(({ cameraId }) => cameraId === camera.id).map(scoreOf),
    house: rows.filter(({ cameraId }) => cameraId !== camera.id).map(scoreOf),
    ...lookedAt(db, camera.id, since),
  };
}

type JudgedRow = { readonly cameraId: number; readonly score: number; readonly real: 0 | 1; readonly audit: 0 | 1 };

/** Decided flags that somebody looked at, none under appeal, the newest first and no further than needed; a confirmed one of another class counts as not it. */
function judgedScores(db: Db, violation: string, since: number): JudgedRow[] {
  const standing = `SELECT v.violation FROM verdict v WHERE v.flag_id = f.id AND v.seen = 1 AND v.decision = f.status
    AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id DESC LIMIT 1`;
  const drawn = db.sqlite.prepare(auditedScores).all({ violation, since }) as JudgedRow[];
  const flagged = db.sqlite
    .prepare(
      `SELECT cameraId, score, audit, status = 'confirmed' AND judgedAs = @violation AS real FROM (
        SELECT f.id, f.camera_id AS cameraId, f.score, f.audit, f.status, (${standing}) AS judgedAs FROM flag f NOT INDEXED
        WHERE f.violation = @violation AND f.at >= @since AND f.status IN ('confirmed', 'cleared')
          AND NOT EXISTS (SELECT 1 FROM appeal a WHERE a.flag_id = f.id AND a.state = 'open'))
      WHERE judgedAs IS NOT NULL ORDER BY id DESC LIMIT ${mostJudged}`,
    )
    .all({ violation, since }) as JudgedRow[];
  return [...drawn, ...flagged].slice(0, mostJudged);
}

/** Audited frames are asked about every kind: how sure the models were of this one, and whether people found it. */
const auditedScores = `SELECT f.camera_id AS cameraId, json_extract(a.value, '$.score') AS score, 1 AS audit,
    f.status = 'confirmed' AND EXISTS (SELECT 1 FROM json_each((SELECT v.kinds FROM verdict v WHERE v.flag_id = f.id
      AND v.decision = 'confirmed' AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id DESC LIMIT 1))
      WHERE value = @violation) AS real
  FROM audit_draw d JOIN flag f ON f.id = d.flag_id JOIN json_each(d.asked) a ON json_extract(a.value, '$.violation') = @violation
  WHERE d.at >= @since AND d.chance > 0 AND f.status IN ('confirmed', 'cleared')
    AND NOT EXISTS (SELECT 1 FROM flag o WHERE o.camera_id = f.camera_id AND o.at = f.at AND o.audit = 0 AND o.violation = @violation)
    AND NOT EXISTS (SELECT 1 FROM appeal p WHERE p.flag_id = f.id AND p.state = 'open')
  ORDER BY f.id DESC LIMIT ${mostAudits}`;

function lookedAt(db: Db, cameraId: number, since: number): Pick<Evidence, 'days' | 'looked' | 'flagged'> {
  return db.sqlite
    .prepare(
      `SELECT count(*) AS days, coalesce(sum(looked), 0) AS looked, coalesce(sum(flagged), 0) AS flagged
        FROM sample_day WHERE camera_id = ? AND day >= ? AND looked > 0`,
    )
    .get(cameraId, beijingDay(since)) as Pick<Evidence, 'days' | 'looked' | 'flagged'>;
}

/** The last decision about a violation's threshold at a camera. */
export function lastThresholdDecision(db: Db, cameraId: number, violation: string): ThresholdDecision | undefined {
  const where = and(eq(thresholdDecisions.cameraId, cameraId), eq(thresholdDecisions.violation, violation));
  return db.orm.select().from(thresholdDecisions).where(where).orderBy(desc(thresholdDecisions.id)).limit(1).get();
}

const mostListed = 50;

/** Cameras at which enough was judged to ask for a proposal, the most first. */
export function camerasWithVerdicts(db: Db, now: number, least: number): number[] {
  return db.sqlite
    .prepare(
      `SELECT f.camera_id FROM flag f JOIN camera c ON c.id = f.camera_id WHERE c.removed_at IS NULL AND f.at >= ?
        AND f.status IN ('confirmed', 'cleared') GROUP BY f.camera_id HAVING count(*) >= ? ORDER BY count(*) DESC LIMIT ${mostListed}`,
    )
    .pluck()
    .all(now - evidenceDays * dayMs, least) as number[];
}
