// The chain drawn along time in SVG: a row for each lot at a place; on a phone the same steps stand one below the other.
import { Icon } from '../../parts/icon.tsx';
import { formatClock, formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { placeName, rimOf } from '../parts.tsx';
import { type ChainStep, stepKinds } from './chain.ts';
import { litOf } from './follow.ts';
import { clip, type Drawing, type GraphView, holdingHref, isDim, isWayDim, productLine } from './graph-node.ts';
import { layOutTimeLine, type TimeLine, type TimeRow } from './time-line.ts';
import { dayOf, doubtSaid, StepList, StepTable, stepSaid } from './time-list.tsx';
import { StepMark } from './time-mark.tsx';
import type { TimeScale } from './time-scale.ts';

export type TimeView = Omit<GraphView, 'drawing'> & {
  readonly drawing: Drawing;
  readonly steps: readonly ChainStep[];
  /** Unix ms. */
  readonly now: number;
};

const scopeClass = { here: 'here', definite: 'definite', proportional: 'share', potential: 'touch', none: '' } as const;

/** What fits on a printed sheet below its heading. */
const lowRows = 16;

export function ChainTimeLine({ words, chain, label, query, drawing, steps, now }: TimeView) {
  const text = words.trace.timeLine;
  const first = drawing.followed === null ? drawing.matching : litOf(drawing.followed);
  const line = layOutTimeLine(chain, steps, { first, opened: drawing.opened, now });
  const told = { words, chain, query, drawing, steps, line };
  return (
    <>
      <Doubts {...told} />
      {line.scale === undefined ? <p class="note is-warn">{text.noTimes}</p> : null}
      <StepList {...told} />
      <section class="scroll only-desk on-paper" tabindex={0} aria-label={text.scroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: an SVG cannot be a fieldset, and its links belong together */}
        <svg
          class={`graph time-line${line.rows.length > lowRows ? ' is-tall' : ''}`}
          viewBox={`0 0 ${line.width} ${line.height}`}
          role="group"
          aria-label={label}
        >
          {line.scale === undefined ? null : <Axis words={words} line={line} scale={line.scale} />}
          {line.rows.map((row) => (
            <Ground row={row} line={line} drawing={drawing} />
          ))}
          {line.links.map((link) => (
            <path
              class={`edge ${scopeClass[link.scope]}${link.order === 'doubtful' ? ' is-doubtful' : ''}${isWayDim(drawing, link) ? ' is-dim' : ''}`}
              d={link.path}
              stroke-width={link.order === 'doubtful' ? 3 : 2}
            />
          ))}
          {line.rows.map((row) => (
            <Row words={words} row={row} query={query} drawing={drawing} />
          ))}
        </svg>
      </section>
      <Key words={words} line={line} />
      <StepTable {...told} />
    </>
  );
}

const shownDoubts = 6;

/** What is wrong with the times comes before the picture that they draw. */
function Doubts({ words, chain, line }: Pick<TimeView, 'words' | 'chain'> & { line: TimeLine }) {
  const text = words.trace.timeLine;
  const { doubts } = line;
  if (doubts.length === 0) return <p class="small soft">{text.noDoubts}</p>;
  const named = new Map(chain.holdings.map((holding) => [holding.key, holding] as const));
  return (
    <div class="note is-warn small">
      <Icon name="alert" />
      <div>
        <b>{text.doubtsFound(doubts.length)}</b>
        <ul class="why">
          {doubts.slice(0, shownDoubts).map((doubt) => {
            const holding = named.get(doubt.holding);
            return (
              <li>
                {holding === undefined ? null : `${placeName(words, holding.place)} ${productLine(words, holding)}`}
                {words.lang === 'en' ? ': ' : '：'}
                {doubtSaid(words, doubt, named)}
              </li>
            );
          })}
          {doubts.length > shownDoubts ? <li>{text.moreDoubts(doubts.length - shownDoubts)}</li> : null}
        </ul>
      </div>
    </div>
  );
}

function Axis({ words, line, scale }: { words: Texts; line: TimeLine; scale: TimeScale }) {
  const { axisY, height } = line;
  const said = { moment: formatTime, day: dayOf, clock: formatClock };
  return (
    <g>
      {scale.marks.map(({ x, at, shows }) => (
        <>
          <path class="tick" d={`M${x} ${axisY - 8}V${height}`} />
          <text class="head" x={x} y={axisY - 14} text-anchor="middle">
            {said[shows](at, words.lang)}
          </text>
        </>
      ))}
      {scale.breaks.map(({ x, fromAt, untilAt }) => (
        <g>
          <title>{`${formatTime(fromAt, words.lang)} – ${formatTime(untilAt, words.lang)}`}</title>
          <rect class="gap" x={x - 18} y={axisY - 8} width={36} height={height - axisY + 8} />
          <text class="head" x={x} y={12} text-anchor="middle">
            {words.trace.timeLine.gap(Math.max(1, Math.round((untilAt - fromAt) / 86_400_000)))}
          </text>
        </g>
      ))}
    </g>
  );
}

function Ground({ row, line, drawing }: { row: TimeRow; line: TimeLine; drawing: Drawing }) {
  const scope = row.holding === undefined ? '' : scopeClass[row.holding.scope];
  const rim = row.holding === undefined ? '' : rimOf(row.holding.lotState);
  const dim = isDim(drawing, row.members) ? ' is-dim' : '';
  return (
    <g class={`${scope}${scope === 'here' ? rim : ''}${dim}`}>
      <path class="floor" d={`M0 ${row.y + 25}H${line.width}`} />
      {row.bar === undefined ? null : (
        <path
          class={`stay${row.bar.end === 'open' ? ' is-open' : ''}`}
          d={`M${row.bar.left} ${row.y}H${Math.max(row.bar.right, row.bar.left + 1)}`}
        />
      )}
    </g>
  );
}

type RowView = Pick<TimeView, 'words' | 'query' | 'drawing'> & { readonly row: TimeRow };

function Row({ words, row, query, drawing }: RowView) {
  const { holding, y, marks } = row;
  const dim = isDim(drawing, row.members) ? ' is-dim' : '';
  if (holding === undefined) return <FoldRow words={words} row={row} drawing={drawing} />;
  const marked = drawing.followed?.key === holding.key;
  const href = drawing.markHref(holding.key);
  const doubtful = row.doubts.length > 0;
  return (
    <g class={`${marked ? 'is-marked' : ''}${dim}`}>
      <a
        id={`n${holding.key}`}
        class="node name-link"
        href={href}
        hx-get={href}
        aria-current={marked ? 'true' : undefined}
      >
        <rect x={0} y={y - 20} width={290} height={20} rx={4} />
        <text class="name" x={doubtful ? 24 : 6} y={y - 5}>
          {clip(placeName(words, holding.place), doubtful ? 264 : 280, 14)}
        </text>
      </a>
      {doubtful ? (
        <svg class="i warn" x={4} y={y - 19} width={16} height={16} aria-hidden="true">
          <use href="/static/icons.svg#i-alert" />
        </svg>
      ) : null}
      <a class="lot-link" href={holdingHref(holding, query)}>
        <text x={6} y={y + 14}>
          {clip(productLine(words, holding), 280, 13)}
        </text>
      </a>
      {row.bar === undefined ? (
        <text class="qty" x={336} y={y + 5}>
          {words.trace.timeLine.noTime}
        </text>
      ) : null}
      {marks.map((mark) => (
        <g>
          <title>{mark.steps.map((step) => stepSaid(words, step)).join('\n')}</title>
          <StepMark kind={mark.kind} x={mark.x} y={mark.y} />
          {mark.steps.length === 1 ? null : (
            <text class="count-mark" x={mark.x} y={mark.y + 3.5} text-anchor="middle">
              {mark.steps.length}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

function FoldRow({ words, row, drawing }: Omit<RowView, 'query'>) {
  const href = drawing.openHref(row.key);
  return (
    <a class="node fold name-link" href={href} hx-get={href} id={`n${row.key.replace(/[^\w-]/g, '_')}`}>
      <rect x={0} y={row.y - 20} width={290} height={40} rx={4} />
      <text class="name" x={6} y={row.y - 3}>
        {words.trace.bench.folded(row.members.length)}
      </text>
      <text x={6} y={row.y + 14}>
        {words.trace.bench.unfold}
      </text>
    </a>
  );
}

/** Only what really stands above. */
function Key({ words, line }: { words: Texts; line: TimeLine }) {
  const text = words.trace.timeLine;
  const used = new Set(line.rows.flatMap(({ marks }) => marks.map(({ kind }) => kind)));
  return (
    <ul class="key only-desk" aria-label={words.trace.bench.legend}>
      {stepKinds
        .filter((kind) => used.has(kind))
        .map((kind) => (
          <li>
            <svg viewBox="0 0 16 16" aria-hidden="true" class="graph-key time-key">
              <StepMark kind={kind} x={8} y={8} />
            </svg>
            {text.kinds[kind]}
          </li>
        ))}
      {line.rows.some(({ bar }) => bar?.end === 'open') ? <li>{text.keyOpen}</li> : null}
      {line.scale !== undefined && line.scale.breaks.length > 0 ? <li>{text.keyGap}</li> : null}
      {line.folded === 0 ? null : (
        <li class="faint">{`${words.trace.bench.folded(line.folded)}${words.lang === 'en' ? ', ' : '：'}${words.trace.bench.foldedNote}`}</li>
      )}
    </ul>
  );
}
