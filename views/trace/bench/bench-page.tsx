// The inspector's bench: one search box, the chain drawn and in a table, and what can be done about it.
import { Icon } from '../../parts/icon.tsx';
import { AskForm } from '../ask-form.tsx';
import { askedParams, type BenchAsked, benchHref } from '../chain/bench-address.ts';
import type { Chain } from '../chain/chain.ts';
import { follow } from '../chain/follow.ts';
import { ChainGraph } from '../chain/graph.tsx';
import { ChainList } from '../chain/graph-list.tsx';
import type { Drawing } from '../chain/graph-node.ts';
import { ChainTimeLine } from '../chain/time-graph.tsx';
import { rimOf } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import { ChainEvents } from './bench-events.tsx';
import { BenchFrame } from './bench-frame.tsx';
import { LotHead } from './bench-head.tsx';
import { BenchFilters, HolderTable, isNarrowed, matchingHoldings } from './bench-holders.tsx';
import { MarkBar, ShowTabs, ZoomBar } from './bench-mark.tsx';
import { BenchNotFound } from './bench-not-found.tsx';
import { CompareStart, Findings } from './bench-side.tsx';
import { BenchStart } from './bench-start.tsx';
import type { BenchView, Traced } from './bench-view.ts';

export function BenchPage(view: BenchView) {
  const { words, here, viewer, traced, asked } = view;
  const text = words.trace.bench;
  return (
    <TracePage
      words={words}
      title={traced === null ? text.title : `${text.title} ${traced.lot.short}`}
      here={here}
      viewer={viewer}
      scripts={['scan.js', 'bench.js']}
    >
      <h1 class="hide">{text.title}</h1>
      <search>
        <SearchForm view={view} />
      </search>
      {traced !== null ? (
        <TracedLotView view={view} traced={traced} />
      ) : asked.code === '' ? (
        <BenchStart view={view} />
      ) : (
        <BenchNotFound view={view} />
      )}
    </TracePage>
  );
}

function SearchForm({ view }: { view: BenchView }) {
  const { words, asked } = view;
  const { code, direction } = asked;
  const text = words.trace.bench;
  const kept = [...askedParams(asked)].filter(([name]) => name !== 'code');
  const directions = [
    ['backward', text.backward, 'left'],
    ['both', text.both, 'both'],
    ['forward', text.forward, 'right'],
  ] as const;
  return (
    <AskForm
      words={words}
      action="/trace"
      input={{
        name: 'code',
        label: text.label,
        value: code,
        placeholder: text.label,
        more: { 'aria-keyshortcuts': '/' },
      }}
      submit={{ said: text.ask, tone: 'main' }}
      camera={text.scan}
      hidden={kept.map(([name, value]) => ({ name, value }))}
      mark={<kbd>/</kbd>}
    >
      <nav class="tabs" aria-label={text.directions}>
        {directions.map(([name, label, icon]) => (
          <a href={benchHref(asked, { direction: name })} aria-current={name === direction ? 'true' : undefined}>
            {name === 'forward' ? null : <Icon name={icon} />}
            {label}
            {name === 'forward' ? <Icon name={icon} /> : null}
          </a>
        ))}
      </nav>
    </AskForm>
  );
}

function TracedLotView({ view, traced }: { view: BenchView; traced: Traced }) {
  const { words, asked, here } = view;
  const { filter } = asked;
  const text = words.trace.bench;
  const query = queryOf(asked);
  const noted = asked.shown === 'graph' ? text.edgeNote : words.trace.timeLine.took;
  const { holdings } = traced.chain;
  const shown = matchingHoldings(words, holdings, filter);
  const drawing = drawingOf(asked, traced.chain, isNarrowed(filter) ? new Set(shown.map(({ key }) => key)) : null);
  return (
    <BenchFrame>
      <section class={`card rim${rimOf(traced.lot.state)}`}>
        <LotHead words={words} lot={traced.lot} mayAct={view.mayAct} />
        <MarkBar words={words} chain={traced.chain} asked={asked} drawing={drawing} />
        <ChainShown view={view} traced={traced} drawing={drawing} />
        <p class="small faint">{noted(holdings.length, traced.tookMs.toFixed(1))}</p>
        {traced.cutAt === null ? null : (
          <p class="note is-warn small">
            <Icon name="alert" />
            <span>{text.cut(traced.cutAt)}</span>
          </p>
        )}
      </section>
      <div class="cols">
        <section class="card stack" id="holders">
          <div class="card-head">
            <h2>{text.table}</h2>
            <span class="small faint">{text.matches(shown.length, holdings.length)}</span>
          </div>
          <BenchFilters words={words} asked={asked} />
          <HolderTable words={words} holdings={shown} query={query} drawing={drawing} />
        </section>
        <div class="stack-wide">
          <Findings words={words} findings={traced.findings} />
          <CompareStart words={words} lot={traced.lot} />
          <ChainEvents words={words} events={traced.events} here={here} />
        </div>
      </div>
    </BenchFrame>
  );
}

/** What follows the code in the address of another lot. */
function queryOf(asked: BenchAsked): string {
  const params = askedParams(asked);
  params.delete('code');
  return params.toString();
}

type ShownView = { readonly view: BenchView; readonly traced: Traced; readonly drawing: Drawing };

/** The chain as a graph, as a list, or along time. */
function ChainShown({ view: { words, asked }, traced, drawing }: ShownView) {
  const { lot, chain, steps, now } = traced;
  const before = chain.holdings.filter(({ depth }) => depth < 0).length;
  const after = chain.holdings.filter(({ depth }) => depth > 0).length;
  const shared = { words, chain, query: queryOf(asked), drawing };
  const { bench, timeLine } = words.trace;
  return (
    <>
      <div class="row spread shown-as">
        <ShowTabs words={words} asked={asked} />
        {asked.shown === 'graph' ? <ZoomBar words={words} asked={asked} /> : null}
      </div>
      {asked.shown === 'time' ? (
        <ChainTimeLine {...shared} label={timeLine.label(lot.short, chain.holdings.length)} steps={steps} now={now} />
      ) : asked.shown === 'list' ? (
        <ChainList {...shared} on="everywhere" />
      ) : (
        <ChainGraph {...shared} label={bench.graphLabel(lot.short, before, after)} />
      )}
    </>
  );
}

function drawingOf(asked: BenchAsked, chain: Chain, matching: ReadonlySet<number> | null): Drawing {
  const { drawing } = asked;
  const opened = new Set(drawing.open);
  return {
    followed: follow(chain, drawing.mark),
    matching,
    opened,
    zoom: drawing.zoom,
    // Marking the marked one again takes the mark away.
    markHref: (key) => benchHref(asked, { drawing: { ...drawing, mark: key === drawing.mark ? null : key } }),
    openHref: (fold) => benchHref(asked, { drawing: { ...drawing, open: [...opened, fold] } }),
    remarks: new Map(),
  };
}
