// Writes down where a place stands and how it serves, with the ledger entry that says who said so.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { premises } from './premises-tables.ts';

export type NewPremises = {
  readonly siteId: string;
  /** Degrees, WGS 84; left out: not known. */
  readonly position?: { readonly latitude: number; readonly longitude: number };
  readonly dineIn: 'yes' | 'no';
};

/** Throws Problem `invalid_input` for a position that is not on the globe. */
export function setPremises(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { siteId, position, dineIn }: NewPremises,
  by: Pick<Caller, 'id'>,
): void {
  const faults = position === undefined ? [] : positionFaults(position);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const at = clock();
  const row = {
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    dineIn: dineIn === 'yes' ? 1 : 0,
    accountId: by.id,
    at,
  };
  writeTransaction(db, () => {
    db.orm
      .insert(premises)
      .values({ siteId, ...row })
      .onConflictDoUpdate({ target: premises.siteId, set: row })
      .run();
    const body = { position: position ?? null, dineIn, by: by.id };
    appendEntry(db, { kind: 'premises', subject: `site/${siteId}`, body, at });
  });
}

function positionFaults({ latitude, longitude }: { latitude: number; longitude: number }): Fault[] {
  const within = (value: number, most: number) => Number.isFinite(value) && Math.abs(value) <= most;
  return [
    ...(within(latitude, 90)
      ? []
      : [{ place: '/latitude', code: 'out_of_range', detail: 'A latitude from -90 to 90.' }]),
    ...(within(longitude, 180)
      ? []
      : [{ place: '/longitude', code: 'out_of_range', detail: 'A longitude from -180 to 180.' }]),
  ];
}
