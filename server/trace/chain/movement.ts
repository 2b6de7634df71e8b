// What a claim about a delivery means for the books: how much leaves which place, and how much of it arrives where.
import { edgeRoles } from '../event/chain-links.ts';
import { type Claim, isOpen, type Match, type Matched } from './claim.ts';
import { nowhere } from './entry.ts';

export type Arrival = { readonly to: number; readonly amount: number; readonly dimension: number };

/** Goods leave one place at the time of an entry, and arrive at others; what does not arrive is missing on the way. */
export type Movement = {
  /** nowhere: they are not taken from anybody's books. */
  readonly from: number;
  /** NaN: not said by either side. */
  readonly taken: number;
  readonly dimension: number;
  readonly arrivals: readonly Arrival[];
  /**
   * What they are: `taken`: what left; `unsure`: they came before the shipper can have had recalled goods, and left when it
   * had; `clean`: it never had any; `beyond`: the receiver signed for more than was shipped.
   */
  readonly goods: 'taken' | 'unsure' | 'clean' | 'beyond';
};

export type MovementWorld = {
  readonly isTransit: (place: number) => boolean;
  /** When recalled goods can first have been there, unix ms; Infinity: never. */
  readonly reachedAt: (place: number) => number;
};

/** The movements at the time of the claim. */
export function movementsOf(claim: Claim, world: MovementWorld): readonly Movement[] {
  if (claim.role === edgeRoles.received) return ofReceipt(claim, world);
  return [claim.role === edgeRoles.returned ? plain(claim) : ofShipment(claim, world)];
}

function plain({ from, to, left, dimension }: Claim): Movement {
  return { from, taken: left, dimension, arrivals: [{ to, amount: left, dimension }], goods: 'taken' };
}

function ofReceipt(receipt: Claim, world: MovementWorld): readonly Movement[] {
  if (receipt.matches.length === 0) return [plain(receipt)];
  const movements = receipt.matches.flatMap((match) => atReceipt(match, world));
  const { to, left, dimension } = receipt;
  if (!isOpen(receipt)) return movements;
  return [
    ...movements,
    { from: nowhere, taken: 0, dimension, arrivals: [{ to, amount: left, dimension }], goods: 'beyond' },
  ];
}

/** What moves when it is received; the rest has moved when it was shipped. */
function atReceipt(match: Match, world: MovementWorld): Movement[] {
  const { shipment, receipt, how, taken, takenDimension, amount, dimension } = match;
  const arrivals = [{ to: receipt.to, amount, dimension }];
  if (how === 'unsure') {
    const what = world.reachedAt(shipment.from) <= shipment.at ? 'unsure' : 'clean';
    return [{ from: nowhere, taken: 0, dimension, arrivals, goods: what }];
  }
  if (isAtShipment(how)) return [];
  const from = how === 'transit' ? shipment.to : shipment.from;
  return [{ from, taken, dimension: takenDimension, arrivals, goods: 'taken' }];
}

function ofShipment(shipment: Claim, world: MovementWorld): Movement {
  const { from, to, left, dimension, matches } = shipment;
  const { amount: taken, dimension: takenDimension } = departed(shipment);
  const common = { from, taken, dimension: takenDimension, goods: 'taken' } as const;
  if (world.isTransit(to)) {
    const unsure = sum(matches.filter(({ how }) => how === 'unsure'));
    return { ...common, arrivals: [{ to, amount: taken - unsure, dimension: takenDimension }] };
  }
  if (matches.length === 0) return { ...common, arrivals: [{ to, amount: left, dimension }] };
  const arrivals: Arrival[] = matches
    .filter(({ how }) => isAtShipment(how))
    .map((match) => ({ to: match.receipt.to, amount: match.amount, dimension: match.dimension }));
  // Whoever was named and got nothing is known to have got nothing.
  if (matches.every(({ how }) => how === 'elsewhere')) arrivals.push({ to, amount: 0, dimension });
  for (const { how, receipt } of matches) if (how === 'firm') arrivals.push({ to: receipt.from, amount: 0, dimension });
  return { ...common, arrivals };
}

/** Goods that were shipped to somebody are in nobody's books but the receiver's while they are on the road. */
function isAtShipment(how: Matched): boolean {
  return how === 'direct' || how === 'elsewhere' || how === 'firm';
}

/** What leaves the shipper when it ships: what nobody has received from it before. */
function departed({ amount, dimension, cancelled, matches }: Claim): { amount: number; dimension: number } {
  const before = sum(matches.filter(({ how }) => how === 'ahead'));
  if (!Number.isNaN(amount)) return { amount: Math.max(0, amount - cancelled - before), dimension };
  if (Number.isNaN(cancelled)) return { amount: 0, dimension };
  const later = matches.filter(({ how }) => how !== 'ahead');
  const counted = later[0]?.takenDimension ?? dimension;
  const known = matches.length > 0 && later.every(({ takenDimension }) => takenDimension === counted);
  return { amount: known ? sum(later) : Number.NaN, dimension: counted };
}

function sum(matches: readonly Match[]): number {
  return matches.reduce((total, { taken }) => total + taken, 0);
}
