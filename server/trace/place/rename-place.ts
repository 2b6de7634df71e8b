// Calls a place of the chain by its new name, inside the caller's transaction, which writes the ledger entry.
import { and, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { parties, sites } from './place-tables.ts';

type Name = { readonly name: string; readonly nameEn: string | null };

/** Who is behind it is called so too where it had the place's name. A place that no event has named yet is none. */
export function renamePlace(db: Db, siteId: string, { name, nameEn }: Name): void {
  const known = db.orm.select().from(sites).where(eq(sites.id, siteId)).get();
  if (known === undefined) return;
  db.orm.update(sites).set({ name, nameEn }).where(eq(sites.key, known.key)).run();
  if (known.partyId === null || known.name === null) return;
  const sameParty = and(eq(parties.id, known.partyId), eq(parties.name, known.name));
  db.orm.update(parties).set({ name, nameEn }).where(sameParty).run();
}
