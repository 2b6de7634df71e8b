// A reviewer sees a flag's own frame sharp; that they did, and since when, is kept for the verdict.
import { and, eq } from 'drizzle-orm';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import type { LookDeps } from '../../sight/look-for-heads.ts';
import type { ShownPicture } from '../../sight/show-picture.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { flagById } from '../flag/flag-store.ts';
import { flagSights } from '../flag/flag-tables.ts';
import { showKitchenPicture } from '../picture/show-kitchen-picture.ts';

/** Throws Problem: 404 for a flag that is not there, and for one of the reviewer's own shops. */
export async function openFlagFrame(
  deps: LookDeps & Pick<Deps, 'blobs'>,
  caller: Caller,
  flagId: number,
): Promise<ShownPicture | undefined> {
  const { db, clock } = deps;
  const flag = flagById(db, flagId);
  if (flag === undefined || caller.sites.includes(flag.siteId) || !seesSite(caller, flag.siteId))
    throw new Problem('not_found');
  const picture = await showKitchenPicture(deps, flag.pictureHash, { role: caller.role, purpose: 'judging' });
  if (picture?.sight === 'sharp') {
    const row = { flagId, by: caller.id, hash: flag.pictureHash, at: clock() };
    writeTransaction(db, () => db.orm.insert(flagSights).values(row).onConflictDoNothing().run());
  }
  return picture;
}

/** When this account first had the flag's own frame sharp before them (unix ms); null: never. */
export function sharpSince(db: Db, flagId: number, by: number): number | null {
  const where = and(eq(flagSights.flagId, flagId), eq(flagSights.by, by));
  return db.orm.select({ at: flagSights.at }).from(flagSights).where(where).get()?.at ?? null;
}
