// The inspector's bench: one search box, the chain drawn and in a table, and what can be done about it.
import { Icon } from '../parts/icon.tsx';
import { formatDate } from '../parts/time.ts';
import { Choices, type LotChoice } from './bench-choices.tsx';
import { ChainEvents, type EventLine } from './bench-events.tsx';
import { type BenchFilter, BenchFilters, HolderTable, matchingHoldings } from './bench-holders.tsx';
import { Compare, Findings } from './bench-side.tsx';
import type { Chain } from './chain.ts';
import { productOf } from './diner-page.tsx';
import { ChainGraph } from './graph.tsx';
import { LotBadge, type LotState, type PageView } from './parts.tsx';
import { AnsweredBadge, type RecallLine } from './recalls-page.tsx';
import { TracePage } from './trace-page.tsx';

export type Direction = 'backward' | 'forward' | 'both';

export type TracedLot = {
  readonly id: number;
  readonly code: string;
  readonly short: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
  readonly origin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly publicHref: string;
  readonly recall: {
    readonly href: string;
    readonly number: string;
    readonly reason: string;
    readonly answered: number;
    readonly holders: number;
  } | null;
};

export type Traced = {
  readonly lot: TracedLot;
  readonly chain: Chain;
  readonly events: readonly EventLine[];
  readonly tookMs: number;
  /** The bound the walk stopped at; null when it came to its end. */
  readonly cutAt: number | null;
  readonly common: CommonSource | null;
  readonly findings: readonly { readonly kind: string; readonly detail: string }[];
};

export type CommonSource = {
  readonly withCode: string;
  readonly withName: string;
  readonly lots: readonly LotChoice[];
};

export type BenchView = PageView & {
  readonly code: string;
  readonly direction: Direction;
  readonly filter: BenchFilter;
  readonly traced: Traced | null;
  /** Shown when the code fits several lots, or none. */
  readonly choices: readonly LotChoice[];
  readonly recent: readonly LotChoice[];
  readonly open: readonly RecallLine[];
  readonly refusal: string | null;
  /** May this caller hold lots and start recalls. */
  readonly mayAct: 'act' | 'look';
};

export function BenchPage(view: BenchView) {
  const { words, here, viewer, traced, code } = view;
  const text = words.trace.bench;
  return (
    <TracePage
      words={words}
      title={traced === null ? text.title : `${text.title} ${traced.lot.short}`}
      here={here}
      viewer={viewer}
      scripts={['scan.js']}
    >
      <h1 class="hide">{text.title}</h1>
      <search>
        <SearchForm view={view} />
      </search>
      {traced !== null ? (
        <TracedLotView view={view} traced={traced} />
      ) : code === '' ? (
        <Start view={view} />
      ) : (
        <NotFound view={view} />
      )}
    </TracePage>
  );
}

function SearchForm({ view }: { view: BenchView }) {
  const { words, code, direction } = view;
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
          <a
            href={`/trace?${new URLSearchParams({ code, direction: name })}`}
            aria-current={name === direction ? 'true' : undefined}
          >
            {name === 'forward' ? null : <Icon name={icon} />}
            {label}
            {name === 'forward' ? <Icon name={icon} /> : null}
          </a>
        ))}
      </nav>
      <button class="btn" type="button" data-scan hidden>
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
    </div>
  );
}

function NotFound({ view }: { view: BenchView }) {
  const { words, code, choices, refusal } = view;
  const text = words.trace.bench;
  if (choices.length > 0) {
    return (
      <section class="card stack">
        <h2>{text.several(choices.length)}</h2>
        <Choices words={words} choices={choices} />
      </section>
    );
  }
  return (
    <section class="card rim is-warn stack" role="alert">
      <h2 class="title">{refusal === null ? text.notFound : words.trace.diner.badTitle}</h2>
      <p>{refusal ?? text.notFoundLead(code)}</p>
      <ul class="advice small soft">
        <li>{words.trace.diner.unknownReasons.typo}</li>
        <li>{words.trace.diner.unknownReasons.notYet}</li>
      </ul>
    </section>
  );
}

function TracedLotView({ view, traced }: { view: BenchView; traced: Traced }) {
  const { words, direction, filter, here } = view;
  const text = words.trace.bench;
  const query = new URLSearchParams({ direction }).toString();
  const before = traced.chain.holdings.filter(({ depth }) => depth < 0).length;
  const after = traced.chain.holdings.filter(({ depth }) => depth > 0).length;
  const shown = matchingHoldings(words, traced.chain.holdings, filter);
  return (
    <>
      <section
        class={`card rim${traced.lot.state === 'recalled' ? ' is-bad' : traced.lot.state === 'held' ? ' is-warn' : ''}`}
      >
        <LotHead view={view} lot={traced.lot} />
        <ChainGraph
          words={words}
          chain={traced.chain}
          label={text.graphLabel(traced.lot.short, before, after)}
          query={query}
        />
        <p class="small faint">{text.edgeNote(traced.chain.holdings.length, traced.tookMs.toFixed(1))}</p>
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
            <span class="small faint">{text.matches(shown.length, traced.chain.holdings.length)}</span>
          </div>
          <BenchFilters words={words} filter={filter} code={view.code} direction={direction} />
          <HolderTable words={words} holdings={shown} query={query} />
        </section>
        <div class="stack-wide">
          <Findings words={words} findings={traced.findings} />
          <ChainEvents words={words} events={traced.events} here={here} />
          <Compare view={view} traced={traced} />
        </div>
      </div>
    </>
  );
}

function LotHead({ view, lot }: { view: BenchView; lot: TracedLot }) {
  const { words, mayAct } = view;
  const text = words.trace.bench;
  const facts = [
    lot.origin,
    lot.producedAt === null ? null : `${words.trace.producedAt} ${formatDate(lot.producedAt)}`,
    lot.expiresAt === null ? null : `${words.trace.expiresAt} ${formatDate(lot.expiresAt)}`,
  ].filter((fact) => fact !== null);
  return (
    <div class="row spread top">
      <div class="stack">
        <div class="row">
          <h2 class="title">{productOf(words, lot)}</h2>
          <LotBadge words={words} state={lot.state} />
          <span class="code soft">{lot.short}</span>
        </div>
        {lot.recall === null ? null : (
          <p class="soft">
            <a href={lot.recall.href}>{text.recallOf(lot.recall.number, lot.recall.reason)}</a>{' '}
            {words.trace.recall.answered(lot.recall.answered, lot.recall.holders)}
          </p>
        )}
        {facts.length === 0 ? null : <p class="soft small">{facts.join(words.lang === 'en' ? ' · ' : '；')}</p>}
      </div>
      <div class="row">
        <button class="btn small" type="button" data-print hidden>
          <Icon name="print" />
          {text.print}
        </button>
        <a class="btn small" href={`/lots/${lot.id}`}>
          <Icon name="doc" />
          {text.record}
        </a>
        <a class="btn small" href={lot.publicHref}>
          <Icon name="link" />
          {text.publicPage}
        </a>
        {mayAct === 'act' && lot.recall === null ? (
          <a class="btn small risk" href={`/recalls/new?code=${encodeURIComponent(lot.code)}`}>
            <Icon name="alert" />
            {text.startRecall}
          </a>
        ) : null}
      </div>
    </div>
  );
}
