// The `export-dataset` job: writes one data set that was asked for into a zip, and says how far it is.
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { DatasetRefused } from './dataset.ts';
import { type DatasetExport, datasetById, datasetPath } from './dataset-store.ts';
import { datasetExports } from './dataset-tables.ts';
import { writeDataset } from './write-dataset.ts';
import { intoZip } from './write-files.ts';

const payloadSchema = z.object({ id: z.int().positive() });
const progressEvery = 20;

type ExportDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'config' | 'eye' | 'log'>;

/** A long export outlives its lease: the job that comes again while this process still writes leaves it alone. */
export function openDatasetExports(deps: ExportDeps): (payload: unknown) => Promise<void> {
  const running = new Set<number>();
  return async function exportDataset(payload) {
    const { id } = payloadSchema.parse(payload);
    const asked = datasetById(deps.db, id);
    if (asked === undefined || running.has(id) || asked.state === 'done' || asked.state === 'failed') return;
    running.add(id);
    try {
      await write(deps, asked);
    } finally {
      running.delete(id);
    }
  };
}

async function write(deps: ExportDeps, { id, request }: DatasetExport): Promise<void> {
  const { db, clock, config } = deps;
  const set = (values: Partial<DatasetExport>) =>
    db.orm.update(datasetExports).set(values).where(eq(datasetExports.id, id)).run();
  const zip = intoZip(datasetPath(config, id));
  try {
    const { sums, digest } = await writeDataset(deps, request, zip, (done, total) => {
      if (done % progressEvery === 0 || done === total)
        writeTransaction(db, () => set({ state: 'running', done, total }));
    });
    const bytes = zip.finish();
    const at = clock();
    writeTransaction(db, () => {
      set({ state: 'done', sums, digest, bytes, endedAt: at });
      appendEntry(db, {
        kind: 'dataset',
        subject: `dataset/${id}`,
        body: { written: digest, pictures: sums.pictures, bytes },
        at,
      });
    });
  } catch (error) {
    zip.abandon();
    if (!(error instanceof DatasetRefused)) throw error;
    writeTransaction(db, () => set({ state: 'failed', fault: error.code, endedAt: clock() }));
  }
}
