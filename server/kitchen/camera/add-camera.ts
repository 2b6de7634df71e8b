// Adds a camera to a restaurant; its password is sealed to its own row before it is kept.
import { eq } from 'drizzle-orm';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { restaurantBySite } from '../restaurant/restaurant-store.ts';
import { addressFaults, mostCamerasPerRestaurant, type NewCamera, plainRules } from './camera.ts';
import { type Camera, countCamerasOf } from './camera-store.ts';
import { cameras } from './camera-tables.ts';
import { addressColumns, passwordColumn } from './keep-secrets.ts';
import { watchBy } from './watch.ts';

/** A file of ours for kinds `clip` and `picture`: bytes that were uploaded, or a path below the program's folder. */
export type CameraFile = { readonly bytes: Buffer } | { readonly path: string };

/** Returns the new row. Throws Problem: every fault of the input, 404 for another's restaurant. */
export function addCamera(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'blobs'>,
  caller: Caller,
  input: NewCamera,
  file?: CameraFile,
): Camera {
  const faults = [...addressFaults(input), ...fileFaults(input, file)];
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const path = file === undefined ? null : 'path' in file ? file.path : `blob:${deps.blobs.put(file.bytes)}`;
  const at = deps.clock();
  return writeTransaction(deps.db, () => {
    const restaurant = restaurantBySite(deps.db, input.siteId);
    if (restaurant === undefined || !seesSite(caller, restaurant.siteId)) throw new Problem('not_found');
    if (countCamerasOf(deps.db, restaurant.id) >= mostCamerasPerRestaurant) {
      throw new Problem('conflict', { detail: `A restaurant has at most ${mostCamerasPerRestaurant} cameras.` });
    }
    const row = deps.db.orm
      .insert(cameras)
      .values(cameraRow(input, restaurant.id, path, at))
      .returning()
      .get();
    const body = { restaurant: restaurant.siteId, place: row.place, kind: row.kind, by: caller.id };
    appendEntry(deps.db, { kind: 'camera', subject: `camera/${row.id}`, body, at });
    return withSecrets(deps, row, input);
  });
}

function fileFaults(input: NewCamera, file: CameraFile | undefined): Fault[] {
  const wanted = input.kind === 'clip' || input.kind === 'picture';
  if (wanted === (file !== undefined)) return [];
  return [
    {
      place: 'file',
      code: wanted ? 'missing' : 'not_wanted',
      detail: wanted ? 'Choose a file.' : 'A camera with an address takes no file.',
    },
  ];
}

function cameraRow(
  input: NewCamera,
  restaurantId: number,
  path: string | null,
  at: number,
): typeof cameras.$inferInsert {
  return {
    restaurantId,
    place: input.place,
    placeEn: input.placeEn ?? null,
    kind: input.kind,
    user: input.user ?? null,
    path,
    sampleEveryMs: input.sampleEverySeconds * 1000,
    rules: plainRules,
    state: 'new',
    stateSince: at,
    nextDueAt: at,
    watchBy: watchBy(at, input.sampleEverySeconds * 1000, 0),
    createdAt: at,
  };
}

/** Sealed to the row's own number, which is known only now. */
function withSecrets(deps: Pick<Deps, 'db' | 'secrets'>, { id }: Camera, { url, password }: NewCamera): Camera {
  const set = { ...addressColumns(deps, id, url), ...passwordColumn(deps, id, password) };
  return deps.db.orm.update(cameras).set(set).where(eq(cameras.id, id)).returning().get();
}
