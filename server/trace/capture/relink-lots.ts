// Links anew everything about lots whose codes came to stand for one another, or ceased to: edges and readings.
import { relinkEventsOf } from './capture-relink.ts';
import type { CaptureRows } from './capture-rows.ts';

/** Inside the caller's transaction. */
export function relinkLots(rows: CaptureRows, lotIds: readonly number[]): void {
  // Where goods in transit came from depends on edges that are being moved: the second round sees all of them.
  for (const lotId of [...lotIds, ...lotIds]) {
    rows.forget();
    relinkEventsOf(rows, lotId);
  }
}
