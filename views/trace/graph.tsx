// The chain drawn left to right in SVG; beside it stands a table, and on a phone a list by stage.
import { Icon } from '../parts/icon.tsx';
import type { Texts } from '../text/texts.ts';
import { localName } from '../text/texts.ts';
import type { Chain, ChainHolding } from './chain.ts';
import { type Box, type Curve, type GraphLayout, layOutChain } from './graph-layout.ts';
import {
  AnswerBadge,
  amount,
  amountWithMark,
  answerBadges,
  LotBadge,
  placeName,
  type Scope,
  stageOf,
} from './parts.tsx';

type GraphView = { readonly words: Texts; readonly chain: Chain; readonly label: string; readonly query: string };

const scopeClass = { here: 'here', definite: 'definite', proportional: 'share', potential: 'touch', none: '' } as const;

export function ChainGraph({ words, chain, label, query }: GraphView) {
  const layout = layOutChain(chain);
  return (
    <>
      <ChainList words={words} chain={chain} query={query} />
      <section class="scroll only-desk" tabindex={0} aria-label={words.trace.bench.scroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: an SVG cannot be a fieldset, and its links belong together */}
        <svg
          class={`graph${sizeClass(layout.width)}`}
          viewBox={`-2 0 ${layout.width + 4} ${layout.height + 4}`}
          role="group"
          aria-label={label}
        >
          {columnHeads(words, layout).map(({ x, said }) => (
            <text class="head" x={x} y={14}>
              {said}
            </text>
          ))}
          <g>
            {layout.curves.map((curve) => (
              <path class={`edge ${scopeClass[curve.scope]}`} d={curve.path} stroke-width={curve.width} />
            ))}
          </g>
          <g>
            {layout.curves.map((curve) => (
              <CurveLabel curve={curve} />
            ))}
          </g>
          {layout.joints.map(({ x, y }) => (
            <circle class="joint" cx={x} cy={y} r={4} />
          ))}
          {layout.boxes.map((box) => (
            <BoxNode words={words} box={box} query={query} />
          ))}
        </svg>
      </section>
      <GraphKey words={words} chain={chain} layout={layout} />
    </>
  );
}

/** The stage of each column, said where it begins. */
function columnHeads(words: Texts, layout: GraphLayout): { x: number; said: string }[] {
  const heads = layout.columns.map(({ x, kind }) => ({ x, said: words.trace.stages[stageOf(kind).stage] ?? '' }));
  return heads.filter(({ said }, index) => said !== heads[index - 1]?.said);
}

function sizeClass(width: number): string {
  if (width <= 1740) return '';
  return width <= 2000 ? ' is-wide' : ' is-wider';
}

function CurveLabel({ curve }: { curve: Curve }) {
  if (curve.label === undefined) return null;
  const { x, y, quantity, unit } = curve.label;
  return (
    <text class="qty" x={x} y={y} text-anchor="end">
      {amount(quantity, unit)}
    </text>
  );
}

function BoxNode({ words, box, query }: { words: Texts; box: Box; query: string }) {
  if (box.holding === undefined) return <FoldNode words={words} box={box} />;
  const { holding, x, y } = box;
  const lines = nodeLines(words, holding);
  const answer = holding.answer === null ? '' : `，${words.trace.recall.answers[holding.answer]}`;
  return (
    <a
      class={`node ${scopeClass[holding.scope]}`}
      href={holdingHref(holding, query)}
      aria-label={`${lines[0]}，${lines[1]}${answer}`}
    >
      <title>{`${lines[0]}\n${lines[1]}`}</title>
      <rect x={x} y={y} width={box.width} height={box.height} rx={8} />
      <text class="name" x={x + 14} y={y + 23}>
        {clip(lines[0], box.width - (holding.answer === null ? 24 : 50), 14)}
      </text>
      <text x={x + 14} y={y + 42}>
        {clip(lines[1], box.width - 24, 13)}
      </text>
      {holding.answer === null ? null : <AnswerMark answer={holding.answer} x={x + box.width - 28} y={y + 8} />}
    </a>
  );
}

