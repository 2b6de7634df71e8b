// The chain drawn left to right in SVG; beside it stands a table, and on a phone a list by stage.
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, answerBadges, rimOf, stageOf } from '../parts.tsx';
import type { Zoom } from './bench-address.ts';
import type { ChainHolding } from './chain.ts';
import { litOf } from './follow.ts';
import { GraphKey } from './graph-key.tsx';
import { type Box, type Curve, type GraphLayout, layOutChain } from './graph-layout.ts';
import { ChainList } from './graph-list.tsx';
import { clip, type Drawing, type GraphView, holdingHref, isDim, isWayDim, nodeLines } from './graph-node.ts';

const stageNames = ['origin', 'making', 'trading', 'serving', 'moving', 'unknown'] as const;
const scopeClass = { here: 'here', definite: 'definite', proportional: 'share', potential: 'touch', none: '' } as const;

export function ChainGraph({ words, chain, label, query, drawing }: GraphView) {
  const lit = drawing === undefined || drawing.followed === null ? null : litOf(drawing.followed);
  const first = lit ?? drawing?.matching ?? null;
  const layout = layOutChain(chain, { first, opened: drawing?.opened ?? new Set() });
  const paper = onPaper(layout);
  const size = drawing === undefined || drawing.zoom === 'fit' ? {} : sized(layout, drawing.zoom);
  return (
    <>
      <ChainList
        words={words}
        chain={chain}
        query={query}
        on={paper === 'list' ? 'phone and paper' : 'phone'}
        {...(drawing === undefined ? {} : { drawing })}
      />
      <section
        class={`scroll only-desk ${paper === 'graph' ? 'on-paper' : 'not-on-paper'}`}
        tabindex={0}
        aria-label={words.trace.bench.scroll}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: an SVG cannot be a fieldset, and its links belong together */}
        <svg
          class={`graph${'width' in size ? ' is-sized' : ''}`}
          {...size}
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
              <path
                class={`edge ${scopeClass[curve.scope]}${isWayDim(drawing, curve) ? ' is-dim' : ''}`}
                d={curve.path}
                stroke-width={curve.width}
              />
            ))}
          </g>
          <g>
            {layout.curves.map((curve) => (
              <CurveLabel words={words} curve={curve} dim={isWayDim(drawing, curve) ? 'dim' : 'lit'} />
            ))}
          </g>
          {layout.joints.map(({ x, y }) => (
            <circle class="joint" cx={x} cy={y} r={4} />
          ))}
          {layout.boxes.map((box) => (
            <BoxNode words={words} box={box} query={query} drawing={drawing} />
          ))}
        </svg>
      </section>
      <GraphKey words={words} chain={chain} layout={layout} drawing={drawing} />
    </>
  );
}

/** A sheet of A4 across is about so wide and high at a size of letters that can still be read; more is printed as the list. */
const sheet = { width: 1_500, height: 640 } as const;

function onPaper({ width, height }: GraphLayout): 'graph' | 'list' {
  return width <= sheet.width && height <= sheet.height ? 'graph' : 'list';
}

function sized({ width, height }: GraphLayout, zoom: Exclude<Zoom, 'fit'>): { width: number; height: number } {
  return { width: Math.round((width * zoom) / 100), height: Math.round((height * zoom) / 100) };
}

/** The stages of the places in each column, said where they begin. */
function columnHeads(words: Texts, layout: GraphLayout): { x: number; said: string }[] {
  const heads = layout.columns.map(({ x, kinds }) => {
    const stages = stageNames.filter((stage) => kinds.some((kind) => stageOf(kind).stage === stage));
    return { x, said: stages.map((stage) => words.trace.stages[stage] ?? '').join(words.lang === 'en' ? ' · ' : '、') };
  });
  return heads.filter(({ said }, index) => said !== heads[index - 1]?.said);
}

function CurveLabel({ words, curve, dim }: { words: Texts; curve: Curve; dim: 'dim' | 'lit' }) {
  if (curve.label === undefined) return null;
  const { x, y, quantity, unit } = curve.label;
  return (
    <text class={dim === 'dim' ? 'qty is-dim' : 'qty'} x={x} y={y} text-anchor="end">
      {amountWithMark(words, quantity, unit)}
    </text>
  );
}

