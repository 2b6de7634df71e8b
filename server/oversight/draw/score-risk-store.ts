// A place's risk by its score alone: what a draw goes by where nothing more is known.
import type { Db } from '../../store/db.ts';
import type { Risk, RiskOf } from './draw-pool-store.ts';

const unknown: Risk = { grade: 'B', weight: 20 };

/** Reads all scores at once; a place without one counts as in the middle. */
export function riskByScore(db: Db): RiskOf {
  const rows = db.sqlite.prepare('SELECT site_id AS id, score FROM restaurant').all() as {
    id: string;
    score: number;
  }[];
  const scores = new Map(rows.map(({ id, score }) => [id, score]));
  return (siteId) => {
    const score = scores.get(siteId);
    if (score === undefined) return unknown;
    return { grade: score >= 90 ? 'A' : score >= 75 ? 'B' : 'C', weight: 1 + 100 - score };
  };
}
