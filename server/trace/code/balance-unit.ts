// Units of quantities: UN/CEFACT Recommendation 20 codes, what people write for them, and how one becomes another.

import { unitWord } from './unit-word.ts';

export type Dimension = 'mass' | 'volume' | 'pieces';

type Unit = { readonly dimension: Dimension; readonly factor: number };

/** How many of the base unit (kilogram, litre, piece) one of each is. */
const units: Readonly<Record<string, Unit>> = {
  KGM: { dimension: 'mass', factor: 1 },
  GRM: { dimension: 'mass', factor: 0.001 },
  MGM: { dimension: 'mass', factor: 0.000_001 },
  TNE: { dimension: 'mass', factor: 1000 },
  DTN: { dimension: 'mass', factor: 100 },
  LBR: { dimension: 'mass', factor: 0.453_592_37 },
  ONZ: { dimension: 'mass', factor: 0.028_349_523_125 },
  LTR: { dimension: 'volume', factor: 1 },
  MLT: { dimension: 'volume', factor: 0.001 },
  HLT: { dimension: 'volume', factor: 100 },
  MTQ: { dimension: 'volume', factor: 1000 },
  C62: { dimension: 'pieces', factor: 1 },
  H87: { dimension: 'pieces', factor: 1 },
  EA: { dimension: 'pieces', factor: 1 },
  DZN: { dimension: 'pieces', factor: 12 },
};

/** `kg`, `公斤`, `KGM` → KGM; undefined for what is no unit, and for 斤, which is half of one. Pieces have a code of their own: C62. */
export function unitCode(text: string): string | undefined {
  const word = unitWord(text);
  return word?.times === 1 ? word.code : undefined;
}

/** What one lot's amounts are counted in. */
export type ProductUnit = {
  /** Base unit of balances; undefined: pieces. */
  readonly unit: string | undefined;
  /** Unit code → how many of `unit` it holds, such as { CS: 12.5 }. */
  readonly factors: Readonly<Record<string, number>>;
};

/**
 * `quantity` of `unit` (undefined: pieces) in kilograms, litres or pieces; undefined where only a product factor could
 * convert it and the product has none.
 */
export function baseAmount(quantity: number, unit: string | undefined, product: ProductUnit): Amount | undefined {
  const code = unit ?? 'C62';
  const given = units[code];
  // What one piece is, a dozen and an H87 are too.
  const pieces = given?.dimension === 'pieces' ? given.factor : undefined;
  const each = product.factors['C62'];
  const factor = product.factors[code] ?? (pieces === undefined || each === undefined ? undefined : pieces * each);
  if (factor !== undefined) return plainAmount(quantity * factor, product.unit ?? 'C62');
  const wanted = units[product.unit ?? code];
  if (given === undefined) return code === product.unit ? { amount: quantity, dimension: code } : undefined;
  if (product.unit !== undefined && wanted?.dimension !== given.dimension) return undefined;
  return { amount: quantity * given.factor, dimension: given.dimension };
}

/** What was said as it was said: where the product has no factor, boxes are added to boxes and to nothing else. */
export function ownAmount(quantity: number, unit: string | undefined): Amount {
  return plainAmount(quantity, unit ?? 'C62');
}

/** `dimension`: mass, volume, pieces, or the code of a unit that is none of them. */
export type Amount = { readonly amount: number; readonly dimension: string };

function plainAmount(quantity: number, code: string): Amount {
  const unit = units[code];
  return unit === undefined
    ? { amount: quantity, dimension: code }
    : { amount: quantity * unit.factor, dimension: unit.dimension };
}

/** The unit amounts of a dimension are told in: KGM, LTR, C62, or the code itself. */
export function unitOfDimension(dimension: string): string {
  return dimension === 'mass' ? 'KGM' : dimension === 'volume' ? 'LTR' : dimension === 'pieces' ? 'C62' : dimension;
}
