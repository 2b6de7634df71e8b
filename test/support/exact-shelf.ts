// The books of one place in exact fractions: what is put there, taken, counted and mixed, and how much of it is recalled goods.
import { type Fraction, least, minus, most, one, per, plus, sum, times, zero } from './fraction.ts';
import { type At, type Happening, type Line, nameOf, type Said } from './goods-story.ts';

export type Why = 'unsaid' | 'units' | 'mixed' | 'clock';

export type Shelf = {
  kind: Said['kind'] | undefined;
  came: Fraction;
  recalledCame: Fraction;
  there: Fraction;
  recalled: Fraction;
  cameWhy: Why | undefined;
  thereWhy: Why | undefined;
  recalledWhy: Why | undefined;
  readonly contents: Set<'recalled' | 'other' | 'both'>;
};

/** Goods in somebody's hands. `said`: undefined, an unknown amount. */
export type Hand = {
  readonly said: Fraction | undefined;
  readonly kind: Said['kind'];
  readonly is: 'recalled' | 'other' | 'both';
  readonly recalled: Fraction;
  readonly why: Why | undefined;
};

export type Books = {
  readonly asked: number;
  readonly shelves: Map<string, Shelf>;
  /** When recalled goods can first have been there. */
  readonly reached: ReadonlyMap<string, number>;
};

export function clean({ amount, kind, told }: Said): Hand {
  return { said: told === undefined ? undefined : amount, kind, is: 'other', recalled: zero, why: undefined };
}

export function partOf(hand: Hand, said: Said): Hand {
  const amount = said.told === undefined ? undefined : said.amount;
  if (hand.is === 'other') return clean(said);
  const { kind } = said;
  if (amount !== undefined && hand.said !== undefined && kind === hand.kind) {
    if (hand.said.over === amount.over && hand.said.under === amount.under) return hand;
    const share = hand.said.over > 0n ? per(amount, hand.said) : zero;
    return { ...hand, said: amount, recalled: times(hand.recalled, share) };
  }
  if (amount === undefined && hand.said === undefined) return hand;
  if (hand.is === 'recalled') return { ...hand, said: amount, kind, recalled: amount ?? zero };
  return { ...hand, said: amount, kind, recalled: zero, why: hand.why ?? 'units' };
}

export function shelfOf({ shelves }: Books, lot: number, site: At): Shelf {
  const name = nameOf(lot, site);
  const known = shelves.get(name);
  if (known !== undefined) return known;
  const empty: Shelf = {
    ...{ kind: undefined, came: zero, recalledCame: zero, there: zero, recalled: zero },
    ...{ cameWhy: undefined, thereWhy: undefined, recalledWhy: undefined, contents: new Set() },
  };
  shelves.set(name, empty);
  return empty;
}

export function isOf(books: Books, lot: number, shelf: Shelf): Hand['is'] {
  if (lot === books.asked) return 'recalled';
  if (shelf.contents.size === 0) return 'other';
  const [only] = shelf.contents;
  return shelf.contents.size === 1 && only !== undefined ? only : 'both';
}

/** Why an amount cannot be written into the books of a shelf. */
function whyNot(shelf: Shelf, said: Fraction | undefined, kind: Said['kind']): Why | undefined {
  if (said === undefined) return 'unsaid';
  shelf.kind ??= kind;
  return shelf.kind === kind ? undefined : 'units';
}

export function take(books: Books, lot: number, site: At, said: Said): Hand {
  const shelf = shelfOf(books, lot, site);
  const is = isOf(books, lot, shelf);
  const amount = said.told === undefined ? undefined : said.amount;
  const hand: Hand = { said: amount, kind: said.kind, is, recalled: zero, why: undefined };
  const why = whyNot(shelf, amount, said.kind);
  if (why !== undefined || amount === undefined) {
    shelf.thereWhy ??= why;
    if (is === 'other') return hand;
    if (is === 'recalled') return { ...hand, recalled: amount ?? zero };
    return { ...hand, why: shelf.recalledWhy ?? why };
  }
  const doubted = shelf.thereWhy;
  const isWhole = lot === books.asked || (is === 'recalled' && doubted !== undefined);
  const recalled = times(amount, isWhole ? one : shareOf(shelf));
  shelf.there = minus(shelf.there, amount);
  shelf.recalled = most(zero, minus(shelf.recalled, recalled));
  return { ...hand, recalled, why: is === 'both' ? (shelf.recalledWhy ?? doubted) : undefined };
}

