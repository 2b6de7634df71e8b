// Removes the files of data sets after a week: they hold pictures that retention removes elsewhere.

import { rmSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { keepFileDays } from './dataset.ts';
import { datasetPath, oldDatasets } from './dataset-store.ts';
import { datasetExports } from './dataset-tables.ts';

/** Returns how many were removed. The row stays: what was given out stays known. */
export function removeOldDatasets({ db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>): number {
  const at = clock();
  const old = oldDatasets(db, at - keepFileDays * dayMs);
  for (const { id, digest } of old) {
    rmSync(datasetPath(config, id), { force: true });
    writeTransaction(db, () => {
      db.orm.update(datasetExports).set({ goneAt: at }).where(eq(datasetExports.id, id)).run();
      appendEntry(db, { kind: 'dataset', subject: `dataset/${id}`, body: { removed: digest }, at });
    });
  }
  return old.length;
}
