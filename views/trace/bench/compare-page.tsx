// Several lots side by side: what they have in common upstream, ranked, drawn, and what can be done about it.
import { Icon } from '../../parts/icon.tsx';
import { AskForm } from '../ask-form.tsx';
import { follow } from '../chain/follow.ts';
import { ChainGraph } from '../chain/graph.tsx';
import type { Drawing } from '../chain/graph-node.ts';
import { LotBadge, placeName } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import { Choices } from './bench-choices.tsx';
import { BenchFrame } from './bench-frame.tsx';
import { compareHref } from './compare-address.ts';
import { type CompareView, comparedName } from './compare-row.ts';
import { ComparePlaces, CompareSources } from './compare-tables.tsx';

export function ComparePage(view: CompareView) {
  const { words, here, viewer, result } = view;
  const text = words.trace.compare;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer} scripts={['scan.js', 'bench.js']}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.title}</h1>
          <p class="soft">{text.lead}</p>
        </div>
        {result === null ? null : (
          <button class="btn" type="button" data-share={words.trace.bench.shared} hidden>
            <Icon name="link" />
            {words.trace.bench.copyAddress}
          </button>
        )}
      </header>
      <Chosen view={view} />
      {result === null ? null : <Result view={view} result={result} />}
    </TracePage>
  );
}

function Chosen({ view }: { view: CompareView }) {
  const { words, lots, most } = view;
  const text = words.trace.compare;
  return (
    <section class="card stack" id="chosen">
      <div class="card-head">
        <h2>{text.chosen}</h2>
        <span class="small faint">{`${lots.length} / ${most}`}</span>
      </div>
      {lots.length === 0 ? <p class="soft">{text.emptyLead}</p> : null}
      <ol class="compared">
        {lots.map((lot, position) => (
          <li>
            <span class="count" aria-hidden="true">
              {position + 1}
            </span>
            <a href={`/trace?${new URLSearchParams({ code: lot.code })}`}>{comparedName(words, lot)}</a>
            <span class="code small soft">{lot.short}</span>
            <LotBadge words={words} state={lot.state} />
            <a
              class="btn small bare"
              href={compareHref(lots.filter((other) => other !== lot).map(({ code }) => code))}
              aria-label={`${text.remove}: ${comparedName(words, lot)} ${lot.short}`}
            >
              {text.remove}
            </a>
          </li>
        ))}
      </ol>
      {lots.length === 1 ? <p class="small soft">{text.needTwo}</p> : null}
      {lots.length >= most ? <p class="small soft">{text.full}</p> : <AddLot view={view} />}
    </section>
  );
}

function AddLot({ view: { words, lots, typed, fault, choices } }: { view: CompareView }) {
  const text = words.trace.compare;
  return (
    <>
      <AskForm
        words={words}
        action="/trace/compare"
        input={{
          name: 'lot',
          label: text.add,
          value: typed,
          placeholder: words.trace.bench.label,
          more: {
            maxlength: 2048,
            'aria-invalid': fault === null ? undefined : 'true',
            'aria-describedby': fault === null ? undefined : 'lot-error',
          },
        }}
        submit={{ said: text.addButton, tone: 'main' }}
        camera={words.trace.bench.scan}
        hidden={lots.map(({ code }) => ({ name: 'lot', value: code }))}
      />
      {fault === null ? null : (
        <p class="error" id="lot-error" role="alert">
          <Icon name="alert" />
          {fault}
        </p>
      )}
      {choices.length === 0 ? null : (
        <>
          <h3>{fault === null ? text.several : words.trace.bench.suggestions}</h3>
          <Choices words={words} choices={choices} />
        </>
      )}
    </>
  );
}

function Result({ view, result }: { view: CompareView; result: NonNullable<CompareView['result']> }) {
  const { words, lots } = view;
  const text = words.trace.compare;
  const drawing = drawingOf(view, result);
  return (
    <BenchFrame>
      <section class="card rim stack">
        <Headline view={view} result={result} />
        <ChainGraph
          words={words}
          chain={result.chain}
          label={text.graphLabel(lots.length)}
          query="direction=both"
          drawing={drawing}
        />
        {result.cut === 'whole' ? null : (
          <p class="note is-warn small">
            <Icon name="alert" />
            <span>{text.cut}</span>
          </p>
        )}
      </section>
      {result.sources.length === 0 ? null : (
        <CompareSources words={words} view={view} sources={result.sources} drawing={drawing} />
      )}
      <ComparePlaces words={words} lots={lots} places={result.places} />
    </BenchFrame>
  );
}

/** The answer first: the lot that most of them come from, and what to do with it. */
function Headline({ view, result }: { view: CompareView; result: NonNullable<CompareView['result']> }) {
  const { words, lots } = view;
  const text = words.trace.compare;
  const [first] = result.sources;
  const [place] = result.places;
  if (first === undefined) {
    return (
      <div class="stack">
        <h2 class="title">{text.none}</h2>
        <p class="soft">{text.noneLead}</p>
      </div>
    );
  }
  return (
    <div class="row spread top">
      <div class="stack">
        <p class="soft small">{text.result}</p>
        <div class="row">
          <h2 class="title">{comparedName(words, first)}</h2>
          <span class="code soft">{first.short}</span>
          <LotBadge words={words} state={first.state} />
        </div>
        <p>
          <b>{text.found(first.reachedBy.length, lots.length)}</b>
          {place !== undefined && place.reachedBy.length > first.reachedBy.length
            ? `${words.lang === 'en' ? '; ' : '；'}${text.passed(placeName(words, place.place), place.reachedBy.length, lots.length)}`
            : ''}
        </p>
      </div>
      <div class="row">
        <a class="btn" href={`/trace?${new URLSearchParams({ code: first.code, direction: 'forward' })}`}>
          <Icon name="both" />
          {text.trace}
        </a>
        {view.mayAct === 'look' || first.state === 'recalled' ? null : (
          <>
            <a class="btn" href={`/lots/${first.id}#holds`}>
              <Icon name="seal" />
              {text.hold}
            </a>
            <a class="btn risk" href={`/recalls/new?${new URLSearchParams({ code: first.code })}`}>
              <Icon name="alert" />
              {text.recall}
            </a>
          </>
        )}
      </div>
    </div>
  );
}

function drawingOf(view: CompareView, { chain, reachedBy }: NonNullable<CompareView['result']>): Drawing {
  const { words, lots, drawing } = view;
  const codes = lots.map(({ code }) => code);
  const said = words.trace.compare;
  return {
    followed: follow(chain, drawing.mark),
    matching: null,
    opened: new Set(drawing.open),
    zoom: drawing.zoom,
    markHref: (key) => compareHref(codes, { ...drawing, mark: key === drawing.mark ? null : key }),
    openHref: (fold) => compareHref(codes, { ...drawing, open: [...drawing.open, fold] }),
    remarks: new Map(
      [...reachedBy].map(([key, positions]) => [
        key,
        { short: `${positions.length}/${lots.length}`, said: said.reachedBy(positions.length, lots.length) },
      ]),
    ),
  };
}
