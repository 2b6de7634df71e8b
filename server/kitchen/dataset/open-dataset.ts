// Gives out the file of a finished data set, and writes down to whom.
import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { datasetById, datasetPath } from './dataset-store.ts';

/** Throws Problem: 404 where there is none, or its file was removed. */
export function openDataset(
  { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>,
  caller: Caller,
  id: number,
): { readonly stream: ReadableStream; readonly bytes: number } {
  const row = datasetById(db, id);
  const path = datasetPath(config, id);
  if (row === undefined || row.state !== 'done' || row.goneAt !== null || !existsSync(path))
    throw new Problem('not_found');
  writeTransaction(db, () =>
    appendEntry(db, {
      kind: 'dataset',
      subject: `dataset/${id}`,
      body: { given: row.digest, to: caller.id },
      at: clock(),
    }),
  );
  return { stream: Readable.toWeb(createReadStream(path)) as ReadableStream, bytes: row.bytes ?? 0 };
}
