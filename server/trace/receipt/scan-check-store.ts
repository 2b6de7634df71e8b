// What a scanned box is, what its label says, and what speaks against taking it: recalled, held, past its date.
import type { Deps } from '../../deps.ts';
import type { Fault } from '../../http/problem.ts';
import type { Element } from '../code/gs1-element-string.ts';
import { readScan } from '../code/lot-code.ts';
import { type LotCode, refused } from '../code/lot-code-kinds.ts';
import { type ScannedFacts, scannedFacts } from '../code/scanned-facts.ts';
import { dayOf, endOfDay } from '../event/goods-day.ts';
import { refusalFault, searchScan, unsureFault } from '../lot/asked-lot-store.ts';
import { type Lot, type LotReading, lotsInBox, wholeLot } from '../lot/lot-store.ts';
import { placeAsked } from '../place/asked-place-store.ts';
import { openRecallsOfLot } from '../recall/recall-store.ts';
import { lastMoment } from '../state/expiry.ts';

export const scanWarnings = ['recalled', 'held', 'expired', 'expiry_differs', 'own_code'] as const;
export type ScanWarningCode = (typeof scanWarnings)[number];

/** `day`: the last day of use it is about; `other`: the one that was registered. */
export type ScanWarning = {
  readonly code: ScanWarningCode;
  readonly detail: string;
  readonly batch: string;
  readonly day: string | undefined;
  readonly other: string | undefined;
};

export type CheckedScan =
  | {
      readonly is: 'goods';
      readonly key: string;
      readonly kind: 'lot' | 'instance' | 'container';
      /** Undefined: nobody has told of it yet. */
      readonly lot: Lot | undefined;
      readonly elements: readonly Element[];
      readonly facts: ScannedFacts;
      readonly warnings: readonly ScanWarning[];
    }
  | { readonly is: 'unsure'; readonly readings: readonly LotReading[] }
  | { readonly is: 'several'; readonly lots: readonly Lot[] }
  | { readonly is: 'refused'; readonly fault: Omit<Fault, 'place'> };

/** `at`: when it is taken, unix ms; `expiresOn`: what a person read off the pack, before what the code says. */
export function checkScan(
  deps: Pick<Deps, 'db' | 'secrets'>,
  given: string,
  at: number,
  expiresOn?: string | undefined,
): CheckedScan {
  const search = searchScan(deps, given);
  if (search.found === 'unsure') return { is: 'unsure', readings: search.readings };
  if (search.found === 'several') return { is: 'several', lots: search.lots };
  if (search.found === 'unreadable')
    return placeInstead(deps.db, given) ?? { is: 'refused', fault: refusalFault(search.refusal, '') };
  const { code } = readScan(given);
  const elements = code.ok ? code.elements : [];
  const facts = { ...scannedFacts(elements, at), ...(expiresOn === undefined ? {} : { expiresOn }) };
  if (search.found === 'one') {
    const { lot } = search;
    const kind = lot.kind === 'container' || lot.kind === 'instance' ? lot.kind : 'lot';
    const warnings = warningsOf(deps.db, lot, facts, at);
    return { is: 'goods', key: lot.code, kind, lot, elements, facts, warnings };
  }
  if (code.ok && standsForItself(code)) return unknownGoods(code, facts, at);
  return placeInstead(deps.db, given) ?? { is: 'refused', fault: unknownOwn };
}

/** A place's number has the form of a product's, and its label may be what was scanned. */
function placeInstead(db: Deps['db'], given: string): CheckedScan | undefined {
  const place = placeAsked(db, given);
  return place === undefined
    ? undefined
    : { is: 'refused', fault: refusalFault(refused('not_a_lot', `(414)${place}`), '') };
}

const unknownOwn = {
  code: 'unknown_own',
  detail: 'No lot is registered under this code; register it with its origin as goods without a code.',
};

/** A GS1 code is one before its maker has told of it; a short code of the field that is unknown is more likely a slip. */
function standsForItself(code: LotCode): boolean {
  return code.kind !== 'own' || code.elements.length > 0;
}

function unknownGoods(code: LotCode, facts: ScannedFacts, at: number): CheckedScan {
  const kind = code.kind === 'container' || code.kind === 'instance' ? code.kind : 'lot';
  const batch = code.kind === 'gtin' ? code.lot : code.kind === 'own' ? code.batch : '';
  const own: ScanWarning[] =
    code.kind === 'own'
      ? [
          {
            code: 'own_code',
            detail: `GS1 has no such batch: it is kept as ${code.key}`,
            batch,
            day: undefined,
            other: undefined,
          },
        ]
      : [];
  const warnings = [...expiredOn(batch, facts.expiresOn, at), ...own];
  return { is: 'goods', key: code.key, kind, lot: undefined, elements: code.elements, facts, warnings };
}

function warningsOf(db: Deps['db'], scanned: Lot, facts: ScannedFacts, at: number): ScanWarning[] {
  if (scanned.kind === 'container') return lotsInBox(db, scanned.id).flatMap((lot) => stateOf(db, lot, undefined, at));
  return stateOf(db, wholeLot(db, scanned), facts.expiresOn, at);
}

function stateOf(db: Deps['db'], lot: Lot, said: string | undefined, at: number): ScanWarning[] {
  const batch = lot.originBatch ?? lot.batch ?? lot.serial ?? lot.code;
  const plain = { batch, day: undefined, other: undefined };
  const recalled = lot.status === 'recalled' || openRecallsOfLot(db, lot.id).length > 0;
  const registered = lot.expiresAt === null ? undefined : dayOf(lastMoment(lot.expiresAt));
  const isPast = lot.expiresAt !== null && lastMoment(lot.expiresAt) < at;
  const expired = expiredOn(batch, said, at);
  const differs = said !== undefined && registered !== undefined && said !== registered;
  return [
    ...(recalled
      ? [{ code: 'recalled' as const, detail: `${batch} is being recalled: do not take it.`, ...plain }]
      : []),
    ...(lot.status === 'held' ? [{ code: 'held' as const, detail: `${batch} is held: do not use it.`, ...plain }] : []),
    ...(expired.length === 0 && isPast ? expiredAt(batch, registered) : expired),
    ...(differs ? differing(batch, said, registered) : []),
  ];
}

function expiredOn(batch: string, day: string | undefined, at: number): ScanWarning[] {
  const end = day === undefined ? undefined : endOfDay(day);
  return end === undefined || end >= at ? [] : expiredAt(batch, day);
}

function expiredAt(batch: string, day: string | undefined): ScanWarning[] {
  return [{ code: 'expired', detail: `${batch} was to be used by ${day}.`, batch, day, other: undefined }];
}

function differing(batch: string, day: string, other: string): ScanWarning[] {
  const detail = `The label of ${batch} says ${day}, the register ${other}: the register stays.`;
  return [{ code: 'expiry_differs', detail, batch, day, other }];
}

/** What a box cannot be taken for, at its place. */
export function checkFault(checked: Exclude<CheckedScan, { is: 'goods' }>, place: string): Fault {
  if (checked.is === 'unsure') return unsureFault(checked.readings, place);
  if (checked.is === 'refused') return { ...checked.fault, place };
  const detail = `${checked.lots.length} lots have this batch; scan the code or add the GTIN.`;
  return { place, code: 'several_lots', detail };
}
