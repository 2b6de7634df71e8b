// Every component that pages are made of, from the code that pages use, in the reader's language and the device's colours.
import { Badge, CameraBadge, FlagBadge } from '../../kitchen/state-badge.tsx';
import { ChartFigure } from '../../parts/chart/chart-figure.tsx';
import { Faults, Field } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import {
  AnswerBadge,
  type AnswerState,
  EmptyState,
  LotBadge,
  type LotState,
  type PageView,
} from '../../trace/parts.tsx';

type Words = { readonly words: Texts };

export function PartsPage({ words, here, viewer }: PageView) {
  const text = words.front.kit;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['trace.css', 'oversight.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      <Badges words={words} />
      <Buttons words={words} />
      <Notes words={words} />
      <Form words={words} />
      <Table words={words} />
      <Drawings words={words} />
      <section class="card">
        <EmptyState title={words.trace.lots.emptyTitle} lead={words.trace.lots.emptyLead} />
      </section>
    </Page>
  );
}

function keysOf<Key extends string>(names: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(names) as Key[];
}

function Badges({ words }: Words) {
  return (
    <section class="card stack" id="badges">
      <h2>{words.front.kit.badges}</h2>
      <p class="row">
        {keysOf(words.trace.lotStates).map((state: LotState) => (
          <LotBadge words={words} state={state} />
        ))}
      </p>
      <p class="row">
        {keysOf(words.trace.recall.answers).map((answer: AnswerState) => (
          <AnswerBadge words={words} answer={answer} />
        ))}
      </p>
      <p class="row">
        {keysOf(words.kitchen.cameraStates).map((state) => (
          <CameraBadge words={words} state={state} />
        ))}
      </p>
      <p class="row">
        {keysOf(words.kitchen.flagStatuses).map((status) => (
          <FlagBadge words={words} status={status} />
        ))}
        <Badge kind="overdue" icon="late" label={words.kitchen.overdue} />
      </p>
    </section>
  );
}

function Buttons({ words }: Words) {
  const { common, front } = words;
  return (
    <section class="card stack" id="buttons">
      <h2>{front.kit.buttons}</h2>
      <p class="row">
        <button class="btn main" type="button">
          <Icon name="search" />
          {common.search}
        </button>
        <button class="btn" type="button">
          {common.more}
        </button>
        <button class="btn risk" type="button">
          <Icon name="alert" />
          {words.trace.recall.start}
        </button>
        <button class="btn small" type="button">
          {common.more}
        </button>
        <button class="btn" type="button" disabled>
          {common.more}
        </button>
        <kbd>/</kbd>
      </p>
      <nav class="tabs" aria-label={front.kit.buttons}>
        <a href="#badges">{front.kit.badges}</a>
        <a href="#buttons" aria-current="page">
          {front.kit.buttons} <span class="count">3</span>
        </a>
      </nav>
    </section>
  );
}

const tones = [
  ['', 'info'],
  [' is-good', 'check'],
  [' is-warn', 'late'],
  [' is-bad', 'alert'],
] as const;

function Notes({ words }: Words) {
  return (
    <section class="card stack" id="notes">
      <h2>{words.front.kit.notes}</h2>
      {tones.map(([tone, icon]) => (
        <p class={`note${tone}`}>
          <Icon name={icon} />
          <span>{words.front.kit.lead}</span>
        </p>
      ))}
    </section>
  );
}

function Form({ words }: Words) {
  const { trace, common } = words;
  const faults = [{ place: '/batch', detail: trace.diner.unknownReasons.typo }];
  return (
    <section class="card stack" id="form">
      <h2>{words.front.kit.form}</h2>
      <Faults words={words} faults={faults} />
      <Field label={trace.product} name="product" hint={trace.diner.typeBatch} value="" />
      <Field label={trace.batch} name="batch" value="A0?" faults={faults} />
      <label class="choice">
        <input type="checkbox" />
        {common.more}
      </label>
      <progress max={100} value={62} aria-label={words.front.kit.form} />
    </section>
  );
}

function Table({ words }: Words) {
  const { trace } = words;
  return (
    <section class="card stack" id="table">
      <h2>{words.front.kit.table}</h2>
      <table class="cards">
        <caption class="hide">{words.front.kit.table}</caption>
        <thead>
          <tr>
            <th scope="col">{trace.batch}</th>
            <th scope="col" class="right">
              {trace.recall.handled}
            </th>
            <th scope="col">{trace.state}</th>
          </tr>
        </thead>
        <tbody>
          {(['ok', 'near', 'recalled'] as const).map((state, at) => (
            <tr class={state === 'recalled' ? 'is-late' : undefined}>
              <th scope="row" class="code">
                A0{at + 7}
              </th>
              <td data-l={trace.recall.handled} class="right nowrap">
                {24 * (at + 1)}.0&nbsp;kg
              </td>
              <td class="now">
                <LotBadge words={words} state={state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Drawings({ words }: Words) {
  const { kit } = words.front;
  const labels = ['11-26', '11-27', '11-28', '11-29', '11-30'];
  const points = labels.map((label, at) => ({ label, value: at === 2 ? undefined : 90 + at * 2 }));
  const series = [{ name: kit.charts, points }];
  const tones = ['good', 'warn', 'bad', 'none', 'good'] as const;
  return (
    <div class="charts" id="charts">
      <ChartFigure
        words={words}
        chart={{ kind: 'bars', id: 'bars', title: kit.bars, unit: 'count', of: kit.table, points }}
      />
      <ChartFigure
        words={words}
        chart={{ kind: 'line', id: 'line', title: kit.line, unit: 'points', of: kit.table, series }}
      />
      <ChartFigure
        words={words}
        chart={{
          kind: 'strip',
          id: 'strip',
          title: kit.strip,
          of: kit.table,
          labels,
          rows: [{ name: words.common.nav.cameras, tones, sum: '62%' }],
          tones: { good: words.front.good },
        }}
      />
    </div>
  );
}
