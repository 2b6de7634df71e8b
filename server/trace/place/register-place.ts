// Records who is behind a site and what a product is called: master data that events only refer to.
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { parties, products, sites } from './place-tables.ts';

export type NewPlace = {
  /** GLN, or `local:<slug>`. */
  readonly siteId: string;
  readonly name: string;
  readonly nameEn?: string;
  /** farm, slaughterhouse, importer, wholesaler, distributor, kitchen, restaurant … */
  readonly kind: string;
  readonly licence?: string;
  readonly address?: string;
  readonly addressEn?: string;
  readonly phone?: string;
};

/** Adds the place, or brings what is known of it up to date. A place that events named before is the same place. */
export function registerPlace({ db, clock }: Pick<Deps, 'db' | 'clock'>, place: NewPlace): void {
  const { siteId, name, nameEn, kind, licence, address, addressEn, phone } = place;
  const named = { name, nameEn: nameEn ?? null };
  writeTransaction(db, () => {
    const gln = /^\d{13}$/.test(siteId) ? siteId : null;
    const known = db.orm.select({ partyId: sites.partyId }).from(sites).where(eq(sites.id, siteId)).get();
    const party = { ...named, gln, licence: licence ?? null };
    const partyId = known?.partyId ?? db.orm.insert(parties).values(party).returning({ id: parties.id }).get().id;
    if (known?.partyId != null) db.orm.update(parties).set(party).where(eq(parties.id, partyId)).run();
    const row = {
      ...named,
      partyId,
      kind,
      address: address ?? null,
      addressEn: addressEn ?? null,
      // Who registers a place again without its telephone does not take it away.
      ...(phone === undefined ? {} : { phone }),
    };
    db.orm
      .insert(sites)
      .values({ id: siteId, ...row })
      .onConflictDoUpdate({ target: sites.id, set: row })
      .run();
    appendEntry(db, { kind: 'place', subject: `site/${siteId}`, body: { name, kind, licence }, at: clock() });
  });
}

export type NewProduct = {
  /** 14 digits. */
  readonly gtin: string;
  readonly name: string;
  readonly nameEn?: string;
  /** UN/CEFACT code balances are kept in; left out for pieces. */
  readonly unit?: string;
  readonly variety?: string;
  readonly coldChain?: { readonly minC: number; readonly maxC: number };
  readonly shelfLifeDays?: number;
};

/** Adds the product, or brings what is known of it up to date. */
export function registerProduct({ db, clock }: Pick<Deps, 'db' | 'clock'>, product: NewProduct): void {
  const { gtin, name, nameEn, unit, variety, coldChain, shelfLifeDays } = product;
  const row = {
    name,
    nameEn: nameEn ?? null,
    unit: unit ?? null,
    ...(variety === undefined ? {} : { variety }),
    coldMinC: coldChain?.minC ?? null,
    coldMaxC: coldChain?.maxC ?? null,
    shelfLifeMs: shelfLifeDays === undefined ? null : shelfLifeDays * 86_400_000,
  };
  writeTransaction(db, () => {
    db.orm
      .insert(products)
      .values({ gtin, ...row })
      .onConflictDoUpdate({ target: products.gtin, set: row })
      .run();
    appendEntry(db, { kind: 'product', subject: `product/${gtin}`, body: { name, unit, coldChain }, at: clock() });
  });
}
