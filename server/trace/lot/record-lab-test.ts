// Records a laboratory test of a lot; one that failed holds the lot and proposes its recall.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { holdLot } from './hold-lot.ts';
import { lotById } from './lot-store.ts';

export type NewLabTest = {
  readonly lotId: number;
  /** What was looked for. */
  readonly subject: string;
  readonly result: 'passed' | 'failed';
  readonly detail?: string;
  readonly laboratory?: string;
  /** Unix ms. */
  readonly testedAt: number;
  readonly fileHash?: string;
};

/** Throws Problem `not_found` for an unknown lot. `held`: this test put the lot on hold. */
export function recordLabTest(
  deps: Pick<Deps, 'db' | 'clock'>,
  test: NewLabTest,
  caller: Caller | null,
): { readonly id: number; readonly held: boolean } {
  return writeTransaction(deps.db, () => {
    const lot = lotById(deps.db, test.lotId);
    if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot.' });
    const at = deps.clock();
    const { lotId, subject, result, detail, laboratory, testedAt, fileHash } = test;
    const { lastInsertRowid } = deps.db.sqlite
      .prepare(
        'INSERT INTO lab_test (lot_id, subject, result, detail, laboratory, tested_at, file_hash, account_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        lotId,
        subject,
        result,
        detail ?? null,
        laboratory ?? null,
        testedAt,
        fileHash ?? null,
        caller?.id ?? null,
        at,
      );
    const id = Number(lastInsertRowid);
    appendEntry(deps.db, {
      kind: 'lab-test',
      subject: lot.code,
      body: { subject, result, detail, laboratory, testedAt, fileHash, account: caller?.id ?? null },
      at,
    });
    const held = result === 'failed' && lot.status === 'ok';
    if (held) holdLot(deps, lotId, subject, caller, id);
    return { id, held };
  });
}
