// Puts a street on the list of what is to be swept, with its doors; and says of a door why nothing was registered there.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import type { DoorState } from './shop.ts';
import { doorById } from './sweep-store.ts';

type StreetDeps = Pick<Deps, 'db' | 'clock'>;
const mostDoors = 1_000;

export type NewStreet = { readonly name: string; readonly doors: string; readonly district: number | null };

/** `doors`: one a line. Returns its id. Throws Problem `invalid_input`. */
export function addStreet({ db, clock }: StreetDeps, caller: Caller, { name, doors, district }: NewStreet): number {
  const labels = [...new Set(doors.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))];
  const faults: Fault[] = [];
  if (name.length < 2 || name.length > 60) faults.push({ place: '/name', code: 'street', detail: 'Name the street.' });
  if (labels.length === 0 || labels.length > mostDoors || labels.some((label) => label.length > 60))
    faults.push({ place: '/doors', code: 'doors', detail: `1 to ${mostDoors} doors, one a line.` });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return writeTransaction(db, () => {
    const [at, districtId] = [clock(), caller.district?.id ?? district];
    const { lastInsertRowid } = db.sqlite
      .prepare('INSERT INTO street (name, district_id, created_at, created_by) VALUES (?, ?, ?, ?)')
      .run(name, districtId, at, caller.id);
    const id = Number(lastInsertRowid);
    const add = db.sqlite.prepare(`INSERT INTO street_door (street_id, label, state) VALUES (?, ?, 'unswept')`);
    for (const label of labels) add.run(id, label);
    const body = { name, district: districtId, doors: labels.length, by: caller.id };
    appendEntry(db, { kind: 'street', subject: `street/${id}`, body, at });
    return id;
  });
}

/** Throws Problem `not_found`; `conflict` for a door where a shop is registered. */
export function markDoor(
  { db, clock }: StreetDeps,
  caller: Caller,
  id: number,
  state: Exclude<DoorState, 'registered'>,
): void {
  writeTransaction(db, () => {
    const door = doorById(db, caller, id);
    if (door === undefined) throw new Problem('not_found');
    if (door.state === 'registered') throw new Problem('conflict', { detail: 'A shop is registered at this door.' });
    const at = clock();
    db.sqlite.prepare('UPDATE street_door SET state = ?, at = ?, by = ? WHERE id = ?').run(state, at, caller.id, id);
    const body = { door: door.label, state, by: caller.id };
    appendEntry(db, { kind: 'street', subject: `street/${door.streetId}`, body, at });
  });
}
