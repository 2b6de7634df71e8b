// How many complaints were settled before an inspector had to come.

import { type Caller, scopeOf } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';

export type Settled = {
  /** Ended in the last ninety days: agreed, or closed by an inspector. */
  readonly ended: number;
  /** Shop and complainant alone. */
  readonly alone: number;
  /** With a mediator, and no inspector. */
  readonly mediated: number;
  /** Awaited and late, now. */
  readonly overdue: number;
};

export function settledShare({ sqlite }: Db, caller: Caller, now: number): Settled {
  return sqlite
    .prepare(
      `SELECT total(c.state = 'closed') AS ended, total(m.stage = 'agreed' AND m.joined = 0) AS alone,
         total(m.stage = 'agreed' AND m.joined = 1) AS mediated,
         total(c.state <> 'closed' AND m.stage <> 'agreed' AND m.due_at < @now) AS overdue
       FROM complaint c LEFT JOIN mediation m ON m.complaint_id = c.id
       WHERE c.at >= @since AND (@all OR c.site_id IN (SELECT value FROM json_each(@seen)))`,
    )
    .get({ now, since: now - 90 * dayMs, ...scopeOf(caller) }) as Settled;
}
