// Places an order with a supplier, once: the order, its lines, a notice to the supplier and a ledger entry, all or nothing.
import { randomUUID } from 'node:crypto';
import { askedSite } from '../../accounts/asked-site.ts';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import type { NewOrder } from './purchase.ts';
import { tellOfOrder } from './tell-of-order.ts';

type WriteDeps = Pick<Deps, 'db' | 'clock'>;

const furthestDays = 60;

/**
 * The order's id, and whether it was placed now or before. Throws Problem `invalid_input` with every fault: `/supplier` where
 * nobody would read it, `/due` for a day that is over; `not_found` for a place that is not the caller's.
 */
export function writeOrder(
  deps: WriteDeps,
  order: NewOrder,
  caller: Caller,
): { readonly id: number; readonly again: 'first' | 'again' } {
  const { db, clock } = deps;
  const buyer = askedSite(caller, order.site, 'Say which of your places orders.');
  const now = clock();
  const dueDay = order.due ?? beijingDay(now + dayMs);
  const faults = faultsOf(db, { buyer, supplier: order.supplier, dueDay, now });
  return writeTransaction(db, () => {
    const known = db.sqlite
      .prepare('SELECT id FROM purchase_order WHERE placed_by = ? AND key = ?')
      .pluck()
      .get(caller.id, order.key) as number | undefined;
    if (known !== undefined) return { id: known, again: 'again' };
    if (faults.length > 0) throw new Problem('invalid_input', { faults });
    const id = insert(db, { order, buyer, dueDay, caller, now });
    const body = {
      step: 'placed',
      buyer,
      supplier: order.supplier,
      due: dueDay,
      lines: order.lines.map(({ product, quantity, unit, price }) => ({ product, quantity, unit, price })),
      by: caller.id,
    };
    appendEntry(db, { kind: 'purchase-order', subject: `purchase-order/${id}`, body, at: now });
    tellOfOrder(deps, { id, about: 'placed', to: order.supplier, from: buyer });
    return { id, again: 'first' };
  });
}

type Placed = {
  readonly order: NewOrder;
  readonly buyer: string;
  readonly dueDay: string;
  readonly caller: Caller;
  readonly now: number;
};

function insert(db: Db, { order, buyer, dueDay, caller, now }: Placed): number {
  const { lastInsertRowid } = db.sqlite
    .prepare(
      `INSERT INTO purchase_order (uri, key, buyer, supplier, state, due_day, placed_at, placed_by)
       VALUES (?, ?, ?, ?, 'placed', ?, ?, ?)`,
    )
    .run(`urn:uuid:${randomUUID()}`, order.key, buyer, order.supplier, dueDay, now, caller.id);
  const line = db.sqlite.prepare(
    'INSERT INTO purchase_line (order_id, product, quantity, unit, price_fen) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { product, quantity, unit, price } of order.lines)
    line.run(lastInsertRowid, product, quantity, unit ?? null, price ?? null);
  return Number(lastInsertRowid);
}

function faultsOf(
  db: Db,
  asked: { readonly buyer: string; readonly supplier: string; readonly dueDay: string; readonly now: number },
): Fault[] {
  const { buyer, supplier, dueDay, now } = asked;
  const faults: Fault[] = [];
  const readers = db.sqlite
    .prepare(
      `SELECT 1 FROM account_site x JOIN account a ON a.id = x.account_id AND a.disabled_at IS NULL
       WHERE x.site_id = ? AND a.role IN ('partner', 'owner') LIMIT 1`,
    )
    .get(supplier);
  if (supplier === buyer)
    faults.push({ place: '/supplier', code: 'same_place', detail: 'A place cannot order of itself.' });
  else if (readers === undefined)
    faults.push({ place: '/supplier', code: 'nobody', detail: 'This supplier has no account here: call them.' });
  if (dueDay < beijingDay(now) || dueDay > beijingDay(now + furthestDays * dayMs))
    faults.push({
      place: '/due',
      code: 'out_of_range',
      detail: `A day from today on, at most ${furthestDays} days away.`,
    });
  return faults;
}
