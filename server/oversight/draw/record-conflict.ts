// An inspector says which places are too near to them to be sent there, and takes it back when that has ended.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';

type ConflictDeps = Pick<Deps, 'db' | 'clock'>;

/** Throws Problem `invalid_input` for a place nobody knows, `duplicate` for one that was declared. */
export function recordConflict(
  { db, clock }: ConflictDeps,
  caller: Caller,
  { siteId, reason }: { readonly siteId: string; readonly reason: string },
): void {
  writeTransaction(db, () => {
    const known = db.sqlite
      .prepare('SELECT 1 FROM restaurant WHERE site_id = @siteId UNION SELECT 1 FROM site WHERE id = @siteId')
      .get({ siteId });
    if (known === undefined) fault('unknown_site', 'No such place: choose one of the list.');
    const declared = db.sqlite
      .prepare('SELECT 1 FROM inspector_conflict WHERE account_id = ? AND site_id = ? AND ended_at IS NULL')
      .get(caller.id, siteId);
    if (declared !== undefined) fault('declared', 'You have declared this place already.');
    const at = clock();
    db.sqlite
      .prepare('INSERT INTO inspector_conflict (account_id, site_id, reason, at) VALUES (?, ?, ?, ?)')
      .run(caller.id, siteId, reason, at);
    appendEntry(db, {
      kind: 'conflict',
      subject: `account/${caller.id}`,
      body: { site: siteId, step: 'declared' },
      at,
    });
  });
}

/** Throws Problem `not_found` for another's. */
export function endConflict({ db, clock }: ConflictDeps, caller: Caller, id: number): void {
  writeTransaction(db, () => {
    const at = clock();
    const { changes } = db.sqlite
      .prepare('UPDATE inspector_conflict SET ended_at = ? WHERE id = ? AND account_id = ? AND ended_at IS NULL')
      .run(at, id, caller.id);
    if (changes === 0) throw new Problem('not_found');
    appendEntry(db, { kind: 'conflict', subject: `account/${caller.id}`, body: { conflict: id, step: 'ended' }, at });
  });
}

function fault(code: string, detail: string): never {
  throw new Problem('invalid_input', { faults: [{ place: '/site', code, detail }] });
}
