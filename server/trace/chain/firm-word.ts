// Puts a receipt that names the shipper's firm together with the shipment that one of the firm's places tells of.
import { type Claim, isOpen, isSameAmount, isUntouched, match } from './claim.ts';
import { farthestApartMs } from './told-twice.ts';

export type FirmWorld = {
  readonly isTransit: (place: number) => boolean;
  /** The firm a place belongs to; undefined: not known. */
  readonly firmOf: (place: number) => number | undefined;
  /** Whether anything of the lot was ever there. */
  readonly isHeld: (place: number) => boolean;
};

/**
 * Before anything else: the very amount that a place of the firm sent to this receiver, which nobody signs for by that
 * place's own number. A later receipt by that number would otherwise be taken for a part of it.
 */
export function matchFirmsExactly(shipments: readonly Claim[], receipts: readonly Claim[], world: FirmWorld): void {
  const shippedBetween = byName(shipments, pairOf);
  const foreign = receipts.filter((one) => !world.isTransit(one.from) && !shippedBetween.has(pairOf(one)));
  if (foreign.length === 0) return;
  const [shippedTo, signedBetween] = [byName(shipments, ({ to }) => `${to}`), byName(receipts, pairOf)];
  const isSignedFor = (shipment: Claim) => {
    const alike = (claims: readonly Claim[] = []) => claims.filter((one) => isSame(one, shipment)).length;
    return alike(signedBetween.get(pairOf(shipment))) >= alike(shippedBetween.get(pairOf(shipment)));
  };
  for (const receipt of foreign) {
    const sent = (shippedTo.get(`${receipt.to}`) ?? []).filter(
      (one) => isSame(one, receipt) && isNearlyNow(one, receipt) && isFree(one, receipt, world),
    );
    const shipment = sent
      .slice(-mostCompared)
      .reverse()
      .find((one) => isOfFirm(one, receipt, world) && !isSignedFor(one));
    if (shipment !== undefined) match(shipment, receipt, 'firm');
  }
}

/** What is left: the very amount, or the last that the firm sent, also where it named nobody. */
export function matchFirms(shipments: readonly Claim[], receipts: readonly Claim[], world: FirmWorld): void {
  for (const receipt of receipts) {
    if (world.isTransit(receipt.from)) continue;
    const free = shipments.filter((one) => isFree(one, receipt, world));
    const known = free.filter((one) => isKnownOfFirm(one, receipt, world));
    const strange = world.isHeld(receipt.from) ? [] : free.filter((one) => isNearlyNow(one, receipt));
    const shipment = [...known, ...strange].reverse().find((one) => isSame(one, receipt)) ?? known.at(-1);
    if (shipment !== undefined) match(shipment, receipt, world.isTransit(shipment.to) ? 'transit' : 'firm');
  }
}

function isFree(shipment: Claim, receipt: Claim, world: FirmWorld): boolean {
  if (!isUntouched(shipment) || !isOpen(shipment) || shipment.at > receipt.at) return false;
  return shipment.from !== receipt.from && (shipment.to === receipt.to || world.isTransit(shipment.to));
}

/** Or nothing of the lot was ever where it is said to come from. */
function isOfFirm(shipment: Claim, receipt: Claim, world: FirmWorld): boolean {
  return isKnownOfFirm(shipment, receipt, world) || !world.isHeld(receipt.from);
}

function isKnownOfFirm(shipment: Claim, receipt: Claim, { firmOf }: FirmWorld): boolean {
  const firm = firmOf(receipt.from);
  return firm !== undefined && firmOf(shipment.from) === firm;
}

// A busy shipper sends the same amount many times: only the last are looked at.
const mostCompared = 50;
// A week on the road is long for food.
const longestRoadMs = 7 * farthestApartMs;

function isNearlyNow(shipment: Claim, receipt: Claim): boolean {
  return receipt.at - shipment.at <= longestRoadMs;
}

export function isSame(a: Claim, b: Claim): boolean {
  return a.dimension === b.dimension && isSameAmount(a.left, b.left);
}

function pairOf({ from, to }: Claim): string {
  return `${from} ${to}`;
}

function byName(claims: readonly Claim[], nameOf: (claim: Claim) => string): Map<string, Claim[]> {
  const named = new Map<string, Claim[]>();
  for (const claim of claims) {
    const others = named.get(nameOf(claim));
    if (others === undefined) named.set(nameOf(claim), [claim]);
    else others.push(claim);
  }
  return named;
}
