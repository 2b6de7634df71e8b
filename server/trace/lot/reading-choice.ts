// The meanings of a scan as a page offers them.
import type { ReadingChoice } from '../../../views/trace/lot/reading-choices.tsx';
import type { Db } from '../../store/db.ts';
import { scannedFacts } from '../code/scanned-facts.ts';
import { lotStateOf } from '../state/lot-state-store.ts';
import { shortOf } from './lot-name.ts';
import type { LotReading } from './lot-store.ts';

/** `hrefOf`: where choosing a meaning leads. */
export function readingChoices(
  db: Db,
  readings: readonly LotReading[],
  now: number,
  hrefOf: (reading: LotReading) => string,
): ReadingChoice[] {
  return readings.map((reading) => ({ href: hrefOf(reading), ...choiceOf(db, reading, now) }));
}

export function choiceOf(db: Db, { code, lot }: LotReading, now: number): Omit<ReadingChoice, 'href'> {
  const facts = scannedFacts(code.elements, now);
  return {
    batch: lot === undefined ? nameOf(code) : shortOf(lot),
    productName: lot?.name ?? null,
    productNameEn: lot?.nameEn ?? null,
    state: lot === undefined ? null : lotStateOf(db, lot, now),
    expiresOn: facts.expiresOn ?? null,
    producedOn: facts.producedOn ?? null,
  };
}

function nameOf(code: LotReading['code']): string {
  if (code.kind === 'gtin') return code.lot;
  if (code.kind === 'own') return code.batch;
  return code.kind === 'instance' ? code.serial : code.sscc;
}
