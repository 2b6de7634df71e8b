// A second opinion about a recall: the books of a small world whose truth is known, in exact fractions, without a database.
import { followClocks, isEarly, reachedBy } from './exact-reach.ts';
import {
  type Books,
  clean,
  count,
  type Hand,
  isOf,
  mixIn,
  partOf,
  put,
  putBeyond,
  type Shelf,
  shelfOf,
  take,
  type Why,
} from './exact-shelf.ts';
import { type Fraction, isMore, least, minus, most, zero } from './fraction.ts';
import { type At, type Delivery, firmOf, type Happening, lots, nameOf, type Said, sites } from './goods-story.ts';

/** What a recall should say of one holding. */
export type Expected = {
  readonly lot: number;
  readonly site: At;
  readonly scope: 'definite' | 'proportional' | 'potential';
  readonly received: Fraction | null;
  readonly onHand: Fraction | null;
  readonly share: Fraction | null;
  readonly reason: Why | 'linked' | null;
};

type Move = { readonly at: number; readonly run: (books: Books) => void };
/** Every holding that a recall of `asked` reaches. */
export function expectedOf(story: readonly Happening[], asked: number): Expected[] {
  const early = new Map<string, number>();
  for (;;) {
    const reached = reachedBy(story, asked, early);
    const before = early.size;
    followClocks(story, reached, early);
    if (early.size > before) continue;
    const books: Books = { asked, shelves: new Map(), reached };
    const moves = story.flatMap((happening) => movesOf(happening, reached));
    for (const move of moves.sort((a, b) => a.at - b.at)) move.run(books);
    return rowsOf(books);
  }
}

function movesOf(happening: Happening, reached: ReadonlyMap<string, number>): Move[] {
  if (happening.kind === 'delivery') return deliveryMoves(happening, reached);
  if (happening.kind === 'mixed') return [{ at: happening.at, run: (books) => mixIn(books, happening) }];
  if (happening.kind === 'seen' || happening.kind === 'mistake') return [];
  const { lot, site, said, at } = happening;
  const run = (books: Books) => {
    if (happening.kind === 'gone') take(books, lot, site, said);
    else if (happening.kind === 'made') put(books, lot, site, clean(said));
    else count(books, lot, site, said);
  };
  return [{ at, run }];
}

function deliveryMoves(delivery: Delivery, reached: ReadonlyMap<string, number>): Move[] {
  const { lot, from, to, shipped, received } = delivery;
  if (shipped === undefined)
    return received.map(({ at, said, from: source }) => ({
      at,
      run: (books) => put(books, lot, to, take(books, lot, source, said)),
    }));
  const sent = sentOf(delivery);
  const start = (run: Move['run']): Move => ({ at: shipped.at, run });
  const naught = { ...sent, amount: zero, told: { quantity: 0, unit: undefined } };
  if (delivery.takenBackAt !== undefined)
    return [
      start((books) => {
        take(books, lot, from, naught);
        put(books, lot, shipped.to, clean(naught));
      }),
    ];
  if (isEarly(delivery)) return earlyMoves(delivery, sent, reached);
  const signed = signedOf(delivery);
  const overs = oversOf(delivery);
  if (shipped.to === null)
    return [
      start((books) => put(books, lot, null, take(books, lot, from, sent))),
      ...received.map(({ at }, index) => ({
        at,
        run: (books: Books) =>
          put(books, lot, to, partOf(take(books, lot, null, signed[index] ?? sent), signed[index] ?? sent)),
      })),
    ];
  const arrive = start((books) => {
    const hand = take(books, lot, from, sent);
    if (received.length === 0) put(books, lot, shipped.to, hand);
    for (const said of signed) put(books, lot, to, partOf(hand, said));
    if (shipped.to !== to) put(books, lot, shipped.to, clean(naught));
    for (const { from: source } of received)
      if (source !== null && source !== from) put(books, lot, source, clean(naught));
  });
  return [arrive, ...overs.map(({ at, said }) => ({ at, run: (books: Books) => putBeyond(books, lot, to, said) }))];
}