type BoxView = {
  readonly words: Texts;
  readonly box: Box;
  readonly query: string;
  readonly drawing: Drawing | undefined;
};

function BoxNode({ words, box, query, drawing }: BoxView) {
  if (box.holding === undefined) return <FoldNode words={words} box={box} drawing={drawing} />;
  const { holding, x, y } = box;
  const lines = nodeLines(words, holding);
  const marked = drawing?.followed?.key === holding.key;
  // The same page again, swapped in place where scripts run.
  const href = drawing === undefined ? holdingHref(holding, query) : drawing.markHref(holding.key);
  const remark = drawing?.remarks.get(holding.key);
  const side = holding.answer !== null ? 50 : remark === undefined ? 24 : 24 + remark.short.length * 9;
  return (
    <a
      class={`node ${scopeClass[holding.scope]}${rimOf(holding.lotState)}${marked ? ' is-marked' : ''}${isDim(drawing, box.members) ? ' is-dim' : ''}`}
      id={drawing === undefined ? undefined : `n${holding.key}`}
      href={href}
      hx-get={drawing === undefined ? undefined : href}
      aria-label={spoken(words, holding, drawing)}
      aria-current={marked ? 'true' : undefined}
    >
      <title>{`${lines[0]}\n${lines[1]}`}</title>
      <rect x={x} y={y} width={box.width} height={box.height} rx={8} />
      <text class="name" x={x + 14} y={y + 23}>
        {clip(lines[0], box.width - side, 14)}
      </text>
      <text x={x + 14} y={y + 42}>
        {clip(lines[1], box.width - 24, 13)}
      </text>
      {holding.answer === null ? null : <AnswerMark answer={holding.answer} x={x + box.width - 28} y={y + 8} />}
      {remark === undefined || holding.answer !== null ? null : (
        <text class="remark" x={x + box.width - 12} y={y + 23} text-anchor="end">
          {remark.short}
        </text>
      )}
    </a>
  );
}

/** A box for who does not see it: both lines, its state, and where it stands on the followed way. */
function spoken(words: Texts, holding: ChainHolding, drawing: Drawing | undefined): string {
  const followed = drawing?.followed ?? null;
  const { bench, recall } = words.trace;
  const way =
    followed === null
      ? ''
      : followed.key === holding.key
        ? bench.marked
        : followed.up.has(holding.key) || followed.down.has(holding.key)
          ? bench.connected
          : '';
  const answer = holding.answer === null ? '' : recall.answers[holding.answer];
  const remark = drawing?.remarks.get(holding.key)?.said ?? '';
  return [...nodeLines(words, holding), answer, remark, way]
    .filter((part) => part !== '')
    .join(words.lang === 'en' ? ', ' : '，');
}

function AnswerMark({ answer, x, y }: { answer: keyof typeof answerBadges; x: number; y: number }) {
  const tone = answer === 'silent' ? 'bad' : answer === 'none' || answer === 'served' ? 'mute' : 'good';
  return (
    <svg class={`i ${tone}`} x={x} y={y} width={18} height={18} aria-hidden="true">
      <use href={`/static/icons.svg#i-${answerBadges[answer][1]}`} />
    </svg>
  );
}

function FoldNode({ words, box, drawing }: Omit<BoxView, 'query'>) {
  return (
    <a
      class={`node fold${isDim(drawing, box.members) ? ' is-dim' : ''}`}
      id={drawing === undefined ? undefined : `n${box.key.replace(/[^\w-]/g, '_')}`}
      href={drawing === undefined ? '#holders' : drawing.openHref(box.key)}
      hx-get={drawing?.openHref(box.key)}
    >
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={8} />
      <text class="name" x={box.x + 14} y={box.y + 23}>
        {words.trace.bench.folded(box.folded)}
      </text>
      <text x={box.x + 14} y={box.y + 42}>
        {drawing === undefined ? words.trace.showAll : words.trace.bench.unfold}
      </text>
    </a>
  );
}
