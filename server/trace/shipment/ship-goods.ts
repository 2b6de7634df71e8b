// Scans goods out of the caller's own place, warns of what should not leave, and takes a slip back within minutes.
import { askedSite } from '../../accounts/asked-site.ts';
import type { Caller } from '../../accounts/caller.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureDeps, captureDocument } from '../capture/capture-events.ts';
import { unsureFault } from '../lot/asked-lot-store.ts';
import { type Lot, searchExact } from '../lot/lot-store.ts';
import { namedSite } from '../lot/register-lot.ts';
import { typedAmount } from '../sheet/typed-amount.ts';
import type { LotState } from '../state/lot-state.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';
import { type Shipment, type ShipmentInput, shipmentDocument } from './shipment.ts';

export const undoMinutes = 10;

export type Warned = { readonly lot: Lot; readonly state: LotState };

export type ShippedGoods =
  | { readonly done: 'warned'; readonly warned: readonly Warned[] }
  | {
      readonly done: 'left';
      readonly at: number;
      readonly accepted: number;
      readonly duplicate: number;
      readonly lots: readonly Lot[];
    };

/** Throws Problem `invalid_input` with every fault; `not_found` for a site that is not the caller's. */
export function shipGoods(deps: CaptureDeps, input: ShipmentInput, caller: Caller): ShippedGoods {
  const { db, clock } = deps;
  const { shipment, lots } = readShipment(deps, input, caller);
  const warned = input.accept === 'warned' ? [] : warningsOf(db, lots, clock());
  if (warned.length > 0) return { done: 'warned', warned };
  const answer = capture(deps, shipmentDocument(shipment, clock()), caller);
  return { done: 'left', at: shipment.at, ...answer, lots };
}

/** Declares the same shipment wrong. Throws Problem `conflict` once its minutes are over. */
export function undoShipment(deps: CaptureDeps, input: ShipmentInput, caller: Caller): void {
  const { shipment } = readShipment(deps, input, caller);
  const now = deps.clock();
  if (now > shipment.at + undoMinutes * 60_000)
    throw new Problem('conflict', { detail: 'The minutes to undo it are over; receive the goods back instead.' });
  capture(deps, shipmentDocument(shipment, now, now), caller);
}

function capture(deps: CaptureDeps, document: object, caller: Caller): { accepted: number; duplicate: number } {
  const bytes = Buffer.from(JSON.stringify(document));
  const answer = captureDocument(deps, readForCapture(bytes, 'application/ld+json'), caller, { onError: 'rollback' });
  if (answer.status === 'refused')
    throw new Problem('invalid_input', { faults: answer.events.flatMap((event) => event.faults) });
  return { accepted: answer.accepted, duplicate: answer.duplicate };
}

function readShipment(deps: CaptureDeps, input: ShipmentInput, caller: Caller): { shipment: Shipment; lots: Lot[] } {
  const { db } = deps;
  const site = askedSite(caller, input.site, 'Say which of your places it leaves.');
  const found = input.lines.map(({ code }, index) => lotOf(db, code, `/lines/${index}/code`));
  const faults = found.flatMap((each) => ('place' in each ? [each] : []));
  if (input.way === 'ship' && (input.to ?? '') === '')
    faults.push({ place: '/to', code: 'required', detail: 'Say who gets the goods.' });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const lots = found.flatMap((each) => ('place' in each ? [] : [each]));
  const lines = input.lines.flatMap(({ quantity, unit }, index) => {
    const lot = lots[index];
    if (lot === undefined) return [];
    const amount = typedAmount(quantity, unit) ?? { quantity, unit: undefined };
    const kind = lot.kind === 'instance' || lot.kind === 'container' ? 'piece' : 'lot';
    return [{ key: lot.code, kind, ...amount } as const];
  });
  const to = input.way === 'sell' ? undefined : receiverOf(db, input.to ?? '');
  if (to === site)
    throw new Problem('invalid_input', {
      faults: [{ place: '/to', code: 'same_place', detail: 'The goods are there already.' }],
    });
  return {
    shipment: { at: input.at === undefined ? deps.clock() : Date.parse(input.at), site, to, order: input.order, lines },
    lots,
  };
}

/** People write a name, programs an id: both are one place. */
function receiverOf(db: Db, named: string): string {
  return /^(https?|urn):/.test(named) ? named : writeTransaction(db, () => namedSite(db, named));
}

/** Nothing leaves that never came: the lot has to be known, and a code with two meanings is asked about. */
function lotOf(db: Db, code: string, place: string): Lot | Fault {
  const search = searchExact(db, code);
  if (search.found === 'one') return search.lot;
  if (search.found === 'unsure') return unsureFault(search.readings, place);
  if (search.found === 'several') {
    const detail = `${search.lots.length} lots have this batch; scan the code or add the GTIN.`;
    return { place, code: 'several_lots', detail };
  }
  if (search.found === 'unreadable')
    return { place, code: search.refusal.fault, detail: `No lot can be read from ${search.refusal.found || 'this'}.` };
  return { place, code: 'unknown_lot', detail: 'No lot is registered under this code.' };
}

function warningsOf(db: Db, lots: readonly Lot[], now: number): Warned[] {
  const states = lotStatesOf(db, lots, now);
  const once = [...new Map(lots.map((lot) => [lot.id, lot])).values()];
  return once.flatMap((lot) => {
    const state = states.get(lot.id) ?? 'ok';
    return state === 'ok' || state === 'near' ? [] : [{ lot, state }];
  });
}
