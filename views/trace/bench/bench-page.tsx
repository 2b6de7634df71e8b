// The inspector's bench: one search box, the chain drawn and in a table, and what can be done about it.
import { Icon } from '../../parts/icon.tsx';
import { type BenchAsked, benchHref } from '../chain/bench-address.ts';
import type { Chain } from '../chain/chain.ts';
import { follow } from '../chain/follow.ts';
import { ChainGraph } from '../chain/graph.tsx';
import type { Drawing } from '../chain/graph-node.ts';
import type { FindingSaid } from '../finding/finding-text.ts';
import { type ReadingChoice, ReadingChoices } from '../lot/reading-choices.tsx';
import { type PageView, rimOf } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { AnsweredBadge, type RecallLine } from '../recall/recalls-page.tsx';
import { TracePage } from '../trace-page.tsx';
import { Choices, type LotChoice } from './bench-choices.tsx';
import { ChainEvents, type EventLine } from './bench-events.tsx';
import { LotHead, type TracedLot } from './bench-head.tsx';
import { BenchFilters, HolderTable, isNarrowed, matchingHoldings } from './bench-holders.tsx';
import { MarkBar, ZoomBar } from './bench-mark.tsx';
import { CompareStart, Findings } from './bench-side.tsx';

export type Traced = {
  readonly lot: TracedLot;
  readonly chain: Chain;
  readonly events: readonly EventLine[];
  readonly tookMs: number;
  /** The bound the walk stopped at; null when it came to its end. */
  readonly cutAt: number | null;
  readonly findings: readonly FindingSaid[];
};

export type NamedThing = {
  readonly kind: 'place' | 'product' | 'container';
  readonly name: string;
  readonly href: string;
};

export type BenchView = PageView & {
  readonly asked: BenchAsked;
  readonly traced: Traced | null;
  /** Lots the code fits, or lots that look like what was meant. */
  readonly choices: readonly LotChoice[];
  readonly fit: 'fits' | 'resembles';
  readonly recent: readonly LotChoice[];
  readonly open: readonly RecallLine[];
  readonly refusal: string | null;
  /** The meanings of a code that has several. */
  readonly readings: readonly ReadingChoice[];
  /** What the code names where it names no lot: a place, a product, a box. */
  readonly named: readonly NamedThing[];
  /** Why the code is no lot's; null where it may be one. */
  readonly fault: string | null;
  /** May this caller hold lots and start recalls. */
  readonly mayAct: 'act' | 'look';
};

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
        <Start view={view} />
      ) : (
        <NotFound view={view} />
      )}
    </TracePage>
  );
}

function SearchForm({ view }: { view: BenchView }) {
  const { words, asked } = view;
  const { code, direction } = asked;
  const text = words.trace.bench;
  const directions = [
    ['backward', text.backward, 'left'],
    ['both', text.both, 'both'],
    ['forward', text.forward, 'right'],
  ] as const;
  return (
    <form class="ask" method="get" action="/trace" data-scan-form>
      <div class="ask-box">
        <Icon name="search" />
        <label class="hide" for="code">
          {text.label}
        </label>
        <input
          id="code"
          name="code"
          value={code}
          autocomplete="off"
          spellcheck={false}
          aria-keyshortcuts="/"
          placeholder={text.label}
          data-scan-target
        />
        <kbd>/</kbd>
      </div>
      <input type="hidden" name="direction" value={direction} />
      <nav class="tabs" aria-label={text.directions}>
        {directions.map(([name, label, icon]) => (
          <a href={benchHref(asked, { direction: name })} aria-current={name === direction ? 'true' : undefined}>
            {name === 'forward' ? null : <Icon name={icon} />}
            {label}
            {name === 'forward' ? <Icon name={icon} /> : null}
          </a>
        ))}
      </nav>
      <button
        class="btn"
        type="button"
        data-scan
        data-close={words.trace.shop.cameraStop}
        data-not-read={words.trace.shop.notRead}
        hidden
      >
        <Icon name="scan" />
        {text.scan}
      </button>
      <button class="btn main" type="submit">
        {text.ask}
      </button>
    </form>
  );
}

