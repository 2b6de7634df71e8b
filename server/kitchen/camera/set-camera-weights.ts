// Gives cameras the weight by which they share a budget of looks; whoever calls knows why.
import type { Db } from '../../store/db.ts';

/** Sites that are not named keep theirs. Inside the caller's transaction. Weights from 0.25 to 4. */
export function setCameraWeights(db: Db, weights: ReadonlyMap<string, number>): void {
  const set = db.sqlite.prepare(
    `UPDATE camera SET weight = @weight WHERE weight <> @weight
       AND restaurant_id IN (SELECT id FROM restaurant WHERE site_id = @site)`,
  );
  for (const [site, weight] of weights) set.run({ site, weight: Math.min(4, Math.max(0.25, weight)) });
}
