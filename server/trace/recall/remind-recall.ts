// Asks the holders of a recall again who have not answered: when time is up, and when an inspector says so.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { openRecall } from './close-recall.ts';

// One press too many must not ring a kitchen twice.
const restMs = 10 * 60_000;

/** How many were asked. Throws Problem `not_found` or `conflict`. */
export function remindHolders(deps: Pick<Deps, 'db' | 'clock' | 'queue'>, recallId: number, caller: Caller): number {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const recall = openRecall(db, recallId);
    const now = deps.clock();
    const asked = db.sqlite
      .prepare(
        `UPDATE recall_notice SET reminders = reminders + 1, reminded_at = @now
         WHERE recall_id = @recallId AND state <> 'answered' AND coalesce(reminded_at, 0) <= @now - ${restMs} RETURNING id, reminders`,
      )
      .all({ now, recallId }) as { id: number; reminders: number }[];
    for (const { id, reminders } of asked) {
      deps.queue.enqueue({
        name: 'notify',
        payload: { kind: 'recall-reminder', noticeId: id },
        key: `notify/recall/${id}/${reminders}`,
      });
    }
    if (asked.length > 0) {
      appendEntry(db, {
        kind: 'recall-reminder',
        subject: recall.code,
        body: { recall: recall.publicId, asked: asked.length, account: caller.id },
        at: now,
      });
    }
    return asked.length;
  });
}

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
