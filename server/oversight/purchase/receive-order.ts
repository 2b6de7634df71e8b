// The shop receives an order: what came of each lot through the chain's own door, the difference kept, and money held against it.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import type { CaptureDeps } from '../../trace/capture/capture-events.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { acknowledgements } from '../../trace/receipt/receipt.ts';
import { receiveGoods } from '../../trace/receipt/receive-goods.ts';
import { keepMismatches } from './keep-mismatches.ts';
import type { ReceivedInput } from './purchase.ts';
import { linesOf, type OrderLine, ownOrder, type Parcel, type PurchaseOrder } from './purchase-store.ts';
import { tellOfOrder } from './tell-of-order.ts';

export type ReceiveDeps = CaptureDeps & Pick<Deps, 'clock' | 'secrets'>;

type Came = { readonly parcel: Parcel; readonly line: OrderLine; readonly received: number };

/**
 * What is not named came as it was sent; 0: it did not come, or was not taken. Throws Problem `not_found` for an order that is
 * not the caller's to receive, `conflict` for one that is not on its way, `invalid_input` where a recalled, held or expired lot
 * is to be taken (`/parcels/0/quantity`).
 */
export function receiveOrder(deps: ReceiveDeps, caller: Caller, id: number, input: ReceivedInput): void {
  const { db, clock } = deps;
  writeTransaction(db, () => {
    const order = ownOrder(db, caller, id, 'buyer');
    if (order.state !== 'sent') throw new Problem('conflict', { detail: 'This order is not on its way.' });
    const came = cameOf(linesOf(db, [id]).get(id) ?? [], input);
    take(deps, order, came, { caller, celsius: input.celsius });
    const update = db.sqlite.prepare('UPDATE purchase_parcel SET received = ? WHERE id = ?');
    for (const { parcel, received } of came) update.run(received, parcel.id);
    const now = clock();
    db.sqlite
      .prepare("UPDATE purchase_order SET state = 'received', received_at = ?, received_by = ? WHERE id = ?")
      .run(now, caller.id, id);
    const received = came.map((each) => ({ parcel: each.parcel.id, sent: each.parcel.sent, received: each.received }));
    const body = { step: 'received', received, by: caller.id };
    appendEntry(db, { kind: 'purchase-order', subject: `purchase-order/${id}`, body, at: now });
    keepMismatches(db, id, now);
    if (came.some((each) => each.received !== each.parcel.sent))
      tellOfOrder(deps, { id, about: 'differed', to: order.supplier, from: order.buyer });
  });
}

function cameOf(lines: readonly OrderLine[], { parcels }: ReceivedInput): Came[] {
  const said = new Map(parcels.map(({ id, quantity }) => [id, quantity]));
  const came = lines.flatMap((line) =>
    line.parcels.map((parcel) => ({ parcel, line, received: said.get(parcel.id) ?? parcel.sent })),
  );
  if (parcels.some(({ id }) => !came.some(({ parcel }) => parcel.id === id))) throw new Problem('not_found');
  return came;
}

type By = { readonly caller: Caller; readonly celsius: number | undefined };

function take(deps: ReceiveDeps, order: PurchaseOrder, came: readonly Came[], { caller, celsius }: By): void {
  const taken = came.flatMap((each, index) => (each.received > 0 ? [{ ...each, index }] : []));
  if (taken.length === 0) return;
  const boxes = taken.map(({ parcel, line, received }) => ({
    code: lotById(deps.db, parcel.lotId)?.code ?? '',
    quantity: received,
    unit: line.unit ?? undefined,
    celsius,
  }));
  const at = new Date(deps.clock()).toISOString();
  const delivery = { site: order.buyer, from: order.supplier, at, order: order.uri, boxes };
  try {
    receiveGoods(deps, delivery, caller, acknowledgements);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    throw new Problem('invalid_input', { faults: error.faults.map((fault) => atParcel(fault, taken)) });
  }
}

function atParcel(fault: Fault, taken: readonly { readonly index: number }[]): Fault {
  const box = /^\/boxes\/(\d+)/.exec(fault.place)?.[1];
  const place = `/parcels/${taken[Number(box ?? 0)]?.index ?? 0}/quantity`;
  return { ...fault, place, code: fault.place.endsWith('/acknowledged') ? 'must_not_take' : fault.code };
}
