// Corrects a camera's place, address, user, password or interval.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { addressFaults, type CameraChange } from './camera.ts';
import { visibleCamera } from './camera-store.ts';
import { cameras } from './camera-tables.ts';
import { addressColumns, passwordColumn, wholeAddress } from './keep-secrets.ts';
import { hidesSecret } from './secret-address.ts';
import { watchBy } from './watch.ts';

/** A password left out stays as it is. Throws Problem: 404 for another's camera, every fault of the input. */
export function changeCamera(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  id: number,
  change: CameraChange,
): void {
  const { db, clock } = deps;
  const found = visibleCamera(db, caller, id);
  if (found === undefined) throw new Problem('not_found');
  const { camera } = found;
  // The form shows an address without its secrets: sent back as it was, it is the same one.
  const same = change.url === (camera.url ?? undefined);
  const url = same ? (wholeAddress(deps, camera) ?? undefined) : change.url;
  const faults = [...addressFaults({ kind: camera.kind, url }), ...hiddenFaults(url)];
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const at = clock();
  const { password } = change;
  const sampleEveryMs = change.sampleEverySeconds * 1000;
  const login = !same || password !== undefined || (change.user ?? null) !== camera.user;
  const set = {
    place: change.place,
    placeEn: change.placeEn ?? null,
    ...addressColumns(deps, id, url),
    user: change.user ?? null,
    sampleEveryMs,
    nextDueAt: at,
    watchBy: watchBy(at, sampleEveryMs, 0),
    // Something of the login is new: it may be tried again.
    ...(login ? { loginRefusals: 0, missesInRow: 0 } : {}),
    // Another address shows another view: what the old one looked like says nothing of it.
    ...(same ? {} : { signature: null, certificate: null }),
    ...passwordColumn(deps, id, password),
  };
  writeTransaction(db, () => {
    db.orm.update(cameras).set(set).where(eq(cameras.id, id)).run();
    const changed = {
      place: change.place,
      address: !same,
      password: password !== undefined,
    };
    appendEntry(db, { kind: 'camera', subject: `camera/${id}`, body: { changed, by: caller.id }, at });
  });
}

function hiddenFaults(url: string | undefined): Fault[] {
  if (url === undefined || !hidesSecret(url)) return [];
  return [
    {
      place: 'url',
      code: 'hidden_secret',
      detail: 'The address has a password that is not shown: write it in place of ***.',
    },
  ];
}
