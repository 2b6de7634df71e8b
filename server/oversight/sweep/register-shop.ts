// Registers a small shop at its door: checked at once, approved with the reason where everything passes, else left for a person.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { appendEntry } from '../../ledger/append.ts';
import { takePhotoAt } from '../../sight/take-photo.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { openShop } from './open-shop.ts';
import { type CheckedShop, checksOf } from './shop.ts';
import type { ShopForm } from './shop-form.ts';
import { type Door, doorById, firstUnderLicence, isAlike, type Shop, shopById, streetById } from './sweep-store.ts';

type RegisterDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'eye' | 'log'>;

/** Its id; sent twice under one key, it is one. Throws Problem `duplicate` with where the first one is, `not_found`, `unreadable_picture`. */
export async function registerShop(deps: RegisterDeps, caller: Caller, form: ShopForm): Promise<number> {
  const { db } = deps;
  const before = known(db, form);
  if (before !== undefined) return before;
  const photos = {
    licence: await hashOf(deps, form.licencePhoto, '/licencePhoto'),
    front: await hashOf(deps, form.frontPhoto, '/frontPhoto'),
  };
  return writeTransaction(db, () => {
    const sent = known(db, form);
    return sent ?? keep(deps, caller, form, photos);
  });
}

function known(db: Db, { key, licence }: ShopForm): number | undefined {
  const sent = db.sqlite.prepare('SELECT id FROM swept_shop WHERE key = ?').pluck().get(key) as number | undefined;
  if (sent !== undefined) return sent;
  const first = licence === '' ? undefined : firstUnderLicence(db, licence);
  if (first === undefined) return undefined;
  const href = first.shop === undefined ? `/kitchens/${first.restaurant ?? ''}` : `/sweep/shops/${first.shop}`;
  throw new Problem('duplicate', {
    faults: [
      { place: '/licence', code: 'registered', detail: `A shop of this licence is registered already: ${href}` },
    ],
  });
}

type Photos = { readonly licence: string | null; readonly front: string | null };

function keep(deps: RegisterDeps, caller: Caller, form: ShopForm, photos: Photos): number {
  const { db, clock } = deps;
  const door = form.door === null ? undefined : doorById(db, caller, form.door);
  if (form.door !== null && door === undefined) throw new Problem('not_found');
  if (door?.state === 'registered')
    throw new Problem('duplicate', {
      faults: [
        {
          place: '/door',
          code: 'registered',
          detail: `A shop is registered at this door: /sweep/shops/${door.shopId}`,
        },
      ],
    });
  const at = clock();
  const { checks, districtId } = checked(db, caller, form, { door, at, photos });
  const state = checks.every(({ ok }) => ok) ? 'approved' : 'waiting';
  const { lastInsertRowid } = db.sqlite
    .prepare(
      `INSERT INTO swept_shop (key, door_id, district_id, name, licence, licence_until, address, sells, camera, licence_photo, front_photo,
         lat, lon, state, checks, by, at) VALUES (@key, @door, @districtId, @name, @licence, @until, @address, @sells, @camera, @licencePhoto,
         @frontPhoto, @lat, @lon, 'waiting', @checks, @by, @at)`,
    )
    .run({
      key: form.key,
      door: form.door,
      districtId,
      name: form.name,
      licence: form.licence === '' ? null : form.licence,
      until: form.licenceUntil === '' ? null : form.licenceUntil,
      address: form.address,
      sells: JSON.stringify(form.sells),
      camera: form.camera === 'yes' ? 1 : 0,
      licencePhoto: photos.licence,
      frontPhoto: photos.front,
      lat: form.position?.lat ?? null,
      lon: form.position?.lon ?? null,
      checks: JSON.stringify(checks),
      by: caller.id,
      at,
    });
  const id = Number(lastInsertRowid);
  if (door !== undefined)
    db.sqlite
      .prepare(`UPDATE street_door SET state = 'registered', shop_id = ?, at = ?, by = ? WHERE id = ?`)
      .run(id, at, caller.id, door.id);
  const body = { step: 'registered', name: form.name, licence: form.licence, checks, photos, by: caller.id };
  appendEntry(db, { kind: 'swept-shop', subject: `swept-shop/${id}`, body, at });
  // Nobody decided: that everything passed is the reason, and it says so.
  if (state === 'approved') openShop(deps, shopOf(db, caller, id), { by: null, note: null });
  return id;
}

function shopOf(db: Db, caller: Caller, id: number): Shop {
  const shop = shopById(db, caller, id);
  if (shop === undefined) throw new Error(`The shop ${id} is not in the district it was registered in.`);
  return shop;
}

type Around = { readonly door: Door | undefined; readonly at: number; readonly photos: Photos };

function checked(
  db: Db,
  caller: Caller,
  form: ShopForm,
  { door, at, photos }: Around,
): { checks: CheckedShop[]; districtId: number | null } {
  const street = door === undefined ? undefined : streetById(db, caller, door.streetId);
  const names = [street?.name, street?.district, caller.district?.name].filter((name) => name != null);
  const shop = { ...form, photos: { licence: photos.licence !== null, front: photos.front !== null } };
  const around = { today: beijingDay(at), names, alike: isAlike(db, form.name, form.address) };
  return { checks: checksOf(shop, around), districtId: caller.district?.id ?? street?.districtId ?? null };
}

async function hashOf(deps: RegisterDeps, photo: File | undefined, place: string): Promise<string | null> {
  if (photo === undefined) return null;
  return (await takePhotoAt(deps, photo, place)).hash;
}
