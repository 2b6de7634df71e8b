// What a box of a drawn chain says and where it leads, for the drawing, its list on a phone and its table.
import { localName, type Texts } from '../../text/texts.ts';
import { amount, amountWithMark, placeName } from '../parts.tsx';
import type { Zoom } from './bench-address.ts';
import type { Chain, ChainHolding } from './chain.ts';
import type { Followed } from './follow.ts';

/** What a drawing shows beside its chain, and where its boxes lead. */
export type Drawing = {
  readonly followed: Followed | null;
  /** Holdings the filter lets through; null: no filter. */
  readonly matching: ReadonlySet<number> | null;
  readonly opened: ReadonlySet<string>;
  readonly zoom: Zoom;
  readonly markHref: (key: number) => string;
  readonly openHref: (fold: string) => string;
  /** A short remark in the corner of a box, with what it means in words. */
  readonly remarks: ReadonlyMap<number, { readonly short: string; readonly said: string }>;
};

export type GraphView = {
  readonly words: Texts;
  readonly chain: Chain;
  readonly label: string;
  /** What follows the code in the address of a lot. */
  readonly query: string;
  /** Left out: a plain drawing, whose boxes lead to their lots. */
  readonly drawing?: Drawing;
};

/** Whether a holding stands back: not on the followed way, or outside the filter. */
export function isDim(drawing: Drawing | undefined, keys: readonly number[]): boolean {
  if (drawing === undefined) return false;
  const { followed, matching } = drawing;
  const onWay = (key: number) =>
    followed === null || key === followed.key || followed.up.has(key) || followed.down.has(key);
  return !keys.some((key) => onWay(key) && (matching === null || matching.has(key)));
}

/** What a line joins, by the keys of its holdings. */
type Way = { readonly from: readonly number[]; readonly to: readonly number[] };

/** A line is followed where both its ends lie on one side of the mark: what passes it by does not count. */
export function isWayDim(drawing: Drawing | undefined, { from, to }: Way): boolean {
  if (isDim(drawing, from) || isDim(drawing, to)) return true;
  const followed = drawing?.followed ?? null;
  if (followed === null) return false;
  const within = (side: ReadonlySet<number>) => (key: number) => key === followed.key || side.has(key);
  return ![followed.up, followed.down].some((side) => from.some(within(side)) && to.some(within(side)));
}

/** The two lines in a box: the lot itself says what it is; every other holding says who has it, and how much of what. */
export function nodeLines(words: Texts, holding: ChainHolding): readonly [string, string] {
  const { bench } = words.trace;
  const place = placeName(words, holding.place);
  const comma = words.lang === 'en' ? ', ' : '，';
  const joined = (parts: readonly string[]) => parts.filter((part) => part !== '').join(comma);
  const { received, onHand, share, unit } = holding;
  // The batch stands in the heading above the drawing; here it would only push the name out of its box.
  if (holding.scope === 'here')
    return [productName(words, holding), joined([place, quantityOf(words, received, unit)])];
  if (holding.scope === 'definite') {
    const said = joined([
      received === null ? '' : bench.got(amount(received, unit)),
      quantityOf(words, onHand, unit, bench.left),
    ]);
    return [place, said === '' ? productLine(words, holding) : said];
  }
  // What is left contains it; where nothing is left there is nothing to say.
  const contained =
    share === null || onHand === 0 || holding.scope !== 'proportional' ? '' : bench.contains(amount(share, unit));
  return [place, joined([`${quantityOf(words, received, unit)} ${productLine(words, holding)}`.trim(), contained])];
}

function productName(words: Texts, { productName: name, productNameEn, short }: ChainHolding): string {
  return name === null ? short : localName(words.lang, { name, nameEn: productNameEn });
}

function quantityOf(words: Texts, value: number | null, unit: string | null, said = (text: string) => text): string {
  return value === null ? '' : said(amountWithMark(words, value, unit));
}

export function productLine(
  words: Texts,
  holding: Pick<ChainHolding, 'productName' | 'productNameEn' | 'short'>,
): string {
  if (holding.productName === null) return holding.short;
  return `${localName(words.lang, { name: holding.productName, nameEn: holding.productNameEn })} ${holding.short}`;
}

/** Following a holding makes its lot the one asked for, with the same view. */
export function holdingHref(holding: ChainHolding, query: string): string {
  return `/trace?code=${encodeURIComponent(holding.code)}${query === '' ? '' : `&${query}`}`;
}

/** Cuts a line to a width in px, reckoning a Han character as wide as the letter height and others as just over half. */
export function clip(text: string, width: number, size: number): string {
  let used = 0;
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    used += (character.codePointAt(0) ?? 0) > 0x2e7f ? size : size * 0.53;
    if (used > width) return `${characters.slice(0, Math.max(1, index - 1)).join('')}…`;
  }
  return text;
}
