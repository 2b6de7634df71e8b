// The states of lots as every page shows them, asked at once for all lots of a page.
import type { Db } from '../../store/db.ts';
import { readRules } from './finding-rule-store.ts';
import { ruleFor } from './loss.ts';
import { type LotState, lotState, type StatedLot } from './lot-state.ts';

/** By lot id; what was not asked for has no line. */
export function lotStatesOf(db: Db, lots: readonly StatedLot[], now: number): ReadonlyMap<number, LotState> {
  if (lots.length === 0) return new Map();
  const ids = JSON.stringify(lots.map(({ id }) => id));
  const ask = statementsOf(db);
  const own = new Map(ask.own.all(ids) as [number, 'open' | 'closed'][]);
  const touched = new Set(ask.touched.all(ids) as number[]);
  const rules = readRules(db);
  return new Map(
    lots.map((lot) => {
      const recalls = { own: own.get(lot.id) ?? 'none', others: touched.has(lot.id) ? 'touched' : 'none' } as const;
      return [lot.id, lotState(lot, recalls, ruleFor(rules, lot.productId).nearDays, now)];
    }),
  );
}

export function lotStateOf(db: Db, lot: StatedLot, now: number): LotState {
  return lotStatesOf(db, [lot], now).get(lot.id) ?? 'ok';
}

const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  return {
    // 'open' sorts after 'closed', so an open recall among several is the one that counts.
    own: db.sqlite
      .prepare(
        `SELECT r.lot_id, max(r.state) FROM json_each(?) j CROSS JOIN recall r ON r.lot_id = j.value
         WHERE r.state IN ('open', 'closed') GROUP BY r.lot_id`,
      )
      .raw(),
    touched: db.sqlite
      .prepare(
        `SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM recall_scope x CROSS JOIN recall r ON r.id = x.recall_id
           WHERE x.lot_id = j.value AND r.state = 'open' AND r.lot_id <> x.lot_id)`,
      )
      .pluck(),
  };
}
