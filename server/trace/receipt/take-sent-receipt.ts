// Takes a delivery that a phone sends with a key of its own, once: a repeat gets the first answer, whatever changed since.
import { createHash } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { canonicalJson } from '../../ledger/entry.ts';
import { type Db, writeTransaction } from '../../store/db.ts';

export const longestKey = 100;
const keptDays = 30;
const dayMs = 86_400_000;

type Row = { readonly bodyHash: string; readonly answer: string };

/**
 * `take` runs in the transaction that keeps its answer. Throws Problem `conflict` where the key came with another delivery,
 * and whatever `take` throws: then the key is free again.
 */
export function takeSentReceipt<T extends object>(
  { db, clock }: { readonly db: Db; readonly clock: () => number },
  sent: { readonly key: string; readonly body: unknown; readonly caller: Caller },
  take: () => T,
): { readonly answer: T; readonly again: 'first' | 'repeated' } {
  const { key, body, caller } = sent;
  const bodyHash = createHash('sha256').update(canonicalJson(body)).digest('hex');
  return writeTransaction(db, () => {
    const known = db.sqlite
      .prepare('SELECT body_hash AS bodyHash, answer FROM sent_receipt WHERE account_id = ? AND key = ?')
      .get(caller.id, key) as Row | undefined;
    if (known !== undefined && known.bodyHash !== bodyHash)
      throw new Problem('conflict', { detail: 'This idempotency key was used for another delivery.' });
    if (known !== undefined) return { answer: JSON.parse(known.answer) as T, again: 'repeated' };
    const answer = take();
    db.sqlite.prepare('DELETE FROM sent_receipt WHERE at < ?').run(clock() - keptDays * dayMs);
    db.sqlite
      .prepare('INSERT INTO sent_receipt (account_id, key, body_hash, answer, at) VALUES (?, ?, ?, ?, ?)')
      .run(caller.id, key, bodyHash, JSON.stringify(answer), clock());
    return { answer, again: 'first' };
  });
}
