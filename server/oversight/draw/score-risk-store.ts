// A place's risk as a draw goes by it: what the room of risk last worked out, and the credit score where it has not looked yet.
import type { Db } from '../../store/db.ts';
import type { Risk, RiskOf } from './draw-pool-store.ts';

const unknown: Risk = { grade: 'B', weight: 20 };

type Row = {
  readonly id: string;
  readonly grade: Risk['grade'] | null;
  readonly risk: number | null;
  readonly score: number | null;
};

/** Reads all places at once; one that nobody has scored counts as in the middle. */
export function riskByScore(db: Db): RiskOf {
  const rows = db.sqlite
    .prepare(
      `SELECT site_id AS id, grade, score AS risk, NULL AS score FROM risk_score
       UNION ALL SELECT site_id, NULL, NULL, score FROM restaurant WHERE closed_on IS NULL AND site_id NOT IN (SELECT site_id FROM risk_score)`,
    )
    .all() as Row[];
  const risks = new Map(rows.map((row) => [row.id, riskOfRow(row)]));
  return (siteId) => risks.get(siteId) ?? unknown;
}

function riskOfRow({ grade, risk, score }: Row): Risk {
  if (grade !== null) return { grade, weight: 1 + (risk ?? 0) };
  const points = score ?? 80;
  return { grade: points >= 90 ? 'A' : points >= 75 ? 'B' : 'C', weight: 1 + 100 - points };
}
