// Finds shipments and receipts that two kinds of event tell of: a transaction and the goods themselves, once each.
import { edgeRoles } from '../event/chain-links.ts';
import { type Claim, isSameAmount } from './claim.ts';

export type ToldWorld = {
  readonly isTransit: (place: number) => boolean;
  /** Which kind of event a step is of. */
  readonly kindOf: (step: number) => string;
};

// Papers are often written in the evening, or the day after.
export const farthestApartMs = 24 * 3_600_000;
// A busy shipper sends the same amount many times a day: only the nearest are asked for their kind.
const mostCandidates = 50;

/** Marks the one that says less: it names no amount or no partner, or is of the business side. */
export function markRepeats(claims: readonly Claim[], world: ToldWorld): void {
  for (const role of [edgeRoles.shipped, edgeRoles.received]) {
    const said = claims.filter((claim) => claim.role === role);
    // One that names no amount may be about any: those that name the same come first.
    for (const isAlike of [saysSameAmount, leavesAmountOpen]) markAlike(said, isAlike, world);
  }
}

type Alike = (a: Claim, b: Claim) => boolean;

function markAlike(said: readonly Claim[], isAlike: Alike, world: ToldWorld): void {
  for (const group of groupsOf(said, ({ from, to }) => `${from} ${to}`))
    for (const [index, claim] of group.entries())
      pairUp(claim, group.slice(index + 1, index + mostCandidates), isAlike, world);
  const unnamed = said.filter((claim) => world.isTransit(partnerOf(claim)));
  if (unnamed.length === 0) return;
  const named = said.filter((claim) => !world.isTransit(partnerOf(claim)));
  const bySide = new Map(groupsOf(named, (claim) => `${sideOf(claim)}`).map((group) => [keyOf(group), group]));
  for (const claim of unnamed) {
    const near = (bySide.get(sideOf(claim)) ?? []).filter(({ at }) => Math.abs(at - claim.at) <= farthestApartMs);
    pairUp(claim, near.slice(0, mostCandidates), isAlike, world);
  }
}

function keyOf([first]: readonly Claim[]): number {
  return first === undefined ? 0 : sideOf(first);
}

/** Whose word it is: the shipper's of a shipment, the receiver's of a receipt. */
function sideOf({ role, from, to }: Claim): number {
  return role === edgeRoles.shipped ? from : to;
}

function partnerOf({ role, from, to }: Claim): number {
  return role === edgeRoles.shipped ? to : from;
}

function groupsOf(claims: readonly Claim[], nameOf: (claim: Claim) => string): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const group = groups.get(nameOf(claim));
    if (group === undefined) groups.set(nameOf(claim), [claim]);
    else group.push(claim);
  }
  return [...groups.values()];
}

function pairUp(claim: Claim, others: readonly Claim[], isAlike: Alike, world: ToldWorld): void {
  if (claim.told !== 'once') return;
  const other = others.find(
    (one) =>
      one.told === 'once' &&
      Math.abs(one.at - claim.at) <= farthestApartMs &&
      isAlike(claim, one) &&
      world.kindOf(claim.step) !== world.kindOf(one.step),
  );
  if (other === undefined) return;
  const [kept, dropped] = saysMore(claim, other, world) >= 0 ? [claim, other] : [other, claim];
  kept.told = 'twice';
  dropped.told = 'again';
}

function saysSameAmount(a: Claim, b: Claim): boolean {
  return a.dimension === b.dimension && isSameAmount(a.amount, b.amount);
}

function leavesAmountOpen(a: Claim, b: Claim): boolean {
  return Number.isNaN(a.amount) || Number.isNaN(b.amount);
}

/** Above 0: `a` says more than `b`. */
function saysMore(a: Claim, b: Claim, world: ToldWorld): number {
  const amounts = ({ amount }: Claim) => (Number.isNaN(amount) ? 0 : 1);
  const partners = (claim: Claim) => (world.isTransit(partnerOf(claim)) ? 0 : 1);
  const goods = ({ step }: Claim) => (world.kindOf(step) === 'TransactionEvent' ? 0 : 1);
  return amounts(a) - amounts(b) || partners(a) - partners(b) || goods(a) - goods(b);
}
