// What the desk's filters offer: kinds, districts, kitchens, and the cameras of the kitchen that was chosen; and cameras that are offline.
import type { FilterOptions, OfflineCamera } from '../../../views/kitchen/desk/desk-view.ts';
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Lang } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import type { QueueFilter } from '../flag/queue.ts';
import { everyViolationId, violationWords } from '../violation/violation-kinds.ts';

const mostKitchens = 500;
const mostCameras = 100;
const mostOffline = 200;

export function filterOptions(db: Db, caller: Caller, filter: QueueFilter, lang: Lang): FilterOptions {
  return {
    violations: everyViolationId.map((id) => ({ value: id, name: violationWords(id, lang).name, nameEn: null })),
    districts: caller.district === undefined ? districtsIn(db) : [],
    kitchens: kitchensSeen(db, caller),
    cameras: filter.restaurantId === undefined ? [] : camerasIn(db, filter.restaurantId),
  };
}

type Option = FilterOptions['kitchens'][number];

function districtsIn(db: Db): Option[] {
  return db.sqlite
    .prepare('SELECT id AS value, name, name_en AS nameEn FROM district ORDER BY name LIMIT 100')
    .all() as Option[];
}

function scopeOf(caller: Caller) {
  return { all: seesAllSites(caller) ? 1 : 0, sites: JSON.stringify(sitesSeen(caller)) };
}

function kitchensSeen(db: Db, caller: Caller): Option[] {
  return db.sqlite
    .prepare(
      `SELECT id AS value, name, name_en AS nameEn FROM restaurant
        WHERE @all = 1 OR site_id IN (SELECT value FROM json_each(@sites)) ORDER BY name LIMIT ${mostKitchens}`,
    )
    .all(scopeOf(caller)) as Option[];
}

function camerasIn(db: Db, restaurantId: number): Option[] {
  return db.sqlite
    .prepare(
      `SELECT id AS value, place AS name, place_en AS nameEn FROM camera WHERE restaurant_id = ? AND removed_at IS NULL
        ORDER BY place LIMIT ${mostCameras}`,
    )
    .all(restaurantId) as Option[];
}

/** Cameras that give no picture, the longest gone first. */
export function offlineCameras(db: Db, caller: Caller): OfflineCamera[] {
  const rows = db.sqlite
    .prepare(
      `SELECT c.id, c.place, c.place_en AS placeEn, r.name, r.name_en AS nameEn, c.state_since AS since
        FROM camera c JOIN restaurant r ON r.id = c.restaurant_id WHERE c.state IN ('offline', 'unwatched') AND c.removed_at IS NULL
          AND (@all = 1 OR r.site_id IN (SELECT value FROM json_each(@sites))) ORDER BY c.state_since LIMIT ${mostOffline}`,
    )
    .all(scopeOf(caller)) as {
    id: number;
    place: string;
    placeEn: string;
    name: string;
    nameEn: string;
    since: number;
  }[];
  return rows.map(({ id, place, placeEn, name, nameEn, since }) => ({
    id,
    since,
    place: { name: place, nameEn: placeEn },
    restaurant: { name, nameEn },
  }));
}
