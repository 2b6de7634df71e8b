// Levels of packaging: a GTIN printed on a case or pallet, and how much of which smaller GTIN one of it holds.
import type { Fault } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';

export type Packaging = {
  /** On the pack itself, and of what it holds. */
  readonly gtin: string;
  readonly unitGtin: string;
  /** What people call it: BX, CS, PF. */
  readonly pack: string;
  /** In `unit`, the unit of the product inside; null: pieces. */
  readonly holds: number;
  readonly unit: string | null;
};

type Row = { readonly gtin: string; readonly unitGtin: string | null; readonly unit: string | null };

/** Larger packings of a GTIN that have a GTIN of their own. */
export function packagingsOf(db: Db, unitGtin: string) {
  const rows = db.sqlite
    .prepare('SELECT gtin, factors FROM product WHERE unit_gtin = ? ORDER BY gtin LIMIT 20')
    .all(unitGtin) as { gtin: string; factors: string }[];
  return rows.map(({ gtin, factors }) => ({ gtin, factors: JSON.parse(factors) as Readonly<Record<string, number>> }));
}

/** Why `gtin` cannot be printed on a pack of the product `unitGtin`; `gtin` undefined: it is none. */
export function packagingFault(
  db: Db,
  unitGtin: string | null,
  gtin: string | undefined,
): Pick<Fault, 'code' | 'detail'> | undefined {
  if (gtin === undefined)
    return { code: 'check_digit', detail: 'No GTIN: 8, 12, 13 or 14 digits with a right check digit.' };
  if (unitGtin === null)
    return { code: 'unit_without_gtin', detail: 'What is inside has no GTIN of its own; leave this one out.' };
  if (innerOf(db, unitGtin).includes(gtin))
    return { code: 'same_level', detail: 'This is the code of what is inside; scan the code printed on the pack.' };
  const known = rowOf(db, gtin);
  if (known?.unitGtin != null && known.unitGtin !== unitGtin)
    return { code: 'other_level', detail: `That code is known to be on a pack of ${known.unitGtin}.` };
  return undefined;
}

/** Inside the caller's transaction, before its ledger entry. One pack is so much of what it holds, by piece and by its own word. */
export function keepPackaging(db: Db, { gtin, unitGtin, pack, holds, unit }: Packaging): void {
  const factors = JSON.stringify({ C62: holds, ...(pack === 'C62' ? {} : { [pack]: holds }) });
  db.sqlite
    .prepare(
      `INSERT INTO product (gtin, name, name_en, variety, unit, factors, unit_gtin, cold_min_c, cold_max_c, shelf_life_ms)
       SELECT @gtin, name, name_en, variety, @unit, @factors, @unitGtin, cold_min_c, cold_max_c, shelf_life_ms FROM product
         WHERE gtin = @unitGtin
       ON CONFLICT (gtin) DO UPDATE SET unit = excluded.unit, factors = excluded.factors, unit_gtin = excluded.unit_gtin`,
    )
    .run({ gtin, unitGtin, unit, factors });
  // Lots that were told of before anybody named their product.
  db.sqlite
    .prepare(
      'UPDATE lot SET product_id = (SELECT id FROM product WHERE gtin = @gtin) WHERE gtin = @gtin AND product_id IS NULL',
    )
    .run({ gtin });
}

function innerOf(db: Db, gtin: string): string[] {
  return db.sqlite
    .prepare(
      `WITH RECURSIVE inner_of(gtin) AS (
         SELECT @gtin UNION SELECT p.unit_gtin FROM inner_of i CROSS JOIN product p ON p.gtin = i.gtin WHERE p.unit_gtin IS NOT NULL)
       SELECT gtin FROM inner_of LIMIT 100`,
    )
    .pluck()
    .all({ gtin }) as string[];
}

function rowOf(db: Db, gtin: string): Row | undefined {
  return db.sqlite.prepare('SELECT gtin, unit_gtin AS unitGtin, unit FROM product WHERE gtin = ?').get(gtin) as
    | Row
    | undefined;
}
