// Puts the rows of columns in the order of time and step: a giant recall has half a million, and comparing them two by two took a tenth of it.

// Below this, comparing is faster than counting.
const fewRows = 2_000;
const digitBits = 11;
const buckets = 2 ** digitBits;
// The span of times that is counted: 2^33 ms are 99 days, and a wider span takes one more round.
const mostSpan = 2 ** 44;

/** Sorts row numbers by `first`, then by `second`; values are whole numbers below 2^53. The rows given may be overwritten. */
export function sortRows(
  rows: Uint32Array<ArrayBuffer>,
  first: readonly number[],
  second: readonly number[],
): Uint32Array<ArrayBuffer> {
  const compare = (a: number, b: number) => (first[a] ?? 0) - (first[b] ?? 0) || (second[a] ?? 0) - (second[b] ?? 0);
  if (rows.length < fewRows) return rows.sort(compare);
  const sorted = byKey(rows, first) ?? rows.sort(compare);
  // Equal times are few or in order already.
  for (let from = 0; from < sorted.length; ) {
    const key = first[sorted[from] ?? 0];
    let until = from + 1;
    let inOrder = true;
    for (; until < sorted.length && first[sorted[until] ?? 0] === key; until++) {
      if ((second[sorted[until - 1] ?? 0] ?? 0) > (second[sorted[until] ?? 0] ?? 0)) inOrder = false;
    }
    if (!inOrder) sorted.subarray(from, until).sort(compare);
    from = until;
  }
  return sorted;
}

/** A stable sort by eleven bits of the key at a time, lowest first; undefined where the keys lie too far apart. */
function byKey(rows: Uint32Array<ArrayBuffer>, keys: readonly number[]): Uint32Array<ArrayBuffer> | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < rows.length; i++) {
    const key = keys[rows[i] ?? 0] ?? 0;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  if (most - least >= mostSpan) return undefined;
  let [from, to] = [rows, new Uint32Array(rows.length)];
  const digits = new Uint16Array(rows.length);
  const isSmall = most - least < 2 ** 31;
  // One round for each digit: count how many rows have it, then put each row behind those with a lower one.
  let unit = 1;
  for (let shift = 0; unit <= most - least; shift += digitBits) {
    const ends = new Uint32Array(buckets + 1);
    for (let i = 0; i < from.length; i++) {
      const key = (keys[from[i] ?? 0] ?? 0) - least;
      const digit = isSmall ? (key >>> shift) & (buckets - 1) : Math.floor(key / unit) % buckets;
      digits[i] = digit;
      ends[digit + 1] = (ends[digit + 1] ?? 0) + 1;
    }
    for (let i = 1; i <= buckets; i++) ends[i] = (ends[i] ?? 0) + (ends[i - 1] ?? 0);
    for (let i = 0; i < from.length; i++) {
      const digit = digits[i] ?? 0;
      const at = ends[digit] ?? 0;
      to[at] = from[i] ?? 0;
      ends[digit] = at + 1;
    }
    [from, to] = [to, from];
    unit *= buckets;
  }
  return from;
}
