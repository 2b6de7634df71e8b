// The lots of open recalls, as causes of flags name them: their pictures stay while the recall does.
import type { Db } from '../../store/db.ts';

const mostLots = 20_000;

export function recalledLots({ sqlite }: Db): string[] {
  return sqlite
    .prepare(
      `SELECT DISTINCT 'lot/' || lot_id FROM recall WHERE state = 'open'
       UNION SELECT DISTINCT 'lot/' || c.lot_id FROM recall_scope c JOIN recall r ON r.id = c.recall_id AND r.state = 'open' LIMIT ${mostLots}`,
    )
    .pluck()
    .all() as string[];
}
