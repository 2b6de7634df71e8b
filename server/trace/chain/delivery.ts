// Puts together what shipper and receiver say of the same goods: each one's books follow its own word, and goods count once.
import { edgeRoles } from '../event/chain-links.ts';
import { type Claim, cancelShipments, claimOf, isAwaited, isOpen, type Matched, match } from './claim.ts';
import type { Entries } from './entry.ts';
import { type Movement, type MovementWorld, movementsOf } from './movement.ts';
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
  };

/** Deliveries of lots of which any is told by more than one entry; the others are as their entry says. */
export function settleDeliveries(entries: Entries, world: DeliveryWorld): Deliveries {
  const movements: (readonly Movement[] | undefined)[] = [];
  const claims: Claim[] = [];
  for (const group of groupsToSettle(entries, world)) {
    const told = group.map((entry) => claimOf(entries, entry));
    markRepeats(told, world);
    const once = told.filter((claim) => claim.told !== 'again');
    settleLot(once, world);
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
    // Told again, taken back, or with a partner who is not named.
    if (told[to] === 1 || role === edgeRoles.returned || world.isTransit(to) || world.isTransit(entries.fromOf(entry)))
      lots.add(world.lotOf(to));
    told[to] = 1;
  }
  return lots;
}

function isDelivery(role: number): boolean {
  return role === edgeRoles.shipped || role === edgeRoles.received || role === edgeRoles.returned;
}

/** First what names the same receiver, then what the shipper sent elsewhere, then what it sent to nobody named. */
function settleLot(told: readonly Claim[], world: DeliveryWorld): void {
  const transits = told.filter((claim) => claim.role === edgeRoles.shipped && world.isTransit(claim.to));
  const byReceiver = new Map<number, Claim[]>();
  for (const claim of told) {
    const receiver = claim.role === edgeRoles.returned ? claim.from : claim.to;
    if (claim.role === edgeRoles.shipped && world.isTransit(receiver)) continue;
    const others = byReceiver.get(receiver);
    if (others === undefined) byReceiver.set(receiver, [claim]);
    else others.push(claim);
  }
  const fits: Fits = (shipment, { from }) => shipment.from === from || world.isTransit(from);
  for (const claims of byReceiver.values()) settleReceiver(claims, transits, fits, world);
  const receipts = told.filter((claim) => claim.role === edgeRoles.received && isOpen(claim));
  for (const receipt of receipts) {
    const named = receipt.via === undefined ? [] : (byReceiver.get(receipt.via) ?? []);
    const earlier = named.filter(({ at, role }) => role === edgeRoles.shipped && at <= receipt.at);
    matchReceipt(earlier, receipt, 'elsewhere', fits);
  }
  settleTransit(transits, receipts.filter(isOpen), fits, world);
}

/** What concerns one receiver, in the order of time. */
function settleReceiver(claims: readonly Claim[], transits: readonly Claim[], fits: Fits, world: DeliveryWorld): void {
  let open: Claim[] = [];
  let ahead: Claim[] = [];
  for (const [index, claim] of claims.entries()) {
    if (claim.role === edgeRoles.returned) {
      cancelShipments(claim, world.isTransit(claim.from) ? transits.filter(({ at }) => at <= claim.at) : open);
    } else if (claim.role === edgeRoles.received) {
      matchReceipt(open, claim, 'direct', fits);
      open = open.filter(isAwaited);
      if (isOpen(claim)) ahead.push(claim);
    } else {
      // A receipt that comes sooner after it than the last one came before it is the likelier one.
      const nearer =
        ahead.length === 0 ? [] : ahead.filter(({ at }) => claim.at - at <= untilReceived(claims, index, fits));
      matchShipment(nearer, claim, fits, world);
      ahead = ahead.filter(isOpen);
      if (isOpen(claim)) open.push(claim);
    }
  }
  for (const shipment of open.filter(isOpen))
    matchShipment(
      ahead.filter(({ at }) => at < shipment.at),
      shipment,
      fits,
      world,
    );
}

function untilReceived(claims: readonly Claim[], index: number, fits: Fits): number {
  const shipment = claims[index];
  if (shipment === undefined) return Number.POSITIVE_INFINITY;
  const isNext = (one: Claim, at: number) => at > index && one.role === edgeRoles.received && fits(shipment, one);
  return (claims.find(isNext)?.at ?? Number.POSITIVE_INFINITY) - shipment.at;
}

function settleTransit(transits: readonly Claim[], receipts: readonly Claim[], fits: Fits, world: DeliveryWorld): void {
  let open: Claim[] = [];
  let next = 0;
  for (const receipt of receipts) {
    for (; next < transits.length && (transits[next]?.at ?? 0) <= receipt.at; next++)
      open.push(...transits.slice(next, next + 1));
    matchReceipt(open, receipt, 'transit', fits);
    open = open.filter(isAwaited);
  }
  const left = receipts.filter(isOpen);
  for (const shipment of transits.filter(isOpen))
    matchShipment(
      left.filter(({ at }) => at < shipment.at),
      shipment,
      fits,
      world,
    );
}

type Fits = (shipment: Claim, receipt: Claim) => boolean;

/** The shipment of the very amount first, else the oldest; what is weighed where pieces were counted, last. */
function matchReceipt(open: readonly Claim[], receipt: Claim, how: Matched, fits: Fits): void {
  const shipments = open.filter((shipment) => fits(shipment, receipt));
  const same = shipments.find((shipment) => shipment.matches.length === 0 && isSame(shipment, receipt));
  for (const shipment of same === undefined ? inOrder(shipments, receipt) : [same]) {
    if (!isOpen(receipt)) return;
    if (isOpen(shipment) || (isAwaited(shipment) && !Number.isNaN(receipt.left))) match(shipment, receipt, how);
  }
}

/** Received before it was shipped: a clock that is off, or a shipment told late. */
function matchShipment(ahead: readonly Claim[], shipment: Claim, fits: Fits, world: DeliveryWorld): void {
  const receipts = ahead.filter((receipt) => fits(shipment, receipt) && isOpen(receipt));
  const same = receipts.find((receipt) => isSame(shipment, receipt));
  for (const receipt of same === undefined ? receipts : [same]) {
    if (!isOpen(shipment)) return;
    // Where the goods were tainted before they were received, the receiver's clock tells what it got.
    match(shipment, receipt, world.reachedAt(shipment.from) <= receipt.at ? 'ahead' : 'unsure');
  }
}

function isSame(a: Claim, b: Claim): boolean {
  return a.dimension === b.dimension && a.left === b.left;
}

function inOrder(shipments: readonly Claim[], receipt: Claim): readonly Claim[] {
  const comparable = ({ dimension, left }: Claim) => dimension === receipt.dimension && left > 0;
  return [...shipments.filter(comparable), ...shipments.filter((shipment) => !comparable(shipment))];
}
