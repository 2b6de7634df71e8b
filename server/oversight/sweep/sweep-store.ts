// Questions about the sweep: streets with what is left of them, their doors, and the shops registered.
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import type { CheckedShop, DoorState, ShopKind } from './shop.ts';
import type { sweptShops } from './sweep-tables.ts';

export type Street = {
  readonly id: number;
  readonly name: string;
  readonly districtId: number | null;
  readonly district: string | null;
  readonly districtEn: string | null;
  readonly doors: number;
  readonly unswept: number;
};

const mostStreets = 500;
const streetRows = `SELECT t.id, t.name, t.district_id AS districtId, d.name AS district, d.name_en AS districtEn,
  (SELECT count(*) FROM street_door o WHERE o.street_id = t.id) AS doors,
  (SELECT count(*) FROM street_door o WHERE o.street_id = t.id AND o.state = 'unswept') AS unswept
  FROM street t LEFT JOIN district d ON d.id = t.district_id`;

function scopeOf(caller: Caller): { all: 0 | 1; district: number | null } {
  return { all: seesAllSites(caller) ? 1 : 0, district: caller.district?.id ?? null };
}

/** Of the caller's part of the city; those with the most left first. */
export function listStreets(db: Db, caller: Caller): Street[] {
  return db.sqlite
    .prepare(`${streetRows} WHERE @all OR t.district_id = @district ORDER BY unswept DESC, t.name LIMIT ${mostStreets}`)
    .all(scopeOf(caller)) as Street[];
}

export function streetById(db: Db, caller: Caller, id: number): Street | undefined {
  return db.sqlite.prepare(`${streetRows} WHERE t.id = @id AND (@all OR t.district_id = @district)`).get({
    id,
    ...scopeOf(caller),
  }) as Street | undefined;
}

export type Door = {
  readonly id: number;
  readonly streetId: number;
  readonly label: string;
  readonly state: DoorState;
  readonly shopId: number | null;
};

const mostDoors = 2_000;
const doorColumns = 'id, street_id AS streetId, label, state, shop_id AS shopId';

/** What is left comes first. */
export function doorsOf(db: Db, streetId: number): Door[] {
  return db.sqlite
    .prepare(
      `SELECT ${doorColumns} FROM street_door WHERE street_id = ? ORDER BY state <> 'unswept', id LIMIT ${mostDoors}`,
    )
    .all(streetId) as Door[];
}

export type DoorLeft = Door & {
  readonly street: string;
  readonly district: string | null;
  readonly districtEn: string | null;
  /** When somebody was there, and who. */
  readonly at: number | null;
  readonly by: string | null;
};

/** Doors where no shop is registered, street by street; where nobody was yet comes first. */
export function doorsLeft(db: Db, caller: Caller, limit: number): DoorLeft[] {
  return db.sqlite
    .prepare(
      `SELECT o.id, o.street_id AS streetId, o.label, o.state, o.shop_id AS shopId, o.at, a.name AS by,
         t.name AS street, d.name AS district, d.name_en AS districtEn
       FROM street t JOIN street_door o ON o.street_id = t.id LEFT JOIN district d ON d.id = t.district_id
         LEFT JOIN account a ON a.id = o.by
       WHERE o.state <> 'registered' AND (@all OR t.district_id = @district)
       ORDER BY t.name, t.id, o.state <> 'unswept', o.id LIMIT @limit`,
    )
    .all({ ...scopeOf(caller), limit }) as DoorLeft[];
}

export function doorById(db: Db, caller: Caller, id: number): Door | undefined {
  const door = db.sqlite.prepare(`SELECT ${doorColumns} FROM street_door WHERE id = ?`).get(id) as Door | undefined;
  return door !== undefined && streetById(db, caller, door.streetId) !== undefined ? door : undefined;
}

type Row = typeof sweptShops.$inferSelect;
export type Shop = Omit<Row, 'sells' | 'checks' | 'camera'> & {
  readonly sells: readonly ShopKind[];
  readonly checks: readonly CheckedShop[];
  readonly camera: 'yes' | 'none';
};

const shopColumns = `id, key, door_id AS doorId, district_id AS districtId, name, licence, licence_until AS licenceUntil, address, sells,
  camera, licence_photo AS licencePhoto, front_photo AS frontPhoto, lat, lon, state, checks, by, at, decided_by AS decidedBy,
  decided_at AS decidedAt, note, site_id AS siteId`;
const mostShops = 200;

export function shopById(db: Db, caller: Caller, id: number): Shop | undefined {
  const row = db.sqlite
    .prepare(`SELECT ${shopColumns} FROM swept_shop WHERE id = @id AND (@all OR district_id = @district)`)
    .get({ id, ...scopeOf(caller) });
  return row === undefined ? undefined : read(row);
}

/** Those that wait for a person first, then the newest. */
export function listShops(db: Db, caller: Caller): Shop[] {
  const rows = db.sqlite
    .prepare(
      `SELECT ${shopColumns} FROM swept_shop WHERE @all OR district_id = @district ORDER BY state <> 'waiting', id DESC LIMIT ${mostShops}`,
    )
    .all(scopeOf(caller));
  return rows.map(read);
}

export type PublicShop = Pick<Row, 'id' | 'name' | 'address' | 'licence' | 'at' | 'siteId'>;

/** One that was approved, as everybody may know it. */
export function publicShop(db: Db, id: number): PublicShop | undefined {
  return db.sqlite
    .prepare(
      `SELECT id, name, address, licence, at, site_id AS siteId FROM swept_shop WHERE id = ? AND state = 'approved'`,
    )
    .get(id) as PublicShop | undefined;
}

function read(row: unknown): Shop {
  const { sells, checks, camera, ...shop } = row as Omit<Row, 'camera'> & { readonly camera: number };
  return {
    ...shop,
    sells: JSON.parse(sells) as ShopKind[],
    checks: JSON.parse(checks) as CheckedShop[],
    camera: camera === 1 ? 'yes' : 'none',
  };
}

/** The first that was registered under this licence: where to look instead of registering it again. */
export function firstUnderLicence(
  db: Db,
  licence: string,
): { readonly shop?: number; readonly restaurant?: number } | undefined {
  const shop = db.sqlite
    .prepare(`SELECT id FROM swept_shop WHERE licence = ? AND state <> 'refused' ORDER BY id LIMIT 1`)
    .pluck()
    .get(licence) as number | undefined;
  if (shop !== undefined) return { shop };
  const restaurant = db.sqlite.prepare('SELECT id FROM restaurant WHERE licence = ?').pluck().get(licence) as
    | number
    | undefined;
  if (restaurant !== undefined) return { restaurant };
  const party = db.sqlite.prepare('SELECT 1 FROM party WHERE licence = ?').get(licence);
  return party === undefined ? undefined : {};
}

/** A shop of the same name and address on record, whatever its licence. */
export function isAlike(db: Db, name: string, address: string): boolean {
  const found = db.sqlite
    .prepare(
      `SELECT 1 FROM restaurant WHERE address = @address AND name = @name
       UNION SELECT 1 FROM swept_shop WHERE address = @address AND name = @name AND state <> 'refused'`,
    )
    .get({ name, address });
  return found !== undefined;
}
