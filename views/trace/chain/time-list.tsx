// The same steps in words: one below the other on a phone, and as a table beneath the drawing.

import { Icon } from '../../parts/icon.tsx';
import { formatDate, formatNumber, formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { amountWithMark, placeName, stageOf, When } from '../parts.tsx';
import type { Chain, ChainHolding, ChainStep } from './chain.ts';
import { type Drawing, holdingHref, isDim, productLine } from './graph-node.ts';
import type { TimeDoubt } from './time-doubt.ts';
import type { TimeLine } from './time-line.ts';

type Told = {
  readonly words: Texts;
  readonly chain: Chain;
  readonly query: string;
  readonly drawing: Drawing;
  readonly steps: readonly ChainStep[];
  readonly line: TimeLine;
};

type Named = ReadonlyMap<number, ChainHolding>;

/** `22 Nov` or `11-22`. */
export function dayOf(at: number, lang: string): string {
  return lang === 'en' ? formatTime(at, lang).replace(/,.*/, '') : formatDate(at).slice(5);
}

export function stepName(words: Texts, { kind, step }: ChainStep): string {
  const { kinds } = words.trace.timeLine;
  // What went into an event and what came out of it are told apart.
  return kind === 'used' ? kinds.used : (words.trace.steps[step ?? ''] ?? kinds[kind]);
}

/** `发货 11-22 11:05 20.0 kg`. */
export function stepSaid(words: Texts, step: ChainStep): string {
  const quantity = step.quantity === null ? '' : amountWithMark(words, step.quantity, step.unit);
  return [stepName(words, step), formatTime(step.at, words.lang), quantity].filter((part) => part !== '').join(' ');
}

export function doubtSaid(words: Texts, { kind, other, byMs }: TimeDoubt, named: Named): string {
  const holding = other === null ? undefined : named.get(other);
  const by = holding === undefined ? '' : placeName(words, holding.place);
  return words.trace.timeLine.doubts[kind](durationSaid(words, byMs), by);
}

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

function durationSaid(words: Texts, ms: number): string {
  const { minutes, hours, days } = words.trace.timeLine;
  if (ms < hourMs) return minutes(String(Math.max(1, Math.round(ms / minuteMs))));
  if (ms < 2 * dayMs) return hours(formatNumber(ms / hourMs, 1).replace(/\.0$/, ''));
  return days(formatNumber(ms / dayMs, 1).replace(/\.0$/, ''));
}

const shownSteps = 80;

type Item = {
  readonly holding: ChainHolding;
  readonly step: ChainStep | undefined;
  readonly doubts: TimeLine['doubts'];
};

/** In the order of time; what nobody told a step of comes last. Doubts stand with the first step of their row. */
function itemsOf({ chain, steps, line }: Told): Item[] {
  const shown = new Set(line.rows.flatMap(({ members }) => members));
  const named = new Map(chain.holdings.map((holding) => [holding.key, holding] as const));
  const doubts = new Map<number, TimeDoubt[]>();
  for (const doubt of line.doubts) doubts.set(doubt.holding, [...(doubts.get(doubt.holding) ?? []), doubt]);
  const said = new Set<number>();
  const withDoubts = (holding: ChainHolding, step: ChainStep | undefined): Item => {
    const own = said.has(holding.key) ? [] : (doubts.get(holding.key) ?? []);
    said.add(holding.key);
    return { holding, step, doubts: own };
  };
  const items = [...steps]
    .sort((a, b) => a.at - b.at || a.eventId - b.eventId)
    .flatMap((step) => {
      const holding = named.get(step.holding);
      return holding === undefined || !shown.has(step.holding) ? [] : [withDoubts(holding, step)];
    });
  const silent = chain.holdings.filter(({ key }) => !said.has(key));
  return [...items, ...silent.map((holding) => withDoubts(holding, undefined))];
}

/** On a phone: downward is onward. */
export function StepList(told: Told) {
  const items = itemsOf(told);
  const [first, rest] = [items.slice(0, shownSteps), items.slice(shownSteps)];
  return (
    <div class="only-phone">
      <ol class="line">
        {first.map((item) => (
          <StepItem told={told} item={item} />
        ))}
      </ol>
      {rest.length === 0 ? null : (
        <details class="more small">
          <summary>{told.words.trace.timeLine.moreSteps(rest.length)}</summary>
          <ol class="line">
            {rest.map((item) => (
              <StepItem told={told} item={item} />
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function StepItem({ told, item }: { told: Told; item: Item }) {
  const { words, drawing, query, chain } = told;
  const { holding, step, doubts } = item;
  const named = new Map(doubts.length === 0 ? [] : chain.holdings.map((each) => [each.key, each] as const));
  const classes = [
    holding.scope === 'here' ? 'is-here' : '',
    doubts.length > 0 ? 'is-warn' : '',
    isDim(drawing, [holding.key]) ? 'is-back' : '',
  ];
  return (
    <li class={classes.filter((name) => name !== '').join(' ') || undefined}>
      <span class="dot">
        <Icon name={stageOf(holding.place.kind).icon} />
      </span>
      <h3>
        {step === undefined ? words.trace.timeLine.noTime : stepName(words, step)}{' '}
        {step === undefined ? null : (
          <span class="faint small">
            <When at={step.at} words={words} />
          </span>
        )}
      </h3>
      <p>
        <a href={drawing.markHref(holding.key)}>{placeName(words, holding.place)}</a>
      </p>
      <p class="small soft">
        <a href={holdingHref(holding, query)}>{productLine(words, holding)}</a>{' '}
        {step === undefined || step.quantity === null ? null : amountWithMark(words, step.quantity, step.unit)}
      </p>
      {doubts.map((doubt) => (
        <p class="small warn">{doubtSaid(words, doubt, named)}</p>
      ))}
    </li>
  );
}

/** The drawing's twin: every step it shows, as cells. */
export function StepTable(told: Told) {
  const { words, chain, query } = told;
  const text = words.trace.timeLine;
  const items = itemsOf(told);
  const named = new Map(chain.holdings.map((holding) => [holding.key, holding] as const));
  return (
    <details class="more only-desk on-paper">
      <summary>{words.chart.asTable}</summary>
      <section class="scroll" tabindex={0} aria-label={text.tableCaption}>
        <table>
          <caption class="hide">{text.tableCaption}</caption>
          <thead>
            <tr>
              {[text.when, text.step, words.trace.bench.site, words.trace.bench.lot].map((head) => (
                <th scope="col">{head}</th>
              ))}
              <th scope="col" class="right">
                {text.quantity}
              </th>
              <th scope="col">{text.doubt}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ holding, step, doubts }) => (
              <tr>
                <td class="nowrap">{step === undefined ? text.noTime : <When at={step.at} words={words} />}</td>
                <td>{step === undefined ? '—' : stepName(words, step)}</td>
                <th scope="row">{placeName(words, holding.place)}</th>
                <td>
                  <a href={holdingHref(holding, query)}>{productLine(words, holding)}</a>
                </td>
                <td class="right nowrap">
                  {step === undefined || step.quantity === null ? '—' : amountWithMark(words, step.quantity, step.unit)}
                </td>
                <td>{doubts.map((doubt) => doubtSaid(words, doubt, named)).join(words.lang === 'en' ? '; ' : '；')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
