// What people do about a small world afterwards, told as if it had been so from the start: two codes are one lot, pieces have a weight.
import { fraction, plus, times } from './fraction.ts';
import type { Delivery, Happening, Line, Said } from './goods-story.ts';

/** What one piece is found to weigh, kilograms. */
export const pieceWeighs = 0.5;

/** Pieces as kilograms; undefined where shipper and receiver counted in kinds that would then be one and disagree. */
export function weighed(story: readonly Happening[]): Happening[] | undefined {
  const isOneKind = (one: Happening) =>
    one.kind !== 'delivery' || one.received.every(({ said }) => said.kind === (one.shipped?.said.kind ?? said.kind));
  if (!story.every(isOneKind)) return undefined;
  return story.map((one) => saidOtherwise(one, weighedSaid));
}

function weighedSaid(said: Said): Said {
  return said.kind === 'pieces' ? { ...said, kind: 'mass', amount: times(said.amount, fraction(1n, 2n)) } : said;
}

function saidOtherwise(one: Happening, of: (said: Said) => Said): Happening {
  if (one.kind === 'mistake') return one;
  if (one.kind === 'delivery') return deliveredOtherwise(one, of);
  if (one.kind !== 'mixed') return { ...one, said: of(one.said) };
  const lines = (all: readonly Line[]) => all.map((line) => ({ ...line, said: of(line.said) }));
  return { ...one, ins: lines(one.ins), outs: lines(one.outs) };
}

function deliveredOtherwise(delivery: Delivery, of: (said: Said) => Said): Delivery {
  const { shipped, received } = delivery;
  return {
    ...delivery,
    shipped: shipped && { ...shipped, said: of(shipped.said) },
    received: received.map((each) => ({ ...each, said: of(each.said) })),
  };
}

/**
 * The lot `from` as the lot `into`; undefined where it was delivered, for two deliveries may then be read as one, and where one
 * event counts the two in two kinds, of which the books keep whichever stands first.
 */
export function merged(story: readonly Happening[], from: number, into: number): Happening[] | undefined {
  if (from === into || story.some((one) => one.kind === 'delivery' && one.lot === from)) return undefined;
  const kindsOf = (lines: readonly Line[]) =>
    new Set(lines.filter(({ lot }) => lot === from || lot === into).map(({ said }) => said.kind)).size;
  if (story.some((one) => one.kind === 'mixed' && kindsOf([...one.ins, ...one.outs]) > 1)) return undefined;
  const lotOf = (lot: number) => (lot === from ? into : lot);
  return story.map((one): Happening => {
    if (one.kind !== 'mixed') return { ...one, lot: lotOf(one.lot) };
    const lines = (all: readonly Line[]) => oneLineEach(all.map((line) => ({ ...line, lot: lotOf(line.lot) })));
    return { ...one, ins: lines(one.ins), outs: lines(one.outs) };
  });
}

/** What one event says of a lot in one unit is one amount; where a part of it is unsaid, all of it is. */
function oneLineEach(lines: readonly Line[]): Line[] {
  const each = new Map<string, Line>();
  for (const line of lines) {
    const name = `${line.lot} ${line.said.told?.unit ?? ''}`;
    const before = each.get(name);
    each.set(name, before === undefined ? line : { ...line, said: added(before.said, line.said) });
  }
  return [...each.values()];
}

function added(a: Said, b: Said): Said {
  if (a.told === undefined || b.told === undefined) return { ...a, told: undefined };
  return { ...a, amount: plus(a.amount, b.amount) };
}
