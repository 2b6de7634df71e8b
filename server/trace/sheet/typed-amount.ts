// Amounts as people type them into a form or a program sends them: 1,200 and full-width digits, 斤 and 箱 in the standard's units.
import { z } from 'zod';
import { inUnit, unitWord } from '../code/unit-word.ts';
import { readAmount } from './amount-text.ts';

/** A number above 0, or one as people type it. */
export const typedQuantity = z.preprocess(plainQuantity, z.coerce.number().positive().max(1e12));

function plainQuantity(value: unknown): unknown {
  const read = typeof value === 'string' ? readAmount(value) : undefined;
  return read?.ok === true && read.unit === undefined ? read.quantity : value;
}

export type TypedAmount = { readonly quantity: number | undefined; readonly unit: string | undefined };

/** In the unit of its code, undefined for pieces. Undefined where the unit is none. */
export function typedAmount(quantity: number | undefined, unit: string | undefined): TypedAmount | undefined {
  if (unit === undefined || unit.trim() === '') return { quantity, unit: undefined };
  const word = unitWord(unit);
  if (word === undefined) return undefined;
  return {
    quantity: quantity === undefined ? undefined : inUnit(quantity, word),
    unit: word.code === 'C62' ? undefined : word.code,
  };
}
