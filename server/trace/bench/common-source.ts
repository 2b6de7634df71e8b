// What several lots have in common upstream: lots they were all made from and places they all passed, ranked.

/** One lot that is compared, with everything before it. */
export type Upstream = {
  readonly lotId: number;
  /** Lots it was made from, itself too; depth counts transformations. */
  readonly lots: readonly { readonly lotId: number; readonly depth: number }[];
  /** Where it or a lot before it was; `at` the latest time it can have left, unix ms. */
  readonly places: readonly { readonly siteId: string; readonly depth: number; readonly at: number | null }[];
};

export type CommonLot = {
  readonly lotId: number;
  /** Positions of the compared lots that reach it, in their order. */
  readonly reachedBy: readonly number[];
  /** Transformations to the compared lots, on average. */
  readonly depth: number;
};

export type CommonPlace = {
  readonly siteId: string;
  readonly reachedBy: readonly number[];
  /** Between the first and the last time goods on the way were there; null where nobody said. */
  readonly fromAt: number | null;
  readonly untilAt: number | null;
};

/** Lots that at least two of the compared ones reach: most of them first, then the nearest. */
export function commonLots(compared: readonly Upstream[]): CommonLot[] {
  const found = new Map<number, { reachedBy: number[]; depths: number }>();
  for (const [position, { lots }] of compared.entries()) {
    for (const { lotId, depth } of lots) {
      const known = found.get(lotId) ?? { reachedBy: [], depths: 0 };
      known.reachedBy.push(position);
      known.depths += depth;
      found.set(lotId, known);
    }
  }
  return [...found]
    .filter(([, { reachedBy }]) => reachedBy.length >= 2)
    .map(([lotId, { reachedBy, depths }]) => ({ lotId, reachedBy, depth: depths / reachedBy.length }))
    .sort((a, b) => b.reachedBy.length - a.reachedBy.length || a.depth - b.depth || a.lotId - b.lotId);
}

/** Places that at least two of the compared lots passed: most of them first, then those nearest in steps. */
export function commonPlaces(compared: readonly Upstream[]): CommonPlace[] {
  const found = new Map<string, Passed>();
  for (const [position, { places }] of compared.entries()) {
    for (const { siteId, depth, at } of places) {
      const known: Passed = found.get(siteId) ?? { nearest: new Map(), times: [] };
      known.nearest.set(position, Math.min(depth, known.nearest.get(position) ?? depth));
      if (at !== null) known.times.push(at);
      found.set(siteId, known);
    }
  }
  const steps = ({ nearest }: Passed) => [...nearest.values()].reduce((sum, depth) => sum + depth, 0) / nearest.size;
  return [...found]
    .filter(([, { nearest }]) => nearest.size >= 2)
    .sort((a, b) => b[1].nearest.size - a[1].nearest.size || steps(a[1]) - steps(b[1]) || (a[0] < b[0] ? -1 : 1))
    .map(([siteId, { nearest, times }]) => ({
      siteId,
      reachedBy: [...nearest.keys()].sort((a, b) => a - b),
      fromAt: times.length === 0 ? null : times.reduce((least, at) => Math.min(least, at)),
      untilAt: times.length === 0 ? null : times.reduce((most, at) => Math.max(most, at)),
    }));
}

type Passed = {
  /** Position of a compared lot → fewest steps to the place. */
  readonly nearest: Map<number, number>;
  readonly times: number[];
};
