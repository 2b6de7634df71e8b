// What a code that fits several lots, or can be read in several ways, may mean: for a person to choose.
import { localName, type Texts } from '../../../views/text/texts.ts';
import { readingSaid } from '../../../views/trace/lot/reading-choices.tsx';
import type { Db } from '../../store/db.ts';
import { shortOf } from '../lot/lot-name.ts';
import type { Lot } from '../lot/lot-store.ts';
import { choiceOf } from '../lot/reading-choice.ts';
import { originIn } from '../place/origin-store.ts';
import type { CheckedScan } from './scan-check-store.ts';

/** `code`: to be sent instead of what was scanned. Empty where there is nothing to choose. */
export function boxChoices(
  db: Db,
  words: Texts,
  checked: CheckedScan,
  now: number,
): { readonly code: string; readonly label: string }[] {
  if (checked.is === 'several') return checked.lots.map((lot) => ({ code: lot.code, label: lotSaid(db, words, lot) }));
  if (checked.is !== 'unsure') return [];
  return checked.readings.map((reading) => {
    const choice = choiceOf(db, reading, now);
    return { code: reading.given, label: `${words.trace.scan.batch(choice.batch)} · ${readingSaid(words, choice)}` };
  });
}

/** A cook knows whether it is belly or ribs. */
function lotSaid(db: Db, words: Texts, lot: Lot): string {
  const name =
    lot.name === null ? words.trace.unnamedProduct : localName(words.lang, { name: lot.name, nameEn: lot.nameEn });
  return [name, shortOf(lot), originIn(db, words.lang, lot.origin) ?? ''].join(' ').trim();
}
