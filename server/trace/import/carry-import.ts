// The `import-lots` job: takes a checked sheet lot by lot in short transactions, says how far it is, and stops when asked to.
import { z } from 'zod';
import { callerOfAccount } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { captureRows } from '../capture/capture-rows.ts';
import type { LotEntry } from '../lot/lot-entry.ts';
import { checkAside } from './check-aside.ts';
import { recordImport, refuseStopped, takeLot } from './import-lots.ts';
import { importById, type SheetImport, sheetOfImport } from './sheet-import-store.ts';

const payloadSchema = z.object({ id: z.int().positive() });
type CarryDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'queue'>;

// Cameras and captures write between two of these.
const longestTurnMs = 60;

/** Taken up again after a stop, it goes on where it was: a lot taken twice is one. A second run beside the first does nothing. */
export function openImports(deps: CarryDeps): (payload: unknown) => Promise<void> {
  const running = new Set<number>();
  return async function importSheet(payload) {
    const { id } = payloadSchema.parse(payload);
    const asked = importById(deps.db, id);
    if (asked === undefined || running.has(id) || !isOpen(asked)) return;
    running.add(id);
    try {
      await carry(deps, asked);
    } finally {
      running.delete(id);
    }
  };
}

function isOpen({ state }: SheetImport): boolean {
  return state === 'waiting' || state === 'taking';
}

async function carry(deps: CarryDeps, asked: SheetImport): Promise<void> {
  const { db } = deps;
  const { bytes, choices } = sheetOfImport(db, asked.id);
  const caller = callerOfAccount(db, asked.accountId);
  try {
    if (caller === null) throw new Problem('forbidden', { detail: 'The account that sent the sheet is closed.' });
    const sheet = await checkAside(db, bytes, choices);
    refuseStopped(sheet, choices);
    let done = asked.done;
    while (done < sheet.entries.length) {
      done = takeTurn(deps, asked.id, sheet.entries, done, caller);
      if (done < 0) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    writeTransaction(db, () => {
      const ended = importById(db, asked.id);
      if (ended === undefined || !isOpen(ended)) return;
      end(deps, asked.id, 'done', null);
      recordImport(deps, {
        bytes,
        sheet,
        choices,
        caller,
        lots: sheet.entries.length,
        accepted: ended.accepted,
        duplicate: ended.duplicate,
      });
    });
  } catch (error) {
    captureRows(db).forget();
    if (!(error instanceof Problem) || error.code === 'busy' || error.code === 'storage_full') throw error;
    const [first] = error.faults;
    const fault = JSON.stringify({ code: first?.code ?? error.code, detail: first?.detail ?? error.message });
    writeTransaction(db, () => end(deps, asked.id, 'failed', fault));
  }
}

/** Takes lots for a moment, in one transaction. Answers how many are through, or −1 when somebody has stopped it. */
function takeTurn(deps: CarryDeps, id: number, entries: readonly LotEntry[], from: number, caller: Caller): number {
  const { db } = deps;
  return writeTransaction(db, () => {
    const now = importById(db, id);
    if (now === undefined || !isOpen(now)) return -1;
    const until = performance.now() + longestTurnMs;
    let done = from;
    const sums = { made: 0, accepted: 0, duplicate: 0, claims: 0 };
    while (done < entries.length && (done === from || performance.now() < until)) {
      const lot = takeLot(deps, entries[done] as LotEntry, caller);
      sums.made += lot.accepted > 0 ? 1 : 0;
      sums.accepted += lot.accepted;
      sums.duplicate += lot.duplicate;
      sums.claims += lot.claims;
      done += 1;
    }
    db.sqlite
      .prepare(
        `UPDATE sheet_import SET state = 'taking', total = @total, done = @done, made = made + @made,
           accepted = accepted + @accepted, duplicate = duplicate + @duplicate, claims = claims + @claims WHERE id = @id`,
      )
      .run({ id, done, total: entries.length, ...sums });
    return done;
  });
}

function end({ db, clock }: CarryDeps, id: number, state: 'done' | 'failed', fault: string | null): void {
  db.sqlite
    .prepare('UPDATE sheet_import SET state = ?, fault = ?, ended_at = ? WHERE id = ?')
    .run(state, fault, clock(), id);
}