function shareOf({ there, recalled, came, recalledCame }: Shelf): Fraction {
  if (there.over > 0n) return least(one, per(recalled, there));
  return came.over > 0n ? least(one, per(recalledCame, came)) : zero;
}

export function put(books: Books, lot: number, site: At, hand: Hand): void {
  const shelf = shelfOf(books, lot, site);
  if (hand.said?.over === 0n) {
    whyNot(shelf, hand.said, hand.kind);
    return;
  }
  shelf.contents.add(lot === books.asked ? 'recalled' : hand.is);
  const why = whyNot(shelf, hand.said, hand.kind);
  if (hand.is === 'both') shelf.recalledWhy ??= hand.why ?? why;
  if (why !== undefined || hand.said === undefined) {
    shelf.thereWhy ??= why;
    shelf.cameWhy ??= why;
    return;
  }
  const recalled = lot === books.asked ? hand.said : hand.recalled;
  shelf.came = plus(shelf.came, hand.said);
  shelf.there = plus(shelf.there, hand.said);
  shelf.recalledCame = plus(shelf.recalledCame, recalled);
  shelf.recalled = plus(shelf.recalled, recalled);
}

export function putBeyond(books: Books, lot: number, site: At, said: Said): void {
  const isPure = isOf(books, lot, shelfOf(books, lot, site)) === 'recalled';
  put(books, lot, site, { ...clean(said), is: isPure ? 'recalled' : 'other' });
}

export function count(books: Books, lot: number, site: At, said: Said): void {
  if (said.told === undefined) return;
  const shelf = shelfOf(books, lot, site);
  if (whyNot(shelf, said.amount, said.kind) !== undefined) {
    shelf.thereWhy ??= 'units';
    return;
  }
  const { there, recalled, thereWhy } = shelf;
  const is = isOf(books, lot, shelf);
  const still =
    there.over > 0n ? times(recalled, least(one, per(said.amount, there))) : times(said.amount, shareOf(shelf));
  const isWhole = lot === books.asked || (is === 'recalled' && thereWhy !== undefined);
  shelf.recalled = isWhole ? said.amount : least(said.amount, least(still, shelf.recalledCame));
  if (is === 'both') shelf.recalledWhy ??= thereWhy;
  shelf.thereWhy = undefined;
  shelf.there = said.amount;
}

export function mixIn(books: Books, { site, ins, outs }: Extract<Happening, { kind: 'mixed' }>): void {
  const hands = ins.map(({ lot, said }) => take(books, lot, site, said)).filter(({ said }) => said?.over !== 0n);
  for (const [index, hand] of madeOf(hands, outs).entries()) put(books, outs[index]?.lot ?? 0, site, hand);
}

function madeOf(hands: readonly Hand[], outs: readonly Line[]): Hand[] {
  if (hands.every(({ is }) => is === 'other')) return outs.map(({ said }) => clean(said));
  const is = hands.every((hand) => hand.is === 'recalled') ? 'recalled' : 'both';
  const amounts = [
    ...hands.map(({ said, kind }) => ({ said, kind })),
    ...outs.map(({ said }) => ({ said: said.told === undefined ? undefined : said.amount, kind: said.kind })),
  ];
  const isOneKind = amounts.every(({ said, kind }) => said !== undefined && kind === amounts[0]?.kind);
  const doubted = hands.find(({ why }) => why !== undefined)?.why;
  const put = sum(hands.map(({ said }) => said ?? zero));
  const made = sum(outs.map(({ said }) => said.amount));
  const recalled = sum(hands.map((hand) => hand.recalled));
  return outs.map(({ said }): Hand => {
    const hand = { ...clean(said), is } as const;
    if (isOneKind && doubted === undefined) {
      const kept = times(recalled, least(one, per(made, put)));
      return { ...hand, recalled: times(said.amount, per(kept, made)) };
    }
    if (is === 'recalled') return { ...hand, recalled: said.told === undefined ? zero : said.amount };
    return { ...hand, why: doubted ?? 'mixed' };
  });
}
