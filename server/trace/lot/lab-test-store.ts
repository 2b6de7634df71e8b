// Laboratory tests of lots: which there are, and which failed one nobody has answered with a recall or a release.
import type { Db } from '../../store/db.ts';
import { namesOfLot } from './lot-merge-store.ts';

export type LabTest = {
  readonly id: number;
  readonly lotId: number;
  readonly subject: string;
  readonly result: 'passed' | 'failed';
  readonly detail: string | null;
  readonly laboratory: string | null;
  readonly testedAt: number;
  /** SHA-256 of the report. */
  readonly fileHash: string | null;
};

const columns = `t.id, t.lot_id AS lotId, t.subject, t.result, t.detail, t.laboratory, t.tested_at AS testedAt,
  t.file_hash AS fileHash`;

/** Newest first. */
export function labTestsOf(db: Db, lotId: number): LabTest[] {
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM json_each(?) j CROSS JOIN lab_test t ON t.lot_id = j.value
       ORDER BY t.tested_at DESC, t.id DESC LIMIT 50`,
    )
    .all(JSON.stringify(namesOfLot(db, lotId))) as LabTest[];
}

export function labTestById(db: Db, id: number): LabTest | undefined {
  return db.sqlite.prepare(`SELECT ${columns} FROM lab_test t WHERE t.id = ?`).get(id) as LabTest | undefined;
}

export type ProposedRecall = {
  readonly testId: number;
  readonly lotId: number;
  readonly code: string;
  readonly subject: string;
  readonly testedAt: number;
};

/**
 * Lots with a failed test that nobody has answered since, newest first: by a recall, one that waits to go out, or a release
 * by an inspector. A later test that passed answers nothing: its sender may be whose goods they are.
 */
export function proposedRecalls(db: Db, limit = 50): ProposedRecall[] {
  return db.sqlite
    .prepare(
      `SELECT max(t.id) AS testId, l.id AS lotId, l.code, t.subject, t.tested_at AS testedAt
       FROM lab_test t CROSS JOIN lot l ON l.id = coalesce(
         (SELECT m.into_id FROM lot_merge m WHERE m.from_id = t.lot_id AND m.undone_at IS NULL), t.lot_id)
       WHERE t.result = 'failed'
         AND NOT EXISTS (SELECT 1 FROM lot_hold h WHERE h.lot_id = l.id AND h.state = 'released' AND h.at >= t.at)
         AND NOT EXISTS (SELECT 1 FROM recall r WHERE r.lot_id = l.id AND (r.state = 'open' OR r.started_at >= t.at))
         AND NOT EXISTS (SELECT 1 FROM recall_plan p WHERE p.lot_id = l.id AND p.state = 'waiting')
       GROUP BY l.id ORDER BY max(t.id) DESC LIMIT ?`,
    )
    .all(limit) as ProposedRecall[];
}

export function proposedRecallOf(db: Db, lotId: number): ProposedRecall | undefined {
  return proposedRecalls(db, mostLookedThrough).find((proposed) => proposed.lotId === lotId);
}

const mostLookedThrough = 1_000;

/** Where its recall is written, filled with what the test says. */
export function recallHrefOf({ code, testId }: ProposedRecall): string {
  return `/recalls/new?${new URLSearchParams({ code, test: String(testId) })}`;
}
