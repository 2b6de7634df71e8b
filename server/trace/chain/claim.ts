// What one side says of a delivery, and which words of the other side speak of the same goods.
import { edgeRoles } from '../event/chain-links.ts';
import type { Entries } from './entry.ts';

/**
 * How shipment and receipt belong together. `direct`: they name the same two places. `elsewhere`: the shipper named another
 * place of the receiver. `firm`: the receiver named another place of the shipper. `transit`: the shipper named nobody. `ahead`:
 * received before it was shipped, from a place that had the goods. `unsure`: received before the shipper can have had them.
 */
export type Matched = 'direct' | 'elsewhere' | 'firm' | 'transit' | 'ahead' | 'unsure';

/** The same goods in the words of both sides, which may count them differently. */
export type Match = {
  readonly shipment: Claim;
  readonly receipt: Claim;
  readonly how: Matched;
  readonly taken: number;
  readonly takenDimension: number;
  readonly amount: number;
  readonly dimension: number;
};

export type Claim = {
  readonly entry: number;
  readonly step: number;
  /** Unix ms. */
  readonly at: number;
  readonly role: number;
  readonly from: number;
  readonly to: number;
  /** Another place of the receiver that the shipper was said to have named. */
  readonly via: number | undefined;
  /** NaN: not said. */
  readonly amount: number;
  readonly dimension: number;
  /** What no word of the other side speaks of yet; NaN: an amount that was not said. */
  left: number;
  /** Of a shipment: what was said not to have left after all. */
  cancelled: number;
  readonly matches: Match[];
  /** `again`: another entry tells of the same shipment or receipt, and that one (`twice`) tells more of it. */
  told: 'once' | 'twice' | 'again';
};

export function claimOf(entries: Entries, entry: number): Claim {
  const [step, role, amount] = [entries.stepOf(entry), entries.roleOf(entry), entries.amountOf(entry)];
  return {
    entry,
    step,
    at: entries.atOf(entry),
    role,
    from: entries.fromOf(entry),
    to: entries.toOf(entry),
    via: role === edgeRoles.received ? entries.via.get(step) : undefined,
    amount,
    dimension: entries.dimensionOf(entry),
    left: amount,
    cancelled: 0,
    matches: [],
    told: 'once',
  };
}

/** Whether something of it is not spoken of by the other side. */
export function isOpen({ left }: Claim): boolean {
  return !(left <= 0);
}

export function isUntouched({ matches }: Claim): boolean {
  return matches.length === 0;
}

/** Conversions of units and sums of decimal fractions leave dust. */
export function isSameAmount(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(a, b);
}

/** Whether receipts may still belong to it: also when the one that did counted in another unit, or it named no amount. */
export function isAwaited(shipment: Claim): boolean {
  return isOpen(shipment) || isLoose(shipment);
}

export function isLoose(shipment: Claim): boolean {
  return shipment.matches.some(({ dimension }) => dimension !== shipment.dimension);
}

/** Adds the match to both. The receiver's amount counts for the receiver. */
export function match(shipment: Claim, receipt: Claim, how: Matched): void {
  const matched = sameGoods(shipment, receipt);
  const both = { shipment, receipt, how, ...matched };
  shipment.left = less(shipment, matched.taken);
  receipt.left = less(receipt, matched.amount);
  shipment.matches.push(both);
  receipt.matches.push(both);
}

function sameGoods(shipment: Claim, receipt: Claim): Pick<Match, 'taken' | 'takenDimension' | 'amount' | 'dimension'> {
  const { dimension } = shipment;
  const whole = { taken: shipment.left, takenDimension: dimension };
  if (Number.isNaN(receipt.left)) return { ...whole, amount: shipment.left, dimension };
  const received = { amount: receipt.left, dimension: receipt.dimension };
  if (Number.isNaN(shipment.amount)) return { taken: receipt.left, takenDimension: receipt.dimension, ...received };
  if (dimension !== receipt.dimension) return { ...whole, ...received };
  const amount = Math.min(shipment.left, receipt.left);
  return { taken: amount, takenDimension: dimension, amount, dimension };
}

/** What is left of a claim; sums of decimal fractions leave dust. */
function less({ amount, left }: Claim, matched: number): number {
  const rest = left - matched;
  return rest > amount * 1e-9 ? rest : 0;
}

/** CBV 2.0 §7.1, void_shipping: what a shipment named did not leave. The latest are taken back first. */
export function cancelShipments(word: Claim, shipments: readonly Claim[]): void {
  for (const shipment of [...shipments].reverse()) {
    if (!isOpen(word)) return;
    if (shipment.from !== word.to || shipment.matches.length > 0 || !isOpen(shipment)) continue;
    const unsaid = Number.isNaN(word.left) || Number.isNaN(shipment.left);
    if (!unsaid && shipment.dimension !== word.dimension) continue;
    const cancelled = unsaid ? shipment.left : Math.min(word.left, shipment.left);
    shipment.cancelled += cancelled;
    shipment.left = unsaid ? 0 : less(shipment, cancelled);
    word.left = unsaid ? 0 : less(word, cancelled);
  }
}
