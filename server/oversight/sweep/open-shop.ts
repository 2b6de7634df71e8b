// Makes an approved shop a place of the city, with its district and position; one that cooks under a licence becomes a kitchen, which draws and risk know.
import type { Deps } from '../../deps.ts';
import { registerRestaurant } from '../../kitchen/shop/register-restaurant.ts';
import { appendEntry } from '../../ledger/append.ts';
import { registerPlace } from '../../trace/place/register-place.ts';
import { setPremises } from '../premises/set-premises.ts';
import type { Shop } from './sweep-store.ts';

/** `by` null: every check passed by itself. */
export type Approval = { readonly by: number | null; readonly note: string | null };

/** Inside the caller's transaction. Returns its site id. */
export function openShop({ db, clock }: Pick<Deps, 'db' | 'clock'>, shop: Shop, { by, note }: Approval): string {
  const { id, name, licence, address, districtId, lat, lon } = shop;
  const at = clock();
  const siteId = `local:${licence === null ? `swept-${id}` : licence.toLowerCase()}`;
  const cooks = shop.sells.some((each) => each === 'meals' || each === 'snacks');
  const kind = cooks ? 'restaurant' : 'retailer';
  registerPlace({ db, clock }, { siteId, name, kind, address, ...(licence === null ? {} : { licence }) });
  if (cooks && licence !== null) openKitchen({ db, clock }, shop, licence);
  if (districtId !== null)
    db.sqlite
      .prepare('INSERT INTO site_district (site_id, district_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(siteId, districtId);
  if (lat !== null && lon !== null && shop.by !== null)
    setPremises({ db, clock }, { siteId, position: { latitude: lat, longitude: lon }, dineIn: 'yes' }, { id: shop.by });
  db.sqlite
    .prepare(
      `UPDATE swept_shop SET state = 'approved', decided_by = ?, decided_at = ?, note = ?, site_id = ? WHERE id = ?`,
    )
    .run(by, at, note, siteId, id);
  const body = { step: 'approved', site: siteId, district: districtId, by };
  appendEntry(db, { kind: 'swept-shop', subject: `swept-shop/${id}`, body, at });
  return siteId;
}

/** Nobody asked for its hours at the door: it is taken to be open all day until the shop says otherwise. */
function openKitchen(
  deps: Pick<Deps, 'db' | 'clock'>,
  { name, address, licenceUntil, by }: Shop,
  licence: string,
): void {
  const inspector = { id: by, name: '', role: 'inspector', sites: [], via: 'session' } as const;
  const until = licenceUntil === null ? {} : { licenceUntil };
  registerRestaurant(deps, inspector, { name, licence, address, opensAt: '00:00', closesAt: '00:00', ...until });
}
