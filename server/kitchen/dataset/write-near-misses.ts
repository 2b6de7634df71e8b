// Adds to a data set what the models were least sure of: pictures without an answer, and a sheet of what was nearly said.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Deps } from '../../deps.ts';
import { type CsvCell, csvRows } from '../../http/csv-file.ts';
import type { LookDeps } from '../../sight/look-for-heads.ts';
import type { Looker } from '../../sight/sight.ts';
import { showKitchenPicture } from '../picture/show-kitchen-picture.ts';
import type { DatasetRequest } from './dataset.ts';
import { cornersOf } from './dataset-sheet.ts';
import { kitchenCode } from './dataset-split.ts';
import { nearMissesOf } from './near-miss-store.ts';

const columns = ['file', 'kitchen', 'violation', 'score', 'threshold', 'x0', 'y0', 'x1', 'y1'];

/** Returns how many pictures were added. */
export async function writeNearMisses(
  deps: LookDeps & Pick<Deps, 'blobs'>,
  request: DatasetRequest,
  looker: Looker,
  add: (path: string, content: Buffer | string) => void,
): Promise<number> {
  const rows: CsvCell[][] = [];
  const written = new Set<string>();
  for (const near of nearMissesOf(deps.db, request)) {
    const { hash, cameraId, siteId, violation, score, threshold, box } = near;
    const file = `images/near/${hash.slice(0, 16)}-c${cameraId}.jpg`;
    if (!written.has(file)) {
      const shown = await showKitchenPicture(deps, hash, looker);
      if (shown === undefined) continue;
      add(file, shown.jpeg);
      written.add(file);
      await nextTurn();
    }
    const said = [score, threshold].map((value) => ({ number: value.toFixed(4) }));
    rows.push([file, kitchenCode(siteId), violation, ...said, ...cornersOf(box)]);
  }
  add('near.csv', csvRows([columns, ...rows]));
  return written.size;
}
