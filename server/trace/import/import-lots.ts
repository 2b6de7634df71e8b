// Imports a sheet of lots: first a reading that names every cell in doubt, and nothing taken until nothing stops it.
import { createHash } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import type { CaptureDeps } from '../capture/capture-events.ts';
import { captureRows } from '../capture/capture-rows.ts';
import type { LotEntry } from '../lot/lot-entry.ts';
import { registerEntry } from '../lot/register-lot.ts';
import type { KeptPack } from '../lot/set-pack-size.ts';
import { readSheetFile } from '../sheet/sheet-file.ts';
import type { CellFault } from './cell-fault.ts';
import { knowsHeading } from './heading-map.ts';
import { keepHeadingChoices } from './keep-heading-choices.ts';
import { withKnownNames } from './known-names-store.ts';
import { type LotSheet, noChoices, readLotSheet, type SheetChoices, sheetLimits } from './lot-sheet.ts';

export type ImportedLots = {
  readonly lots: readonly {
    readonly code: string;
    readonly accepted: number;
    readonly duplicate: number;
    readonly claims: number;
    /** What became of what the row says one pack holds. */
    readonly pack?: KeptPack;
  }[];
  readonly accepted: number;
  readonly duplicate: number;
  /** How many of the accepted wait for the word of the places they speak of. */
  readonly claims: number;
};

/** More lots than this are taken in the background. */
export const mostAtOnce = 1_000;
const mostBytes = 16 * 1024 * 1024;
const mostFaults = 1_000;

/** Reads a sheet (.xlsx, or text of any delimiter and encoding) without taking anything. Throws Problem `invalid_input` or `too_large`. */
export function checkLots(bytes: Buffer, choices: SheetChoices = noChoices): LotSheet {
  if (bytes.length > mostBytes)
    throw new Problem('too_large', { detail: `At most ${mostBytes / 1024 / 1024} MB at once.` });
  return readLotSheet(readSheetFile(bytes, knowsHeading(choices.headings), sheetLimits), choices);
}

/** Whatever stands in the way, worst first; a Problem carries the first thousand. */
export function stopping(sheet: LotSheet, { doubts }: Pick<SheetChoices, 'doubts'>): CellFault[] {
  const found = [...sheet.found, ...sheet.rows.flatMap((row) => row.found)];
  const asked = found.filter(({ level }) => level === 'ask' || level === 'fault');
  return [...asked, ...(doubts === 'stop' ? found.filter(({ level }) => level === 'doubt') : [])].slice(0, mostFaults);
}

/** Throws Problem `invalid_input` with every cell that stops the import (`row 4, column lot`, and its name in `cell`). */
export function refuseStopped(sheet: LotSheet, choices: Pick<SheetChoices, 'doubts'>): void {
  if (sheet.state === 'ready') return;
  throw new Problem('invalid_input', { faults: stopping(sheet, choices) });
}

/** Reads a sheet and takes all its lots, or none. */
export function importLots(
  deps: CaptureDeps,
  bytes: Buffer,
  caller: Caller | null,
  choices: SheetChoices = noChoices,
): ImportedLots {
  const dated = { now: deps.clock(), ...choices };
  return takeSheet(
    deps,
    { bytes, sheet: withKnownNames(deps.db, checkLots(bytes, dated), dated), choices: dated },
    caller,
  );
}

export type CheckedSheet = { readonly bytes: Buffer; readonly sheet: LotSheet; readonly choices: SheetChoices };

/** Takes all lots of a checked sheet in one transaction, or none. Throws Problem as refuseStopped does. */
export function takeSheet(deps: CaptureDeps, checked: CheckedSheet, caller: Caller | null): ImportedLots {
  refuseStopped(checked.sheet, checked.choices);
  try {
    return writeTransaction(deps.db, () => {
      const lots = checked.sheet.entries.map((entry) => takeLot(deps, entry, caller));
      const done = {
        lots,
        accepted: sum(lots, 'accepted'),
        duplicate: sum(lots, 'duplicate'),
        claims: sum(lots, 'claims'),
      };
      recordImport(deps, { ...checked, caller, lots: lots.length, accepted: done.accepted, duplicate: done.duplicate });
      return done;
    });
  } catch (error) {
    captureRows(deps.db).forget();
    throw error;
  }
}

/** One lot of a sheet, inside the caller's transaction. */
export function takeLot(deps: CaptureDeps, entry: LotEntry, caller: Caller | null): ImportedLots['lots'][number] {
  const { code, accepted, duplicate, claims, pack } = registerEntry(deps, entry, caller);
  return { code, accepted, duplicate, claims, ...(pack === undefined ? {} : { pack }) };
}

type Recorded = CheckedSheet & {
  readonly caller: Caller | null;
  readonly lots: number;
  readonly accepted: number;
  readonly duplicate: number;
};

/** Inside the caller's transaction: what was said of the headings is remembered, and the ledger tells which sheet was taken as what. */
export function recordImport(
  { db, clock }: CaptureDeps,
  { bytes, sheet, choices, caller, lots, accepted, duplicate }: Recorded,
): void {
  const at = clock();
  keepHeadingChoices(db, caller, choices.headings, at);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const headings = Object.fromEntries(sheet.headings.map(({ name, meaning }) => [name, meaning ?? null]));
  const doubts = sheet.rows.reduce(
    (count, row) => count + row.found.filter(({ level }) => level === 'doubt').length,
    0,
  );
  appendEntry(db, {
    kind: 'sheet-import',
    subject: `sheet/${sha256}`,
    body: {
      sheet: sheet.name,
      headings,
      lots,
      events: accepted,
      known: duplicate,
      doubts,
      account: caller?.id ?? null,
    },
    at,
  });
}

function sum(lots: ImportedLots['lots'], field: 'accepted' | 'duplicate' | 'claims'): number {
  return lots.reduce((total, lot) => total + lot[field], 0);
}