/** The goods are where the receiver says, from when it says. */
function earlyMoves(
  { lot, from, to, shipped, received }: Delivery,
  sent: Said,
  reached: ReadonlyMap<string, number>,
): Move[] {
  const [receipt] = received;
  if (receipt === undefined || shipped === undefined) return [];
  const had = reached.get(nameOf(lot, from)) ?? Number.POSITIVE_INFINITY;
  const { at, said } = receipt;
  if (had <= at) return [{ at, run: (books) => put(books, lot, to, partOf(take(books, lot, from, sent), said)) }];
  const unsure: Hand = { ...clean(said), is: 'both', why: 'clock' };
  return [
    { at, run: (books) => put(books, lot, to, had <= shipped.at ? unsure : clean(said)) },
    { at: shipped.at, run: (books) => void take(books, lot, from, sent) },
  ];
}

/** What left: the receiver's word where the shipper says nothing. */
function sentOf({ shipped, received }: Delivery): Said {
  const said = shipped?.said;
  const [first] = received;
  if (said === undefined || (said.told === undefined && first !== undefined)) return first?.said ?? nothingSaid;
  return said;
}

const nothingSaid: Said = { amount: zero, kind: 'mass', told: undefined };

/** What was signed for, as far as it was shipped. */
function signedOf({ shipped, received }: Delivery): Said[] {
  return received.map(({ said }) => {
    const sent = shipped?.said;
    if (said.told === undefined) return sent ?? said;
    if (sent === undefined || sent.told === undefined || sent.kind !== said.kind) return said;
    return { ...said, amount: least(said.amount, sent.amount) };
  });
}

function oversOf({ shipped, received }: Delivery): { at: number; said: Said }[] {
  return received.flatMap(({ at, said }) => {
    const sent = shipped?.said;
    if (said.told === undefined || sent?.told === undefined || sent.kind !== said.kind) return [];
    return isMore(said.amount, sent.amount) ? [{ at, said: { ...said, amount: minus(said.amount, sent.amount) } }] : [];
  });
}

function rowsOf(books: Books): Expected[] {
  const all: Expected[] = [];
  for (let lot = 0; lot < lots; lot++)
    for (const site of [...Array.from({ length: sites }, (_, index) => index), null].flatMap((at) =>
      at === null ? [null] : [at, firmOf(at)],
    ))
      if (books.reached.has(nameOf(lot, site))) all.push(rowOf(books, lot, site));
  return all;
}

function rowOf(books: Books, lot: number, site: At): Expected {
  const shelf = shelfOf(books, lot, site);
  const isKnown = shelf.kind !== undefined;
  const received = isKnown && shelf.cameWhy === undefined ? shelf.came : null;
  const onHand = isKnown && shelf.thereWhy === undefined ? most(zero, shelf.there) : null;
  const isOwn = lot === books.asked;
  const isShared = onHand !== null && shelf.recalledWhy === undefined && shelf.recalledCame.over > 0n;
  const share = isOwn ? onHand : isShared ? least(onHand, shelf.recalled) : null;
  return {
    ...{ lot, site, received, onHand, share },
    scope: isOwn ? 'definite' : share === null ? 'potential' : 'proportional',
    reason: reasonOf(books, lot, shelf, share),
  };
}

function reasonOf(books: Books, lot: number, shelf: Shelf, share: Fraction | null): Expected['reason'] {
  const why = shelf.thereWhy ?? shelf.cameWhy;
  if (share !== null && why === undefined) return null;
  const isBoth = isOf(books, lot, shelf) === 'both';
  if (share === null && isBoth && shelf.recalledWhy === 'clock') return 'clock';
  if (why !== undefined) return why;
  return shelf.kind === undefined ? 'unsaid' : (shelf.recalledWhy ?? 'linked');
}
