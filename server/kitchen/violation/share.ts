// A share that was counted, with the interval that says how little or much we know.

export type Share = { readonly share: number; readonly low: number; readonly high: number; readonly of: number };

// 95 %.
export const z95 = 1.959964;

/** A share with its Wilson 95 % interval (E. B. Wilson 1927); undefined when nothing was counted. */
export function wilson(hits: number, of: number): Share | undefined {
  if (of <= 0) return undefined;
  const share = hits / of;
  const middle = (share + z95 ** 2 / (2 * of)) / (1 + z95 ** 2 / of);
  const half = (z95 / (1 + z95 ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z95 ** 2 / (4 * of ** 2));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half), of };
}
