// Seals what is secret of a camera to its own row: the password, and an address that has one inside.
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal, unseal } from '../../store/seal.ts';
import { cameras } from './camera-tables.ts';
import { shownAddress } from './secret-address.ts';

type SealDeps = Pick<Deps, 'secrets'>;

/** The columns of an address: as it may be shown, and sealed where that is not all of it. */
export function addressColumns({ secrets }: SealDeps, id: number, url: string | undefined) {
  const shown = url === undefined ? undefined : shownAddress(url);
  const sealedUrl = shown === undefined || url === undefined ? null : seal(secrets.sealKey, placeOf(id), url);
  return { url: shown ?? url ?? null, sealedUrl };
}

/** The whole address of a camera. */
export function wholeAddress(
  { secrets }: SealDeps,
  { id, url, sealedUrl }: { readonly id: number; readonly url: string | null; readonly sealedUrl: string | null },
): string | null {
  return sealedUrl === null ? url : unseal(secrets.sealKey, placeOf(id), sealedUrl);
}

export function passwordColumn({ secrets }: SealDeps, id: number, password: string | undefined) {
  const place = { table: 'camera', row: id, column: 'sealed_password' };
  return password === undefined ? {} : { sealedPassword: seal(secrets.sealKey, place, password) };
}

/** Addresses that were kept before secrets in them were sealed. Returns how many. */
export function sealOldAddresses(deps: Pick<Deps, 'db' | 'secrets'>): number {
  const { db } = deps;
  const plain = db.orm
    .select({ id: cameras.id, url: cameras.url })
    .from(cameras)
    .where(and(isNotNull(cameras.url), isNull(cameras.sealedUrl)))
    .all()
    .filter(({ url }) => shownAddress(url ?? '') !== undefined);
  if (plain.length === 0) return 0;
  return writeTransaction(db, () => {
    for (const { id, url } of plain)
      db.orm
        .update(cameras)
        .set(addressColumns(deps, id, url ?? undefined))
        .where(eq(cameras.id, id))
        .run();
    return plain.length;
  });
}

function placeOf(row: number) {
  return { table: 'camera', row, column: 'sealed_url' };
}
