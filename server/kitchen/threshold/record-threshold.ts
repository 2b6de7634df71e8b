// Writes down what was decided about a proposed threshold, with the figures it was decided on. Inside the caller's transaction.
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { thresholdDecisions } from './threshold-tables.ts';

type NewDecision = Omit<typeof thresholdDecisions.$inferInsert, 'id'>;

export function recordThreshold(db: Db, decision: NewDecision): void {
  db.orm.insert(thresholdDecisions).values(decision).run();
  const { cameraId, violation, decision: what, before, proposed, figures, by, at } = decision;
  const { now, after } = figures;
  const body = { violation, decision: what, before, proposed, now, after, judged: figures.ownJudged, by };
  appendEntry(db, { kind: 'threshold', subject: `camera/${cameraId}`, body, at });
}