function AnswerMark({ answer, x, y }: { answer: keyof typeof answerBadges; x: number; y: number }) {
  const tone = answer === 'silent' ? 'bad' : answer === 'none' || answer === 'served' ? 'mute' : 'good';
  return (
    <svg class={`i ${tone}`} x={x} y={y} width={18} height={18} aria-hidden="true">
      <use href={`/static/icons.svg#i-${answerBadges[answer][1]}`} />
    </svg>
  );
}

function FoldNode({ words, box }: { words: Texts; box: Box }) {
  return (
    <a class="node fold" href="#holders">
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={8} />
      <text class="name" x={box.x + 14} y={box.y + 23}>
        {words.trace.bench.folded(box.folded)}
      </text>
      <text x={box.x + 14} y={box.y + 42}>
        {words.trace.showAll}
      </text>
    </a>
  );
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
  const contained = share === null || holding.scope !== 'proportional' ? '' : bench.contains(amount(share, unit));
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

function GraphKey({ words, chain, layout }: { words: Texts; chain: Chain; layout: GraphLayout }) {
  const scopes = (['definite', 'proportional', 'potential'] as const).filter((scope) =>
    chain.holdings.some((holding) => holding.scope === scope),
  );
  return (
    <ul class="key" aria-label={words.trace.bench.legend}>
      {scopes.map((scope) => (
        <li>
          <KeyMark scope={scope} />
          {words.trace.scopeNotes[scope]}
        </li>
      ))}
      {layout.folded === 0 ? null : (
        <li class="faint only-desk">
          {words.trace.bench.folded(layout.folded)}
          {words.lang === 'en' ? ', ' : '：'}
          {words.trace.bench.foldedNote}
        </li>
      )}
    </ul>
  );
}

function KeyMark({ scope }: { scope: Scope }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" class="graph-key">
      <rect class={`k-${scopeClass[scope]}`} x={1} y={2} width={12} height={10} rx={2} />
    </svg>
  );
}

const mostPerStage = 12;

/** The same chain on a phone: stage by stage, each holding with its state. */
function ChainList({ words, chain, query }: Omit<GraphView, 'label'>) {
  const depths = [...new Set(chain.holdings.map(({ depth }) => depth))].sort((a, b) => a - b);
  return (
    <ol class="line only-phone">
      {depths.map((depth) => {
        const members = chain.holdings.filter((holding) => holding.depth === depth);
        const { stage, icon } = stageOf(members[0]?.place.kind ?? null);
        const shown = members.slice(0, mostPerStage);
        return (
          <li class={depth === 0 ? 'is-here' : undefined}>
            <span class="dot">
              <Icon name={icon} />
            </span>
            <h3>
              {words.trace.stages[stage]} <span class="faint small">{words.trace.bench.steps(depth)}</span>
            </h3>
            <ul class="level">
              {shown.map((holding) => (
                <ListItem words={words} holding={holding} query={query} />
              ))}
              {members.length > shown.length ? (
                <li>
                  <a href="#holders">{words.trace.bench.folded(members.length - shown.length)}</a>
                </li>
              ) : null}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

function ListItem({ words, holding, query }: { words: Texts; holding: ChainHolding; query: string }) {
  const [name, said] = nodeLines(words, holding);
  const scope =
    holding.scope === 'here' || holding.scope === 'none'
      ? ''
      : `${words.trace.scopes[holding.scope]}${words.lang === 'en' ? ': ' : '：'}`;
  return (
    <li>
      <div class="row spread">
        <a href={holdingHref(holding, query)}>
          <b>{name}</b>
        </a>
        {holding.answer !== null ? (
          <AnswerBadge words={words} answer={holding.answer} />
        ) : holding.lotState === 'ok' ? null : (
          <LotBadge words={words} state={holding.lotState} />
        )}
      </div>
      <p class="small soft">
        {scope}
        {said}
      </p>
    </li>
  );
}
