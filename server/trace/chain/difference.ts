// What shipper and receiver do not agree on, for each receiver: too little, too much, never scanned, received before it was sent.
import { edgeRoles } from '../event/chain-links.ts';
import type { Replay } from './balance.ts';
import { type Claim, claimOf } from './claim.ts';
import { of, type Stocks } from './stock.ts';

export type Difference = {
  /** Shipped, and not among what was signed for on arrival; signed for beyond what was shipped. */
  short: number;
  over: number;
  /** Shipped and never received; received and never shipped; when the last such happened, unix ms. */
  unreceived: number;
  unreceivedAt: number;
  unshipped: number;
  unshippedAt: number;
  /** The last shipment, unix ms; NaN: none. */
  shippedAt: number;
  /** Received before it was sent: how often, and the last of them; unix ms. */
  early: { times: number; shippedAt: number; receivedAt: number } | undefined;
};

/** By receiver; amounts in another dimension than its own are left out. */
export function differencesOf({ entries, deliveries, stocks }: Replay, isTransit: (place: number) => boolean) {
  const found = new Map<number, Difference>();
  for (const claim of deliveries.claims) if (!isTransit(claim.to)) addClaim(rowOf(found, claim.to), claim, stocks);
  for (let entry = 0; entry < entries.count; entry++) {
    const [role, to] = [entries.roleOf(entry), entries.toOf(entry)];
    if (deliveries.movements[entry] !== undefined || isTransit(to)) continue;
    if (role === edgeRoles.shipped || role === edgeRoles.received)
      addClaim(rowOf(found, to), claimOf(entries, entry), stocks);
  }
  return found;
}

function rowOf(found: Map<number, Difference>, place: number): Difference {
  const known = found.get(place);
  if (known !== undefined) return known;
  const fresh = {
    ...{ short: 0, over: 0, unreceived: 0, unreceivedAt: 0, unshipped: 0, unshippedAt: 0 },
    ...{ shippedAt: Number.NaN, early: undefined },
  };
  found.set(place, fresh);
  return fresh;
}

function addClaim(row: Difference, { role, at, to, left, dimension, matches }: Claim, stocks: Stocks): void {
  const counts = left > 0 && dimension === of(stocks.dimension, to);
  if (role === edgeRoles.shipped) {
    row.shippedAt = Math.max(at, Number.isNaN(row.shippedAt) ? at : row.shippedAt);
    if (!counts) return;
    if (matches.length > 0) row.short += left;
    else {
      row.unreceived += left;
      row.unreceivedAt = Math.max(row.unreceivedAt, at);
    }
  } else if (role === edgeRoles.received) {
    for (const { how, shipment } of matches) {
      if ((how === 'ahead' || how === 'unsure') && at < shipment.at)
        row.early = { times: (row.early?.times ?? 0) + 1, shippedAt: shipment.at, receivedAt: at };
    }
    if (!counts) return;
    if (matches.length > 0) row.over += left;
    else {
      row.unshipped += left;
      row.unshippedAt = Math.max(row.unshippedAt, at);
    }
  }
}

/** Receipts that came before the shipment they belong to: from where, to where, unix ms. */
export function earlyReceipts({ deliveries }: Replay) {
  return deliveries.claims.flatMap((claim) =>
    claim.role !== edgeRoles.received
      ? []
      : claim.matches
          .filter(({ how }) => how === 'unsure')
          .map(({ shipment }) => ({ from: shipment.from, to: claim.to, shippedAt: shipment.at, receivedAt: claim.at })),
  );
}
