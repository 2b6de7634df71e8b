// Keeps a sheet that is being looked at, and starts its import in the background.
import { createHash, randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import type { SheetChoices } from './lot-sheet.ts';

export type SentSheet = { readonly bytes: Buffer; readonly name: string };
type StartDeps = Pick<Deps, 'db' | 'clock' | 'queue'>;

const mostOpen = 3;
const longestName = 200;

/** A draft, so that a sheet is sent once however often it is looked at. Answers its public id. */
export function keepDraft(deps: StartDeps, sent: SentSheet, choices: SheetChoices, caller: Caller): string {
  return writeTransaction(deps.db, () => insert(deps, sent, choices, caller, { state: 'draft', total: 0 })).publicId;
}

/** Throws Problem `busy` while three imports of the same sender wait or run. */
export function startImport(
  deps: StartDeps,
  sent: SentSheet,
  choices: SheetChoices,
  total: number,
  caller: Caller,
): string {
  const { db, queue } = deps;
  return writeTransaction(db, () => {
    const open = db.sqlite
      .prepare("SELECT count(*) FROM sheet_import WHERE account_id = ? AND state IN ('waiting', 'taking')")
      .pluck();
    if (Number(open.get(caller.id)) >= mostOpen) {
      throw new Problem('busy', {
        detail: 'Three imports of yours are under way; wait for one to end.',
        headers: { 'retry-after': '60' },
      });
    }
    const { id, publicId } = insert(deps, sent, choices, caller, { state: 'waiting', total });
    queue.enqueue({ name: 'import-lots', payload: { id }, key: `import-lots/${id}` });
    return publicId;
  });
}

function insert(
  { db, clock }: StartDeps,
  { bytes, name }: SentSheet,
  choices: SheetChoices,
  caller: Caller,
  begun: { readonly state: 'draft' | 'waiting'; readonly total: number },
): { id: number; publicId: string } {
  const publicId = randomUUID();
  const row = {
    ...begun,
    publicId,
    accountId: caller.id,
    name: name.slice(0, longestName),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: deflateRawSync(bytes, { level: 3 }),
    choices: JSON.stringify(choices),
    at: clock(),
  };
  const { lastInsertRowid } = db.sqlite
    .prepare(
      `INSERT INTO sheet_import (public_id, account_id, name, sha256, bytes, choices, state, total, created_at)
       VALUES (@publicId, @accountId, @name, @sha256, @bytes, @choices, @state, @total, @at)`,
    )
    .run(row);
  return { id: Number(lastInsertRowid), publicId };
}
