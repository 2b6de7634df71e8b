// Which frames of a kitchen are learnt from and which are only measured on: the later ones, with a pause between.

type Timed = { readonly at: number; readonly hash: string };

export type TimeSplit<T> = {
  readonly learnt: readonly T[];
  /** The later frames; never learnt from. */
  readonly later: readonly T[];
  /** On neither side: so near to the later ones that they show the same moment. */
  readonly between: readonly T[];
};

const laterShare = 0.3;
const pauseMs = 5 * 60_000;

/** In the order of time. A picture that is also among the later ones is not learnt from. */
export function splitByTime<T extends Timed>(frames: readonly T[]): TimeSplit<T> {
  const sorted = [...frames].sort((a, b) => a.at - b.at || a.hash.localeCompare(b.hash));
  const first = sorted[Math.floor(sorted.length * (1 - laterShare))];
  if (first === undefined) return { learnt: [], later: [], between: [] };
  const later = sorted.filter(({ at }) => at >= first.at);
  const kept = new Set(later.map(({ hash }) => hash));
  const earlier = sorted.filter(({ at }) => at < first.at);
  const isLearnt = ({ at, hash }: T) => at < first.at - pauseMs && !kept.has(hash);
  return { learnt: earlier.filter(isLearnt), later, between: earlier.filter((frame) => !isLearnt(frame)) };
}
