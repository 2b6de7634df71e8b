// Corrects a camera's place, address, user, password or interval.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import { addressFaults, type CameraChange } from './camera.ts';
import { visibleCamera } from './camera-store.ts';
import { cameras } from './camera-tables.ts';

/** A password left out stays as it is. Throws Problem: 404 for another's camera, every fault of the input. */
export function changeCamera(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  id: number,
  change: CameraChange,
): void {
  const { db, clock, secrets } = deps;
  const found = visibleCamera(db, caller, id);
  if (found === undefined) throw new Problem('not_found');
  const faults = addressFaults({ kind: found.camera.kind, url: change.url });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const at = clock();
  const { password } = change;
  const place = { table: 'camera', row: id, column: 'sealed_password' };
  const secret = password === undefined ? {} : { sealedPassword: seal(secrets.sealKey, place, password) };
  const set = {
    place: change.place,
    placeEn: change.placeEn ?? null,
    url: change.url ?? null,
    user: change.user ?? null,
    sampleEveryMs: change.sampleEverySeconds * 1000,
    nextDueAt: at,
    // Another address shows another view: what the old one looked like says nothing of it.
    ...(change.url === (found.camera.url ?? undefined) ? {} : { signature: null }),
    ...secret,
  };
  writeTransaction(db, () => {
    db.orm.update(cameras).set(set).where(eq(cameras.id, id)).run();
    const changed = {
      place: change.place,
      address: change.url !== (found.camera.url ?? undefined),
      password: password !== undefined,
    };
    appendEntry(db, { kind: 'camera', subject: `camera/${id}`, body: { changed, by: caller.id }, at });
  });
}
