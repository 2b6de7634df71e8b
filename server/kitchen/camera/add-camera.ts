// Adds a camera to a restaurant; its password is sealed to its own row before it is kept.
import { eq } from 'drizzle-orm';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import { restaurantBySite } from '../restaurant/restaurant-store.ts';
import { addressFaults, mostCamerasPerRestaurant, type NewCamera, plainRules } from './camera.ts';
import { type Camera, countCamerasOf } from './camera-store.ts';
import { cameras } from './camera-tables.ts';

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
    return input.password === undefined ? row : withPassword(deps, row, input.password);
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
    url: input.url ?? null,
    user: input.user ?? null,
    path,
    sampleEveryMs: input.sampleEverySeconds * 1000,
    rules: plainRules,
    state: 'new',
    stateSince: at,
    nextDueAt: at,
    createdAt: at,
  };
}

function withPassword(deps: Pick<Deps, 'db' | 'secrets'>, row: Camera, password: string): Camera {
  const sealedPassword = seal(
    deps.secrets.sealKey,
    { table: 'camera', row: row.id, column: 'sealed_password' },
    password,
  );
  deps.db.orm.update(cameras).set({ sealedPassword }).where(eq(cameras.id, row.id)).run();
  return { ...row, sealedPassword };
}
