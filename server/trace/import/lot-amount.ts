// The one amount of a row: a count in packs, a weight, or both, each in its own unit, never one taken for the other.
import { baseAmount } from '../code/balance-unit.ts';
import { inUnit, unitWord } from '../code/unit-word.ts';
import type { CellFault, FaultAt } from './cell-fault.ts';

/** `unit` as written; undefined where the row says none. */
export type CellAmount = { readonly quantity: number; readonly unit: string | undefined };

type Amounts = { readonly quantity?: CellAmount; readonly weight?: CellAmount };
type Settled = { readonly amount: CellAmount | undefined; readonly found: readonly CellFault[] };

/** `unit`: what the row's unit column says. With a count and a weight the weight is the amount: books are kept in it. */
export function settledAmount({ quantity, weight }: Amounts, unit: string | undefined, faultAt: FaultAt): Settled {
  if (weight === undefined) return quantity === undefined ? nothing : inOneUnit(quantity, unit, faultAt);
  const weighed = { ...weight, unit: weight.unit ?? (massOf(1, unit) === undefined ? undefined : unit) };
  if (massOf(weighed.quantity, weighed.unit) === undefined) {
    const detail = 'A weight needs its unit: kg or 斤, in the heading or beside the number.';
    return { amount: undefined, found: [faultAt('weight', { level: 'fault', code: 'unit_missing', detail })] };
  }
  const counted = quantity === undefined ? undefined : massOf(quantity.quantity, quantity.unit ?? unit);
  if (counted !== undefined && Math.abs(counted - (massOf(weighed.quantity, weighed.unit) ?? 0)) > nearly) {
    const detail = 'Two amounts of this row are weights, and they differ.';
    return { amount: undefined, found: [faultAt('weight', { level: 'fault', code: 'amounts_contradict', detail })] };
  }
  return { amount: weighed, found: [] };
}

const nothing: Settled = { amount: undefined, found: [] };
const nearly = 1e-9;

/** `120公斤` beside a unit column that says 箱: nobody knows which is right. */
function inOneUnit(amount: CellAmount, unit: string | undefined, faultAt: FaultAt): Settled {
  if (amount.unit === undefined) return { amount: { ...amount, unit }, found: [] };
  if (unit === undefined || sameUnit(amount.unit, unit)) return { amount, found: [] };
  const detail = `The amount is in ${amount.unit}, and the unit says ${unit.slice(0, 20)}.`;
  const fault = faultAt('unit', { level: 'fault', code: 'unit_contradicts', detail, shown: amount.unit });
  return { amount, found: [fault] };
}

function massOf(quantity: number, unit: string | undefined): number | undefined {
  const word = unit === undefined ? undefined : unitWord(unit);
  if (word === undefined) return undefined;
  const base = baseAmount(inUnit(quantity, word), word.code, { unit: 'KGM', factors: {} });
  return base?.dimension === 'mass' ? base.amount : undefined;
}

function sameUnit(a: string, b: string): boolean {
  const [one, other] = [unitWord(a), unitWord(b)];
  return one !== undefined && other !== undefined && one.code === other.code && one.times === other.times;
}
