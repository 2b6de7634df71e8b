// Asks again who has not answered an open recall by its deadline.
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';

const remindEveryMs = 12 * 3_600_000;
const mostReminders = 10;

/** The `remind-recall` job; how many were asked. */
export function remindRecalls(deps: Pick<Deps, 'db' | 'clock' | 'queue'>): number {
  return writeTransaction(deps.db, () => {
    const now = deps.clock();
    const late = deps.db.sqlite
      .prepare(
        `UPDATE recall_notice SET reminders = reminders + 1, reminded_at = @now WHERE id IN (
           SELECT n.id FROM recall r CROSS JOIN recall_notice n ON n.recall_id = r.id
           WHERE r.state = 'open' AND r.due_at <= @now AND n.state <> 'answered' AND n.reminders < ${mostReminders}
             AND coalesce(n.reminded_at, 0) <= @now - ${remindEveryMs} LIMIT 1000)
         RETURNING id`,
      )
      .all({ now });
    return late.length;
  });
}
