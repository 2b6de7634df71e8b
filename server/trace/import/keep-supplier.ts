// Keeps the address and telephone a sheet gives for a supplier, where the place has none yet.
import type { Caller } from '../../accounts/caller.ts';
import { speaksFor } from '../../accounts/place/voice.ts';
import type { Db } from '../../store/db.ts';
import type { LotEntry } from '../lot/lot-entry.ts';
import { namedSite } from '../lot/register-lot.ts';

/** Inside the caller's transaction. What was known of a place before stays; of a place with a GLN only itself is believed. */
export function keepSupplier(db: Db, { flow, fields }: LotEntry, caller: Caller | null): void {
  const { supplierAddress, supplierPhone } = fields;
  const from = flow[0]?.from;
  if (from === undefined || (supplierAddress === undefined && supplierPhone === undefined)) return;
  const site = namedSite(db, from);
  if (caller !== null && !site.startsWith('local:') && !speaksFor(caller, site)) return;
  db.sqlite
    .prepare('UPDATE site SET address = coalesce(address, ?), phone = coalesce(phone, ?) WHERE id = ?')
    .run(supplierAddress ?? null, supplierPhone ?? null, site);
}
