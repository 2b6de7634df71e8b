// What is followed in the drawing, with the way on from there, and how large it is drawn.
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { askedParams, type BenchAsked, benchHref, showings, type Zoom, zoomStep } from '../chain/bench-address.ts';
import type { Chain, ChainHolding } from '../chain/chain.ts';
import { type Drawing, holdingHref, productLine } from '../chain/graph-node.ts';
import { amountWithMark, placeName } from '../parts.tsx';

type MarkView = {
  readonly words: Texts;
  readonly chain: Chain;
  readonly asked: BenchAsked;
  readonly drawing: Drawing;
};

export function MarkBar({ words, chain, asked, drawing }: MarkView) {
  const text = words.trace.bench;
  const { followed } = drawing;
  const holding = chain.holdings.find(({ key }) => key === followed?.key);
  if (followed === null || holding === undefined) return <p class="small soft mark-hint">{text.markHint}</p>;
  const below = chain.holdings.filter(({ key }) => followed.down.has(key));
  const left = leftOf(words, below);
  const onward = askedParams(asked);
  onward.delete('code');
  const stopped = benchHref(asked, { drawing: { ...asked.drawing, mark: null } });
  return (
    <div class="mark-bar" role="status">
      <p>
        <span class="soft">{text.markedHolding}</span> <b>{placeName(words, holding.place)}</b>{' '}
        {productLine(words, holding)}
        <span class="soft block small">
          {text.followed(followed.up.size, followed.down.size)}
          {left === '' ? null : `${words.lang === 'en' ? ' · ' : '；'}${text.leftDown(left)}`}
        </span>
      </p>
      <div class="row">
        <a class="btn small" href={holdingHref(holding, onward.toString())}>
          {text.traceFromHere}
        </a>
        <a class="btn small" href={stopped} hx-get={stopped}>
          {text.unmark}
        </a>
      </div>
    </div>
  );
}

const toldUnits = 3;

/** `60.5 kg、12 件`: what is left, unit by unit; empty where nobody said. */
function leftOf(words: Texts, holdings: readonly ChainHolding[]): string {
  const sums = new Map<string | null, number>();
  for (const { onHand, unit } of holdings) {
    if (onHand !== null && onHand > 0) sums.set(unit, (sums.get(unit) ?? 0) + onHand);
  }
  return [...sums]
    .slice(0, toldUnits)
    .map(([unit, sum]) => amountWithMark(words, sum, unit))
    .join(words.lang === 'en' ? ', ' : '、');
}

/** Three ways to look at one chain; each keeps what is marked. */
export function ShowTabs({ words, asked }: { words: Texts; asked: BenchAsked }) {
  const text = words.trace.timeLine;
  return (
    <nav class="tabs" aria-label={text.shown}>
      {showings.map((shown) => {
        const href = benchHref(asked, { shown });
        return (
          <a href={href} hx-get={href} aria-current={shown === asked.shown ? 'true' : undefined}>
            {text[shown]}
          </a>
        );
      })}
    </nav>
  );
}

/** Links, so that the size of the drawing goes with its address. */
export function ZoomBar({ words, asked }: { words: Texts; asked: BenchAsked }) {
  const text = words.trace.bench;
  const { zoom } = asked.drawing;
  const step = (label: string, to: Zoom | null) => {
    if (to === null)
      return (
        <span class="btn small" aria-disabled="true">
          {label}
        </span>
      );
    const href = benchHref(asked, { drawing: { ...asked.drawing, zoom: to } });
    return (
      <a class="btn small" href={href} hx-get={href}>
        {label}
      </a>
    );
  };
  const closed = benchHref(asked, { drawing: { ...asked.drawing, open: [] } });
  return (
    <nav class="zoom only-desk" aria-label={text.view}>
      {step(text.zoomOut, zoomStep(zoom, 'out'))}
      {zoom === 'fit' ? null : <span class="small soft">{text.zoomOf(Number(formatNumber(zoom, 0)))}</span>}
      {step(text.zoomIn, zoomStep(zoom, 'in'))}
      {zoom === 'fit' ? null : step(text.zoomFit, 'fit')}
      {asked.drawing.open.length === 0 ? null : (
        <a class="btn small" href={closed} hx-get={closed}>
          {text.foldAgain}
        </a>
      )}
    </nav>
  );
}
