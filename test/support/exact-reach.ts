// Which holdings goods of one lot can have got to, and since when, by what events name: walked whatever the amounts.
import { type At, type Delivery, type Happening, nameOf } from './goods-story.ts';

type Step = { readonly at: number; readonly lot: number; readonly from: At; readonly to: At };

const infinitely = Number.POSITIVE_INFINITY;

/** Received before it was sent, from a place that had recalled goods when it sent: they may have been there from then on. */
export function followClocks(
  story: readonly Happening[],
  reached: ReadonlyMap<string, number>,
  early: Map<string, number>,
) {
  for (const happening of story) {
    if (happening.kind !== 'delivery' || !isEarly(happening)) continue;
    const { lot, from, to, shipped, received } = happening;
    const [sentAt, gotAt] = [shipped?.at ?? 0, received[0]?.at ?? 0];
    const had = reached.get(nameOf(lot, from)) ?? infinitely;
    const has = reached.get(nameOf(lot, to)) ?? -infinitely;
    if (had > gotAt && had <= sentAt && has > gotAt) early.set(nameOf(lot, to), gotAt);
  }
}

export function isEarly({ shipped, received }: Delivery): boolean {
  const [first] = received;
  return shipped !== undefined && first !== undefined && first.at < shipped.at;
}

export function reachedBy(story: readonly Happening[], asked: number, early: ReadonlyMap<string, number>) {
  const reached = new Map<string, number>();
  const touch = (lot: number, site: At, at: number) => {
    const name = nameOf(lot, site);
    reached.set(name, Math.min(reached.get(name) ?? infinitely, at, early.get(name) ?? infinitely));
  };
  for (const { lot, site } of namedIn(story)) if (lot === asked) touch(lot, site, -infinitely);
  const isThere = (lot: number, site: At, at: number) => (reached.get(nameOf(lot, site)) ?? infinitely) <= at;
  const walk = (step: Step) => {
    if (isThere(step.lot, step.from, step.at)) touch(step.lot, step.to, step.at);
  };
  const mix = ({ at, site, ins, outs }: Extract<Happening, { kind: 'mixed' }>) => {
    if (ins.some(({ lot }) => isThere(lot, site, at))) for (const { lot } of outs) touch(lot, site, at);
  };
  const steps = story.flatMap((happening) =>
    happening.kind === 'delivery'
      ? stepsOf(happening, story).map((step) => ({ at: step.at, run: () => walk(step) }))
      : happening.kind === 'mixed'
        ? [{ at: happening.at, run: () => mix(happening) }]
        : [],
  );
  steps.sort((a, b) => a.at - b.at);
  // A clock that is off may have reached a place before its step is walked.
  let before = '';
  while (before !== JSON.stringify([...reached])) {
    before = JSON.stringify([...reached]);
    for (const { run } of steps) run();
  }
  return reached;
}

/** The ways that events name, walked whatever the amounts. */
function stepsOf(delivery: Delivery, story: readonly Happening[]): Step[] {
  const { lot, from, to, shipped, received, via, paper, takenBackAt } = delivery;
  const steps: Step[] = received.map((receipt) => ({ at: receipt.at, lot, from: receipt.from, to }));
  if (via !== undefined) for (const { at } of received) steps.push({ at, lot, from: via, to });
  const [receipt] = received;
  if (paper?.of === 'receipt' && receipt !== undefined) steps.push({ at: paper.at, lot, from: receipt.from, to });
  if (shipped === undefined) return steps;
  // Whoever receives from nobody named may have got any shipment of the lot.
  const isFromNobody = (other: Happening) =>
    other.kind === 'delivery' && other.lot === lot && other.received.some(({ from: source }) => source === null);
  const ats = paper?.of === 'shipment' ? [shipped.at, paper.at] : [shipped.at];
  for (const at of ats) {
    steps.push({ at, lot, from, to: shipped.to });
    if (shipped.to !== null && story.some(isFromNobody)) steps.push({ at, lot, from, to: null });
  }
  if (takenBackAt !== undefined) steps.push({ at: takenBackAt, lot, from: shipped.to, to: from });
  return steps;
}

/** Holdings that events name which stand. */
function namedIn(story: readonly Happening[]): { lot: number; site: At }[] {
  return story.flatMap((happening) => {
    if (happening.kind === 'mistake') return [];
    if (happening.kind === 'mixed')
      return [...happening.ins, ...happening.outs].map(({ lot }) => ({ lot, site: happening.site }));
    if (happening.kind !== 'delivery') return [{ lot: happening.lot, site: happening.site }];
    return stepsOf(happening, story).flatMap(({ lot, from, to }) => [
      { lot, site: from },
      { lot, site: to },
    ]);
  });
}