function Start({ view }: { view: BenchView }) {
  const { words, recent, open } = view;
  const text = words.trace.bench;
  return (
    <div class="cols">
      <section class="card rim stack">
        <h2 class="title">{text.emptyTitle}</h2>
        <p class="soft">{text.emptyLead}</p>
        {recent.length === 0 ? null : (
          <>
            <h3>{text.recent}</h3>
            <Choices words={words} choices={recent} />
          </>
        )}
      </section>
      <div class="stack-wide">
        <section class="card stack">
          <div class="card-head">
            <h2>{text.openRecalls}</h2>
            <span class="count">{open.length}</span>
          </div>
          {open.length === 0 ? <p class="small soft">{words.trace.recall.emptyTitle}</p> : null}
          <ul class="choices-list">
            {open.map((line) => (
              <li>
                <a href={line.href}>{productOf(words, line)}</a>
                <span class="code small faint">{line.batch}</span>
                <AnsweredBadge words={words} answered={line.answered} holders={line.holders} />
              </li>
            ))}
          </ul>
        </section>
        <section class="card stack">
          <h2>{text.more}</h2>
          <ul class="choices-list">
            <li>
              <a href="/trace/compare">{words.trace.compare.title}</a>
              <span class="small soft">{words.trace.compare.lead}</span>
            </li>
          </ul>
        </section>
      </div>
    </div>
  );
}

function NotFound({ view }: { view: BenchView }) {
  const { words, asked, choices, refusal } = view;
  const text = words.trace.bench;
  if (choices.length > 0 && view.fit === 'fits') {
    return (
      <section class="card stack">
        <h2>{text.several(choices.length)}</h2>
        <Choices words={words} choices={choices} />
      </section>
    );
  }
  if (view.readings.length > 0) {
    return (
      <section class="card rim is-warn stack" role="alert">
        <h2 class="title">{words.trace.scan.unsureTitle}</h2>
        <p>{words.trace.scan.unsureLead}</p>
        <ReadingChoices words={words} readings={view.readings} />
      </section>
    );
  }
  if (view.named.length > 0) return <NamedThings view={view} />;
  const titles: Readonly<Record<string, string>> = { no_lot: text.productCode, not_a_lot: text.placeCode };
  const title = view.fault === null ? text.notFound : (titles[view.fault] ?? words.trace.diner.badTitle);
  return (
    <section class="card rim is-warn stack" role="alert">
      <h2 class="title">{title}</h2>
      <p>{refusal ?? text.notFoundLead(asked.code.slice(0, 200))}</p>
      {refusal === null && /^\d{12,14}$/.test(asked.code) ? <p>{text.maybeGtin}</p> : null}
      {choices.length === 0 ? (
        <ul class="advice small soft">
          <li>{words.trace.diner.unknownReasons.typo}</li>
          <li>{words.trace.diner.unknownReasons.notYet}</li>
        </ul>
      ) : (
        <>
          <h3>{text.suggestions}</h3>
          <Choices words={words} choices={choices} />
        </>
      )}
    </section>
  );
}

/** The code is sound and names something: what it is, the page of it, and lots of it to go on with. */
function NamedThings({ view }: { view: BenchView }) {
  const { words, named, choices } = view;
  const text = words.trace.scan;
  const kinds = {
    place: { said: text.isPlace, open: text.openPlace },
    product: { said: text.isProduct, open: text.openProduct },
    container: { said: text.isContainer, open: text.openContainer },
  };
  return (
    <section class="card rim stack" role="status">
      {named.map(({ kind, name, href }) => (
        <div class="row spread">
          <h2 class="title">{kinds[kind].said(name)}</h2>
          <a class="btn" href={href}>
            {kinds[kind].open}
          </a>
        </div>
      ))}
      {choices.length === 0 ? null : (
        <>
          <h3>{named.some(({ kind }) => kind === 'container') ? text.inContainer : words.trace.bench.suggestions}</h3>
          <Choices words={words} choices={choices} />
        </>
      )}
    </section>
  );
}

function TracedLotView({ view, traced }: { view: BenchView; traced: Traced }) {
  const { words, asked, here } = view;
  const { direction, filter } = asked;
  const text = words.trace.bench;
  const query = new URLSearchParams({ direction }).toString();
  const { holdings } = traced.chain;
  const before = holdings.filter(({ depth }) => depth < 0).length;
  const after = holdings.filter(({ depth }) => depth > 0).length;
  const shown = matchingHoldings(words, holdings, filter);
  const drawing = drawingOf(asked, traced.chain, isNarrowed(filter) ? new Set(shown.map(({ key }) => key)) : null);
  return (
    <div
      id="bench"
      class="stack-wide"
      hx-target="#bench"
      hx-select="#bench"
      hx-swap="outerHTML show:none"
      hx-push-url="true"
    >
      <section class={`card rim${rimOf(traced.lot.state)}`}>
        <LotHead words={words} lot={traced.lot} mayAct={view.mayAct} />
        <MarkBar words={words} chain={traced.chain} asked={asked} drawing={drawing} />
        <ZoomBar words={words} asked={asked} />
        <ChainGraph
          words={words}
          chain={traced.chain}
          label={text.graphLabel(traced.lot.short, before, after)}
          query={query}
          drawing={drawing}
        />
        <p class="small faint">{text.edgeNote(holdings.length, traced.tookMs.toFixed(1))}</p>
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
    </div>
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
