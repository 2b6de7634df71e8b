// What is printed on the pack: the short name of a lot.
import type { Lot } from './lot-store.ts';

/** What is printed on the pack. */
export function shortOf(lot: Pick<Lot, 'originBatch' | 'batch' | 'serial' | 'code'>): string {
  return lot.originBatch ?? lot.batch ?? lot.serial ?? lot.code;
}
