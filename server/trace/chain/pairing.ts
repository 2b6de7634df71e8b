// Finds, among what shippers and receivers say in the order of time, the words that speak of the same goods.
import { edgeRoles } from '../event/chain-links.ts';
import {
  type Claim,
  cancelShipments,
  isAwaited,
  isLoose,
  isOpen,
  isSameAmount,
  isUntouched,
  type Matched,
  match,
} from './claim.ts';
import { farthestApartMs } from './told-twice.ts';

/** Whether the receiver may speak of this shipment, by whom it names. */
export type Fits = (shipment: Claim, receipt: Claim) => boolean;

type ReachWorld = {
  /** When recalled goods can first have been there, unix ms; Infinity: never. */
  readonly reachedAt: (place: number) => number;
};

/** Who may speak of what: `isAwaitedElsewhere`: another shipment, to somebody else or to nobody named, is of the very amount. */
export type Pairing = ReachWorld & { readonly fits: Fits; readonly isAwaitedElsewhere: (receipt: Claim) => boolean };

/** What concerns one receiver, or nobody named, in the order of time; `how` they belong together. */
export function pairUp(claims: readonly Claim[], how: Matched, pairing: Pairing): void {
  let open: Claim[] = [];
  let ahead: Claim[] = [];
  for (const [index, claim] of claims.entries()) {
    if (claim.role === edgeRoles.returned) cancelShipments(claim, open);
    else if (claim.role === edgeRoles.received) {
      const elsewhere = pairing.isAwaitedElsewhere(claim);
      matchReceipt(open, claim, how, pairing.fits, elsewhere ? 'same' : 'like');
      open = open.filter(isAwaited);
      if (isUntouched(claim) && !elsewhere) ahead.push(claim);
    } else {
      // A receipt that comes sooner after it than the last one came before it is the likelier one.
      const soon = untilReceived(claims, index, pairing.fits);
      const near = ahead.filter(({ at }) => claim.at - at <= soon);
      // Nor does one that comes near stand for a shipment of which the very amount is received afterwards.
      const isExact = near.length > 0 && isReceivedExactly(claims, index, pairing.fits);
      const nearer = isExact ? near.filter((one) => isSame(one, claim)) : near;
      matchShipment(nearer, claim, pairing);
      ahead = ahead.filter(isUntouched);
      if (isOpen(claim)) open.push(claim);
    }
  }
  for (const shipment of open.filter(isUntouched)) matchShipment(ahead, shipment, pairing);
}

function isReceivedExactly(claims: readonly Claim[], index: number, fits: Fits): boolean {
  const shipment = claims[index];
  if (shipment === undefined) return false;
  return claims.some(
    (one, at) =>
      at > index &&
      one.role === edgeRoles.received &&
      one.at - shipment.at <= farthestApartMs &&
      fits(shipment, one) &&
      isSame(one, shipment),
  );
}

function isSame(a: Claim, b: Claim): boolean {
  return a.dimension === b.dimension && isSameAmount(a.left, b.left);
}

function untilReceived(claims: readonly Claim[], index: number, fits: Fits): number {
  const shipment = claims[index];
  if (shipment === undefined) return Number.POSITIVE_INFINITY;
  const isNext = (one: Claim, at: number) => at > index && one.role === edgeRoles.received && fits(shipment, one);
  return (claims.find(isNext)?.at ?? Number.POSITIVE_INFINITY) - shipment.at;
}

/**
 * `open`: shipments in the order of time. `same`: of the very amount; `like`: also what comes near, before that what nobody
 * received any of, and not what would be more than is left; `rest`: whatever is left.
 */
export function matchReceipt(
  open: readonly Claim[],
  receipt: Claim,
  how: Matched,
  fits: Fits,
  likeness: 'same' | 'like' | 'rest',
): void {
  const shipments = open.filter((shipment) => fits(shipment, receipt) && isAwaited(shipment));
  const comparable = shipments.filter((one) => one.dimension === receipt.dimension && one.left > 0);
  const same = comparable.find(({ left }) => isSameAmount(left, receipt.left));
  const fresh = shipments.filter((one) => isUntouched(one) && isOpen(one));
  if (same !== undefined) match(same, receipt, how);
  else if (likeness === 'same') return;
  else if (fresh.some((one) => comparable.includes(one))) {
    const run = nearest(comparable.filter(isUntouched), receipt.left);
    if (likeness === 'rest' || isWithin(run, receipt)) matchAll(run, receipt, how);
  } else if (fresh.length > 0) matchAll(fresh.slice(0, 1), receipt, how);
  else if (likeness === 'rest' || Number.isNaN(receipt.left) || comparable.some(({ left }) => left >= receipt.left))
    matchAll(nearest(comparable, receipt.left), receipt, how);
  if (likeness !== 'rest' || !isUntouched(receipt)) return;
  // Parts of one delivery arrive within a day.
  const isOther = (one: Claim) =>
    isLoose(one) &&
    one.dimension !== receipt.dimension &&
    one.matches.some((match) => Math.abs(receipt.at - match.receipt.at) <= farthestApartMs);
  const loose = shipments.filter((one) => (Number.isNaN(receipt.left) ? isOpen(one) : isOther(one)));
  matchAll(loose.slice(0, 1), receipt, how);
}

/** Nobody receives half as much again as was sent: such a receipt speaks of something else, as long as there is anything else. */
function isWithin(run: readonly Claim[], receipt: Claim): boolean {
  return receipt.left <= 1.5 * run.reduce((sum, { left }) => sum + left, 0);
}

function matchAll(shipments: readonly Claim[], receipt: Claim, how: Matched): void {
  for (const shipment of shipments) if (isOpen(receipt)) match(shipment, receipt, how);
}

const mostCompared = 50;

/** The following ones whose sum is the nearest to what was received; of several the latest. */
function nearest(shipments: readonly Claim[], received: number): readonly Claim[] {
  const last = shipments.slice(-mostCompared);
  let [first, after, off] = [0, 0, Number.POSITIVE_INFINITY];
  for (let from = last.length - 1; from >= 0; from--) {
    let sum = 0;
    for (let until = from; until < last.length; until++) {
      sum += last[until]?.left ?? 0;
      const by = isSameAmount(sum, received) ? 0 : Math.abs(sum - received);
      if (by < off) [first, after, off] = [from, until + 1, by];
    }
  }
  return last.slice(first, after);
}

/** Received before it was shipped: a clock that is off, a day that was mistyped, or a paper written afterwards. */
function matchShipment(ahead: readonly Claim[], shipment: Claim, { fits, reachedAt }: Pairing): void {
  if (!isOpen(shipment)) return;
  const receipts = ahead.filter(
    (receipt) =>
      isUntouched(receipt) &&
      fits(shipment, receipt) &&
      receipt.at < shipment.at &&
      shipment.at - receipt.at <= farthestApartMs &&
      isAlike(shipment, receipt),
  );
  const receipt = receipts.find(({ left }) => isSameAmount(left, shipment.left)) ?? receipts[0];
  // Where the goods were tainted before they were received, the receiver's clock tells what it got.
  if (receipt !== undefined) match(shipment, receipt, reachedAt(shipment.from) <= receipt.at ? 'ahead' : 'unsure');
}

/** Near enough to be the same goods: something may be lost on the way, not half of it. */
function isAlike(shipment: Claim, receipt: Claim): boolean {
  if (Number.isNaN(shipment.left) || Number.isNaN(receipt.left)) return true;
  if (shipment.dimension !== receipt.dimension) return true;
  return receipt.left >= shipment.left / 2 && receipt.left <= shipment.left * 1.5;
}
