// An administrator asks for judged frames as a data set: the reason goes into the ledger before a byte is written.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import type { DatasetRequest } from './dataset.ts';
import { unfinishedDatasets } from './dataset-store.ts';
import { datasetExports } from './dataset-tables.ts';

const mostAtOnce = 2;
const givenUpAfterMs = 6 * 3600_000;

/** Returns its id; a job writes it. */
export function askDataset(
  deps: Pick<Deps, 'db' | 'clock' | 'queue'>,
  caller: Caller,
  input: { readonly request: DatasetRequest; readonly reason: string },
): number {
  const { db, clock, queue } = deps;
  const at = clock();
  return writeTransaction(db, () => {
    if (unfinishedDatasets(db, at - givenUpAfterMs) >= mostAtOnce)
      throw new Problem('conflict', { detail: 'Two data sets are being written; wait until one is done.' });
    const { request, reason } = input;
    const row = { askedBy: caller.id, askedAt: at, reason, request, state: 'waiting' as const };
    const { id } = db.orm.insert(datasetExports).values(row).returning({ id: datasetExports.id }).get();
    queue.enqueue({ name: 'export-dataset', payload: { id }, key: `dataset-${id}` });
    appendEntry(db, { kind: 'dataset', subject: `dataset/${id}`, body: { asked: request, reason, by: caller.id }, at });
    return id;
  });
}
