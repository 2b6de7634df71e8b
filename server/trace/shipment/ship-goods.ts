// Scans goods out of the caller's own place, warns of what should not leave, and takes a slip back within minutes.
import { askedSite } from '../../accounts/asked-site.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureDeps, captureDocument } from '../capture/capture-events.ts';
import { readScan } from '../code/lot-code.ts';
import { type ScannedFacts, scannedFacts } from '../code/scanned-facts.ts';
import { endOfDay } from '../event/goods-day.ts';
import { searchScan, unsureFault } from '../lot/asked-lot-store.ts';
import type { Lot } from '../lot/lot-store.ts';
import { namedSite } from '../lot/register-lot.ts';
import { typedAmount } from '../sheet/typed-amount.ts';
import type { LotState } from '../state/lot-state.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';
import { type Shipment, type ShipmentInput, type ShipmentLine, shipmentDocument } from './shipment.ts';

export const undoMinutes = 10;

export type ShipDeps = CaptureDeps & Pick<Deps, 'secrets'>;

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

/**
 * What a code says of its weight and its last day counts where nobody typed an amount. Throws Problem `invalid_input` with
 * every fault; `not_found` for a site that is not the caller's.
 */
export function shipGoods(deps: ShipDeps, input: ShipmentInput, caller: Caller): ShippedGoods {
  const { db, clock } = deps;
  const { shipment, scanned } = readShipment(deps, input, caller);
  const lots = scanned.map(({ lot }) => lot);
  const warned = input.accept === 'warned' ? [] : warningsOf(db, scanned, clock());
  if (warned.length > 0) return { done: 'warned', warned };
  const answer = capture(deps, shipmentDocument(shipment, clock()), caller);
  return { done: 'left', at: shipment.at, ...answer, lots };
}

/** Declares the same shipment wrong. Throws Problem `conflict` once its minutes are over. */
export function undoShipment(deps: ShipDeps, input: ShipmentInput, caller: Caller): void {
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

type Scanned = { readonly lot: Lot; readonly facts: ScannedFacts };

function readShipment(
  deps: ShipDeps,
  input: ShipmentInput,
  caller: Caller,
): { shipment: Shipment; scanned: readonly Scanned[] } {
  const { db } = deps;
  const at = input.at === undefined ? deps.clock() : Date.parse(input.at);
  const site = askedSite(caller, input.site, 'Say which of your places it leaves.');
  const found = input.lines.map(({ code }, index) => scannedLot(deps, code, at, `/lines/${index}/code`));
  const faults = found.flatMap((each) => ('place' in each ? [each] : []));
  if (input.way === 'ship' && (input.to ?? '') === '')
    faults.push({ place: '/to', code: 'required', detail: 'Say who gets the goods.' });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const scanned = found.flatMap((each) => ('place' in each ? [] : [each]));
  const lines = scanned.map((each, index) => lineOf(each, input.lines[index]));
  const to = input.way === 'sell' ? undefined : receiverOf(db, input.to ?? '');
  if (to === site)
    throw new Problem('invalid_input', {
      faults: [{ place: '/to', code: 'same_place', detail: 'The goods are there already.' }],
    });
  return { shipment: { at, site, to, order: input.order, lines }, scanned };
}

function lineOf({ lot, facts }: Scanned, typed: ShipmentInput['lines'][number] | undefined): ShipmentLine {
  const { quantity, unit } = typed ?? {};
  const kind = lot.kind === 'instance' || lot.kind === 'container' ? 'piece' : 'lot';
  const amount = quantity === undefined ? facts.amount : typedAmount(quantity, unit);
  return { key: lot.code, kind, ...(amount ?? { quantity, unit: undefined }) };
}

/** People write a name, programs an id: both are one place. */
function receiverOf(db: Db, named: string): string {
  return /^(https?|urn):/.test(named) ? named : writeTransaction(db, () => namedSite(db, named, '/to'));
}

/** Nothing leaves that never came: the lot has to be known, and a code with two meanings is asked about. */
function scannedLot(deps: ShipDeps, text: string, at: number, place: string): Scanned | Fault {
  const search = searchScan(deps, text);
  if (search.found === 'one') {
    const { code } = readScan(text);
    return { lot: search.lot, facts: scannedFacts(code.ok ? code.elements : [], at) };
  }
  if (search.found === 'unsure') return unsureFault(search.readings, place);
  if (search.found === 'several') {
    const detail = `${search.lots.length} lots have this batch; scan the code or add the GTIN.`;
    return { place, code: 'several_lots', detail };
  }
  if (search.found === 'unreadable')
    return { place, code: search.refusal.fault, detail: `No lot can be read from ${search.refusal.found || 'this'}.` };
  return { place, code: 'unknown_lot', detail: 'No lot is registered under this code.' };
}

function warningsOf(db: Db, scanned: readonly Scanned[], now: number): Warned[] {
  const once = [...new Map(scanned.map((each) => [each.lot.id, each])).values()];
  const states = lotStatesOf(
    db,
    once.map(({ lot }) => lot),
    now,
  );
  return once.flatMap(({ lot, facts }) => {
    const state = states.get(lot.id) ?? 'ok';
    if (state !== 'ok' && state !== 'near') return [{ lot, state }];
    const last = facts.expiresOn === undefined ? undefined : endOfDay(facts.expiresOn);
    return last !== undefined && last < now ? [{ lot, state: 'expired' }] : [];
  });
}
