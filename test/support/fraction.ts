// Exact fractions of whole numbers, for a second opinion that no rounding can spoil.

/** In lowest terms; `under` is positive. */
export type Fraction = { readonly over: bigint; readonly under: bigint };

export const zero: Fraction = { over: 0n, under: 1n };
export const one: Fraction = { over: 1n, under: 1n };

export function fraction(over: bigint, under = 1n): Fraction {
  const divisor = greatestDivisor(over, under) * (under < 0n ? -1n : 1n);
  return { over: over / divisor, under: under / divisor };
}

export const plus = (a: Fraction, b: Fraction) => fraction(a.over * b.under + b.over * a.under, a.under * b.under);
export const minus = (a: Fraction, b: Fraction) => plus(a, fraction(-b.over, b.under));
export const times = (a: Fraction, b: Fraction) => fraction(a.over * b.over, a.under * b.under);
export const per = (a: Fraction, b: Fraction) => fraction(a.over * b.under, a.under * b.over);
export const isMore = (a: Fraction, b: Fraction) => a.over * b.under > b.over * a.under;
export const least = (a: Fraction, b: Fraction) => (isMore(a, b) ? b : a);
export const most = (a: Fraction, b: Fraction) => (isMore(a, b) ? a : b);
export const sum = (all: readonly Fraction[]) => all.reduce(plus, zero);

/** As a number, to a millionth. */
export function toMillionth({ over, under }: Fraction): number {
  const doubled = (2n * over * 1_000_000n) / under;
  const rounded = doubled < 0n ? (doubled - 1n) / 2n : (doubled + 1n) / 2n;
  return Number(rounded) / 1e6;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
