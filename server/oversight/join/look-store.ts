// Which looks at the kitchens of a lot there were, and which holds and failed tests still wait for one.
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';

export type LookCause = {
  readonly kind: 'recall' | 'hold' | 'test';
  readonly causeId: number;
  readonly lotId: number;
};

export type LotLook = LookCause & { readonly kitchens: number; readonly flags: number; readonly at: number };

const atOnce = 20;
/** What is older when this begins to be watched has been dealt with. */
const watchedDays = 7;

/** A hold that a failed test put is looked at as the test. The oldest first, at most twenty. */
export function unlookedCauses({ sqlite }: Db, now: number): LookCause[] {
  const unlooked = (kind: string) =>
    `NOT EXISTS (SELECT 1 FROM lot_look k WHERE k.kind = '${kind}' AND k.cause_id = x.id) AND x.at >= @since`;
  return sqlite
    .prepare(
      `SELECT 'hold' AS kind, x.id AS causeId, x.lot_id AS lotId FROM lot_hold x
         WHERE x.state = 'held' AND x.lab_test_id IS NULL AND ${unlooked('hold')}
       UNION ALL SELECT 'test', x.id, x.lot_id FROM lab_test x WHERE x.result = 'failed' AND ${unlooked('test')}
       ORDER BY causeId LIMIT ${atOnce}`,
    )
    .all({ since: now - watchedDays * dayMs }) as LookCause[];
}

/** The newest first. */
export function looksOfLot({ sqlite }: Db, lotId: number): LotLook[] {
  return sqlite
    .prepare(
      'SELECT kind, cause_id AS causeId, lot_id AS lotId, kitchens, flags, at FROM lot_look WHERE lot_id = ? ORDER BY id DESC LIMIT 50',
    )
    .all(lotId) as LotLook[];
}
