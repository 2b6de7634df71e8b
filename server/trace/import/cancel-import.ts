// Stops an import: what is through stays, and is said; nothing more is taken.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { importOf, type SheetImport } from './sheet-import-store.ts';

/** Throws Problem `conflict` once it has ended. */
export function cancelImport({ db, clock }: Pick<Deps, 'db' | 'clock'>, publicId: string, caller: Caller): SheetImport {
  return writeTransaction(db, () => {
    const { id, state, done, total } = importOf(db, publicId, caller);
    if (state !== 'waiting' && state !== 'taking') {
      throw new Problem('conflict', { detail: 'This import has ended; there is nothing left to stop.' });
    }
    const at = clock();
    db.sqlite.prepare("UPDATE sheet_import SET state = 'cancelled', ended_at = ? WHERE id = ?").run(at, id);
    appendEntry(db, {
      kind: 'sheet-import-stopped',
      subject: `import/${publicId}`,
      body: { done, total, account: caller.id },
      at,
    });
    return importOf(db, publicId, caller);
  });
}
