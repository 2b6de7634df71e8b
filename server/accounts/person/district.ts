// The districts of the city and which places lie in them: added and filled by an administrator.
import { asc, eq, inArray } from 'drizzle-orm';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { nameFaults } from '../account.ts';
import type { Caller } from '../caller.ts';
import { districts, siteDistricts } from '../tables.ts';

export type DistrictRow = typeof districts.$inferSelect;

const mostDistricts = 500;

export function allDistricts(db: Db): DistrictRow[] {
  return db.orm.select().from(districts).orderBy(asc(districts.name)).limit(mostDistricts).all();
}

/** The district of each place that has one, by site id. */
export function districtsOfSites(db: Db): Map<string, number> {
  const rows = db.orm.select().from(siteDistricts).all();
  return new Map(rows.map(({ siteId, districtId }) => [siteId, districtId]));
}

/** Throws Problem `invalid_input` for no name, `duplicate` for one that is there. */
export function addDistrict(
  db: Db,
  { name, nameEn }: { readonly name: string; readonly nameEn?: string },
  by: Caller,
  at: number,
): number {
  const faults = nameFaults(name);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return writeTransaction(db, () => {
    const known = db.orm.select().from(districts).where(eq(districts.name, name.trim())).get();
    if (known !== undefined)
      throw new Problem('duplicate', {
        faults: [{ place: 'name', code: 'district_taken', detail: 'There is a district of this name.' }],
      });
    const row = { name: name.trim(), nameEn: nameEn?.trim() || null, createdAt: at };
    const { id } = db.orm.insert(districts).values(row).returning({ id: districts.id }).get();
    const body = { name: row.name, by: `account/${by.id}` };
    appendEntry(db, { kind: 'district', subject: `district/${id}`, body, at });
    return id;
  });
}

/**
 * The places of a district are these from now on; one that lay in another moves. `shown`: those there were to choose
 * from, so that none leaves a district because a list was cut. Throws Problem `not_found`.
 */
export function setSitesOfDistrict(
  db: Db,
  districtId: number,
  { sites, shown = sites }: { readonly sites: readonly string[]; readonly shown?: readonly string[] },
  by: Caller,
  at: number,
): void {
  writeTransaction(db, () => {
    if (db.orm.select().from(districts).where(eq(districts.id, districtId)).get() === undefined)
      throw new Problem('not_found');
    const wanted = [...new Set(sites)];
    const held = db.orm.select().from(siteDistricts).where(eq(siteDistricts.districtId, districtId)).all();
    const offered = new Set(shown);
    const gone = held.map(({ siteId }) => siteId).filter((siteId) => offered.has(siteId) && !wanted.includes(siteId));
    if (gone.length > 0) db.orm.delete(siteDistricts).where(inArray(siteDistricts.siteId, gone)).run();
    for (const siteId of wanted)
      db.orm
        .insert(siteDistricts)
        .values({ siteId, districtId })
        .onConflictDoUpdate({ target: siteDistricts.siteId, set: { districtId } })
        .run();
    const body = { sites: wanted, left: gone, by: `account/${by.id}` };
    appendEntry(db, { kind: 'district', subject: `district/${districtId}`, body, at });
  });
}
