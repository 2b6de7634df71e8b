// The supplier sends an order from what it holds: the shipment through the chain's own door, and what went for which line.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { certifyLot } from '../../trace/lot/keep-master-data.ts';
import { type Lot, searchLot } from '../../trace/lot/lot-store.ts';
import { type ShipDeps, shipGoods } from '../../trace/shipment/ship-goods.ts';
import { heldAt, inLineUnit, type LotHeld } from './held-lots-store.ts';
import type { SentInput } from './purchase.ts';
import { linesOf, type OrderLine, ownOrder, type PurchaseOrder } from './purchase-store.ts';
import { tellOfOrder } from './tell-of-order.ts';

export type SendDeps = ShipDeps & Pick<Deps, 'clock'>;

type Packed = { readonly line: OrderLine; readonly lot: Lot; readonly parcel: SentInput['parcels'][number] };

/**
 * Throws Problem `not_found` for an order that is not the caller's to send, `conflict` for one that was sent or ended,
 * `invalid_input` with every fault (`/parcels/0/quantity`): a lot that is not held, less of it than is sent, a recalled one.
 */
export function sendOrder(deps: SendDeps, caller: Caller, id: number, { parcels }: SentInput): void {
  const { db, clock } = deps;
  writeTransaction(db, () => {
    const order = ownOrder(db, caller, id, 'supplier');
    if (order.state !== 'placed') throw new Problem('conflict', { detail: 'This order was sent or ended before.' });
    const packed = packedFor(db, order, parcels, clock());
    for (const { lot, parcel } of packed) certifyLot(deps, lot.id, numbersOf(parcel), caller);
    const now = ship(deps, order, packed, caller);
    const insert = db.sqlite.prepare('INSERT INTO purchase_parcel (line_id, lot_id, sent) VALUES (?, ?, ?)');
    for (const { line, lot, parcel } of packed) insert.run(line.id, lot.id, parcel.quantity);
    db.sqlite
      .prepare("UPDATE purchase_order SET state = 'sent', sent_at = ?, sent_by = ? WHERE id = ?")
      .run(now, caller.id, id);
    const sent = packed.map(({ line, lot, parcel }) => ({
      line: line.id,
      lot: lot.code,
      quantity: parcel.quantity,
      unit: line.unit,
    }));
    const body = { step: 'sent', sent, by: caller.id };
    appendEntry(db, { kind: 'purchase-order', subject: `purchase-order/${id}`, body, at: now });
    tellOfOrder(deps, { id, about: 'sent', to: order.buyer, from: order.supplier });
  });
}

function packedFor(db: Db, order: PurchaseOrder, parcels: SentInput['parcels'], now: number): Packed[] {
  const lines = linesOf(db, [order.id]).get(order.id) ?? [];
  const held = heldAt(db, order.supplier, now);
  const left = new Map<number, number>();
  const faults: Fault[] = [];
  const packed = parcels.flatMap((parcel, index) => {
    const place = `/parcels/${index}`;
    const line = lines.find((each) => each.id === parcel.line);
    if (line === undefined) throw new Problem('not_found');
    const search = searchLot(db, parcel.code);
    const own = search.found === 'one' ? held.find(({ lotId }) => lotId === search.lot.id) : undefined;
    if (search.found !== 'one' || own === undefined) {
      faults.push({ place: `${place}/code`, code: 'not_held', detail: notHeld(parcel.code) });
      return [];
    }
    faults.push(...tooMuch(own, line, { sent: parcel.quantity, place, left }));
    return [{ line, lot: search.lot, parcel }];
  });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return packed;
}

function notHeld(code: string): string {
  return `${code.slice(0, 60)} is not among the sound lots that this place holds; receive or register it first.`;
}

type Asked = { readonly sent: number; readonly place: string; readonly left: Map<number, number> };

/** Where the books do not know how much there is, what the sender says counts. */
function tooMuch(held: LotHeld, line: OrderLine, { sent, place, left }: Asked): Fault[] {
  const there = inLineUnit(held, line.unit);
  if (there === undefined) return [];
  const rest = (left.get(held.lotId) ?? there.onHand) - sent;
  left.set(held.lotId, rest);
  if (rest >= -1e-6 * there.onHand) return [];
  const detail = `By the books ${Math.round(there.onHand * 1000) / 1000} of it are there.`;
  return [{ place: `${place}/quantity`, code: 'more_than_held', detail }];
}

function numbersOf({ quarantine, quality }: SentInput['parcels'][number]) {
  const said = { quarantine, quality };
  return (['quarantine', 'quality'] as const).flatMap((kind) => {
    const number = said[kind];
    return number === undefined || number === '' ? [] : [{ kind, number }];
  });
}

/** When they left, unix ms. */
function ship(deps: SendDeps, order: PurchaseOrder, packed: readonly Packed[], caller: Caller): number {
  const at = deps.clock();
  const goods = shipGoods(
    deps,
    {
      site: order.supplier,
      to: order.buyer,
      way: 'ship',
      at: new Date(at).toISOString(),
      order: order.uri,
      lines: packed.map(({ line, lot, parcel }) => ({
        code: lot.code,
        quantity: parcel.quantity,
        unit: line.unit ?? undefined,
      })),
    },
    caller,
  );
  if (goods.done === 'left') return at;
  const states = new Map(goods.warned.map(({ lot, state }) => [lot.id, state]));
  const faults = packed.flatMap(({ lot }, index) => {
    const state = states.get(lot.id);
    const detail = `Lot ${lot.code} is ${state} and must not leave.`;
    return state === undefined ? [] : [{ place: `/parcels/${index}/code`, code: 'must_not_leave', detail }];
  });
  throw new Problem('invalid_input', { faults });
}
