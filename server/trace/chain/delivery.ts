// Puts together what shipper and receiver say of the same goods: each one's books follow its own word, and goods count once.
import { edgeRoles } from '../event/chain-links.ts';
import { type Claim, claimOf, isUntouched } from './claim.ts';
import { type Entries, nowhere } from './entry.ts';
import { type FirmWorld, isSame, matchFirms, matchFirmsExactly } from './firm-word.ts';
import { type Movement, type MovementWorld, movementsOf } from './movement.ts';
import { type Fits, matchReceipt, pairUp } from './pairing.ts';
import { isMixing } from './strand.ts';
import { markRepeats, type ToldWorld } from './told-twice.ts';

export type Deliveries = {
  /** By entry; undefined: the entry says all there is to know. */
  readonly movements: readonly (readonly Movement[] | undefined)[];
  readonly claims: readonly Claim[];
};

export type DeliveryWorld = ToldWorld &
  MovementWorld & {
    readonly places: number;
    readonly lotOf: (place: number) => number;
    /** The firm a place belongs to; undefined: not known. */
    readonly firmOf: (place: number) => number | undefined;
  };

/** Deliveries of lots of which any is told by more than one entry; the others are as their entry says. */
export function settleDeliveries(entries: Entries, world: DeliveryWorld): Deliveries {
  const movements: (readonly Movement[] | undefined)[] = [];
  const claims: Claim[] = [];
  let held: Uint8Array | undefined;
  const isHeld = (place: number) => {
    held ??= heldOf(entries, world);
    return held[place] === 1;
  };
  for (const group of groupsToSettle(entries, world)) {
    const told = group.map((entry) => claimOf(entries, entry));
    markRepeats(told, world);
    const once = told.filter((claim) => claim.told !== 'again');
    settleLot(once, { ...world, isHeld });
    for (const claim of told) movements[claim.entry] = claim.told === 'again' ? [] : movementsOf(claim, world);
    for (const claim of once) claims.push(claim);
  }
  return { movements, claims };
}

/** The entries of each such lot, in order. */
function groupsToSettle(entries: Entries, world: DeliveryWorld): Iterable<number[]> {
  const lots = lotsToSettle(entries, world);
  const groups = new Map([...lots].map((lot): [number, number[]] => [lot, []]));
  if (lots.size === 0) return groups.values();
  for (let entry = 0; entry < entries.count; entry++) {
    if (isDelivery(entries.roleOf(entry))) groups.get(world.lotOf(entries.toOf(entry)))?.push(entry);
  }
  return groups.values();
}

function lotsToSettle(entries: Entries, world: DeliveryWorld): Set<number> {
  const told = new Uint8Array(world.places);
  const lots = new Set<number>();
  for (let entry = 0; entry < entries.count; entry++) {
    const role = entries.roleOf(entry);
    if (!isDelivery(role)) continue;
    const to = entries.toOf(entry);
    // Told again, taken back, or with a partner who is not named, or named by another of its numbers.
    const isUnnamed = world.isTransit(to) || world.isTransit(entries.fromOf(entry));
    if (told[to] === 1 || role === edgeRoles.returned || isUnnamed || entries.via.has(entries.stepOf(entry)))
      lots.add(world.lotOf(to));
    told[to] = 1;
  }
  return lots;
}

function isDelivery(role: number): boolean {
  return role === edgeRoles.shipped || role === edgeRoles.received || role === edgeRoles.returned;
}

/** First what names the same receiver, then what the shipper sent elsewhere, then what it sent to nobody named. */
function settleLot(all: readonly Claim[], world: DeliveryWorld & FirmWorld): void {
  const shipments = all.filter(({ role }) => role === edgeRoles.shipped);
  // What was taken back never arrived: then nothing is sure before the words are read in order.
  if (!all.some(({ role }) => role === edgeRoles.returned))
    matchFirmsExactly(
      shipments,
      all.filter(({ role }) => role === edgeRoles.received),
      world,
    );
  const told = all.filter(isUntouched);
  const transits = shipments.filter((claim) => world.isTransit(claim.to));
  const byReceiver = new Map<number, Claim[]>();
  for (const claim of told) {
    const receiver = claim.role === edgeRoles.returned ? claim.from : claim.to;
    if (claim.role === edgeRoles.shipped && world.isTransit(receiver)) continue;
    const others = byReceiver.get(receiver);
    if (others === undefined) byReceiver.set(receiver, [claim]);
    else others.push(claim);
  }
  const fits: Fits = (shipment, { from }) => shipment.from === from || world.isTransit(from);
  const namedBy = ({ via, at }: Claim) =>
    via === undefined
      ? []
      : (byReceiver.get(via) ?? []).filter((one) => one.role === edgeRoles.shipped && one.at <= at);
  const isAwaitedElsewhere = (receipt: Claim) =>
    [...transits, ...namedBy(receipt)].some(
      (one) => isUntouched(one) && one.at <= receipt.at && fits(one, receipt) && isSame(one, receipt),
    );
  const pairing = { fits, isAwaitedElsewhere, reachedAt: world.reachedAt };
  for (const [receiver, claims] of byReceiver)
    pairUp(world.isTransit(receiver) ? [...transits, ...claims].sort(inTime) : claims, 'direct', pairing);
  const receipts = told.filter(({ role }) => role === edgeRoles.received);
  for (const receipt of receipts.filter(isUntouched))
    matchReceipt(namedBy(receipt), receipt, 'elsewhere', fits, 'like');
  const alone = receipts.filter(isUntouched);
  if (alone.length > 0) matchFirms(shipments.filter(isUntouched), alone, world);
  const onRoad = [...transits, ...alone.filter(isUntouched)].sort(inTime);
  pairUp(onRoad, 'transit', { ...pairing, isAwaitedElsewhere: () => false });
  // What is left of a shipment that was received in part comes last: it is mostly lost.
  for (const receipt of alone.filter(isUntouched)) {
    const sent = (byReceiver.get(receipt.to) ?? []).filter(
      (one) => one.role === edgeRoles.shipped && one.at <= receipt.at,
    );
    matchReceipt(sent, receipt, 'direct', fits, 'rest');
  }
}

function inTime(a: Claim, b: Claim): number {
  return a.entry - b.entry;
}

/** Places where goods were made, counted, mixed or received: 1. */
function heldOf(entries: Entries, { places }: DeliveryWorld): Uint8Array {
  const held = new Uint8Array(places);
  for (let entry = 0; entry < entries.count; entry++) {
    const role = entries.roleOf(entry);
    if (isMixing(entries.stepOf(entry))) for (const { place } of entries.linesOut(entry)) held[place] = 1;
    else if (entries.toOf(entry) !== nowhere && role !== edgeRoles.shipped && role !== edgeRoles.returned)
      held[entries.toOf(entry)] = 1;
  }
  return held;
}
