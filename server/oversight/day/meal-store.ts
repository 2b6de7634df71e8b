// The questions asked of a school's meals: what was served with which lots, and which samples are kept.

import type { DayMeal } from '../../../views/oversight/day/meals-view.ts';
import type { Db } from '../../store/db.ts';
import { lotPath } from '../../trace/lot/lot-address.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { lotStatesOf } from '../../trace/state/lot-state-store.ts';

const mostMeals = 100;
const mostLots = 100;

/** Newest first; `key` signs the lots' public addresses. */
export function mealsSince(db: Db, siteId: string, since: number, key: Buffer, now: number): DayMeal[] {
  const rows = db.sqlite
    .prepare(
      `SELECT id, day, meal, dish, grams, kept_at AS keptAt, discarded_at AS discardedAt, at FROM day_meal
       WHERE site_id = ? AND at >= ? ORDER BY id DESC LIMIT ${mostMeals}`,
    )
    .all(siteId, since) as Omit<DayMeal, 'lots'>[];
  const links = db.sqlite
    .prepare(
      'SELECT meal_id AS mealId, lot_id AS lotId FROM day_meal_lot WHERE meal_id IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(rows.map(({ id }) => id))) as { mealId: number; lotId: number }[];
  const lots = [...new Set(links.map(({ lotId }) => lotId))].flatMap((id) => lotById(db, id) ?? []);
  const states = lotStatesOf(db, lots, now);
  const products = new Map(
    choicesOf(
      db,
      lots.map(({ id }) => id),
    ).map((choice) => [choice.id, choice]),
  );
  return rows.map((row) => ({
    ...row,
    lots: links.flatMap(({ mealId, lotId }) => {
      const lot = mealId === row.id ? lots.find(({ id }) => id === lotId) : undefined;
      const choice = products.get(lotId);
      if (lot === undefined || choice === undefined) return [];
      return [{ ...choice, href: lotPath(lot, key), state: states.get(lotId) ?? 'ok' }];
    }),
  }));
}

type Choice = {
  readonly id: number;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
};

/** What a dish may be made of: the lots that came to the shop last. */
export function lotsToCook(db: Db, siteId: string): Choice[] {
  const ids = db.sqlite
    .prepare(
      `SELECT h.lot_id FROM site s JOIN holding h ON h.site_key = s.key JOIN edge_out o ON o.holding_id = h.id AND o.voided_by IS NULL
       WHERE s.id = ? GROUP BY h.lot_id ORDER BY max(o.at) DESC LIMIT ${mostLots}`,
    )
    .pluck()
    .all(siteId) as number[];
  return choicesOf(db, ids);
}

function choicesOf(db: Db, ids: readonly number[]): Choice[] {
  return db.sqlite
    .prepare(
      `SELECT l.id, coalesce(l.origin_batch, l.batch, l.serial, l.code) AS batch, p.name AS productName, p.name_en AS productNameEn
       FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value LEFT JOIN product p ON p.id = l.product_id`,
    )
    .all(JSON.stringify(ids)) as Choice[];
}

/** The shop behind a code of a parents' page. */
export function siteOfCode(db: Db, code: string): string | undefined {
  return db.sqlite.prepare('SELECT site_id FROM day_school WHERE code = ? AND ended_at IS NULL').pluck().get(code) as
    | string
    | undefined;
}
