// A school's meals: what is served of which lots, the sample that is kept of each dish, and when it is thrown away.
import { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { leastSampleGrams, sampleMs } from './day.ts';
import { schoolOf } from './day-store.ts';

export const meals = ['breakfast', 'lunch', 'snack', 'dinner'] as const;

export const mealSchema = z.object({
  meal: z.enum(meals),
  dish: z.string().trim().min(1).max(60),
  /** Ids of lots that are at the shop. */
  lots: z.array(z.coerce.number().int().positive()).max(30).default([]),
  /** Of the sample that was put aside; left out: none was. */
  grams: z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().min(1).max(5_000).optional()),
});
export type NewMeal = z.output<typeof mealSchema>;

/** Throws Problem `invalid_input` for a lot that never was at the shop, and for a sample that is too small. */
export function keepMeal(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  siteId: string,
  meal: NewMeal,
  caller: Caller,
): void {
  writeTransaction(db, () => {
    if (schoolOf(db, siteId) === undefined)
      throw new Problem('conflict', { detail: 'Meals are kept of shops that cook for a school.' });
    const faults = faultsOf(db, siteId, meal);
    if (faults.length > 0) throw new Problem('invalid_input', { faults });
    const at = clock();
    const grams = meal.grams ?? null;
    const { lastInsertRowid } = db.sqlite
      .prepare(
        'INSERT INTO day_meal (site_id, day, meal, dish, grams, kept_at, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(siteId, beijingDay(at), meal.meal, meal.dish, grams, grams === null ? null : at, caller.id, at);
    const link = db.sqlite.prepare('INSERT OR IGNORE INTO day_meal_lot (meal_id, lot_id) VALUES (?, ?)');
    for (const lot of meal.lots) link.run(lastInsertRowid, lot);
    const body = { step: 'meal', meal: meal.meal, dish: meal.dish, grams, lots: meal.lots, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at });
  });
}

/** Thrown away before its time it stays on record so. Throws Problem `not_found`, `conflict` for the second time. */
export function discardSample(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  siteId: string,
  mealId: number,
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const row = db.sqlite
      .prepare('SELECT kept_at AS keptAt, discarded_at AS discardedAt FROM day_meal WHERE id = ? AND site_id = ?')
      .get(mealId, siteId) as { keptAt: number | null; discardedAt: number | null } | undefined;
    if (row === undefined || row.keptAt === null) throw new Problem('not_found');
    if (row.discardedAt !== null) throw new Problem('conflict', { detail: 'This sample was thrown away already.' });
    const at = clock();
    db.sqlite.prepare('UPDATE day_meal SET discarded_at = ? WHERE id = ?').run(at, mealId);
    const isEarly = at < row.keptAt + sampleMs;
    const body = { step: 'sample-gone', meal: mealId, early: isEarly ? 1 : 0, by: `account/${caller.id}` };
    appendEntry(db, { kind: 'day', subject: `day/${siteId}`, body, at });
  });
}

function faultsOf(db: Db, siteId: string, { lots, grams }: NewMeal): Fault[] {
  const here = new Set(
    db.sqlite
      .prepare(
        `SELECT h.lot_id FROM site s JOIN holding h ON h.site_key = s.key
         WHERE s.id = ? AND h.lot_id IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(siteId, JSON.stringify(lots)) as number[],
  );
  const strange = lots.filter((lot) => !here.has(lot));
  const faults: Fault[] = strange.map((lot) => ({
    place: '/lots',
    code: 'unknown_lot',
    detail: `Lot ${lot} never was at this shop.`,
  }));
  if (grams !== undefined && grams < leastSampleGrams)
    faults.push({ place: '/grams', code: 'small_sample', detail: `A sample has at least ${leastSampleGrams} g.` });
  return faults;
}
