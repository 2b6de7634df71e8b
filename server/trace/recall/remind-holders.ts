// Asks the holders of one recall again who have not answered, when an inspector says so and not only when time is up.
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
