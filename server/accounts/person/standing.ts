// Where a person stands: role, places, organisation, district, and for whom they speak; checked before it is kept.

import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { type Role, roles, voices } from '../caller.ts';
import { isGrant } from '../place/voice.ts';
import { districts, organisations } from '../tables.ts';

const places = z.array(z.string().trim().min(1).max(200)).max(500);

export const standingSchema = z.object({
  role: z.enum(roles),
  sites: places,
  grants: places,
  speaks: z.enum(voices),
  /** By its name; empty: none. */
  organisation: z.string().trim().max(120),
  district: z.number().int().positive().nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

/** Roles whose people belong to places. */
export function hasPlaces(role: Role): boolean {
  return role === 'owner' || role === 'partner';
}

/** Roles that may be bound to a district. */
export function hasDistrict(role: Role): boolean {
  return role === 'inspector' || role === 'reviewer';
}

/** What of it the role has at all: an inspector belongs to no shop, an owner oversees no district. */
export function fitting(standing: Standing): Standing {
  const placed = hasPlaces(standing.role);
  return {
    ...standing,
    sites: placed ? [...new Set(standing.sites)] : [],
    grants: placed ? [...new Set(standing.grants)] : [],
    speaks: standing.role === 'partner' ? standing.speaks : 'places',
    organisation: placed ? standing.organisation : '',
    district: hasDistrict(standing.role) ? standing.district : null,
  };
}

export function standingFaults(db: Db, { sites, grants, district }: Standing): Fault[] {
  const faults: Fault[] = [];
  const wrong = (place: string, found: string) =>
    faults.push({
      place,
      code: 'bad_place',
      detail: `${found.slice(0, 40)} is no place: a GLN (13 digits), local:… or, to speak for, the first 4–12 digits of GLNs.`,
    });
  for (const site of sites) if (!isGrant(site) || /^\d{4,12}$/.test(site)) wrong('sites', site);
  for (const grant of grants) if (!isGrant(grant)) wrong('grants', grant);
  if (district !== null && db.orm.select().from(districts).where(eq(districts.id, district)).get() === undefined)
    faults.push({ place: 'district', code: 'no_district', detail: 'There is no such district any more.' });
  return faults;
}

/** Throws Problem `invalid_input` with every fault. */
export function checkedStanding(db: Db, standing: Standing): Standing {
  const kept = fitting(standing);
  const faults = standingFaults(db, kept);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return kept;
}

/** The organisation of this name, made when there is none; null for no name. Inside the caller's transaction. */
export function organisationNamed(db: Db, name: string, by: string, at: number): number | null {
  if (name === '') return null;
  const known = db.orm.select({ id: organisations.id }).from(organisations).where(eq(organisations.name, name)).get();
  if (known !== undefined) return known.id;
  const { id } = db.orm.insert(organisations).values({ name, createdAt: at }).returning({ id: organisations.id }).get();
  appendEntry(db, { kind: 'organisation', subject: `organisation/${id}`, body: { name, by }, at });
  return id;
}
