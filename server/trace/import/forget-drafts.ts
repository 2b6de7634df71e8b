// The `forget-drafts` job: sheets that were looked at and never taken go after a week.
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';

const keptMs = 7 * 86_400_000;

export function forgetDrafts({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  return writeTransaction(
    db,
    () =>
      db.sqlite.prepare("DELETE FROM sheet_import WHERE state = 'draft' AND created_at < ?").run(clock() - keptMs)
        .changes,
  );
}
