// From a flag to the goods: which lots were in that kitchen at that hour.
import { Page } from '../../parts/page.tsx';
import { formatMoment, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, LotBadge, type PageView } from '../../trace/parts.tsx';
import { productOf } from '../../trace/product-name.ts';
import type { JoinedLot } from './lot-kitchens-page.tsx';

export type PresentLot = JoinedLot & {
  readonly presence: 'written' | 'assumed';
  readonly cameAt: number;
  readonly leftAt: number | null;
};

export type FlagLotsView = PageView & {
  readonly flag: {
    readonly id: number;
    readonly violation: string;
    readonly at: number;
    readonly status: keyof Texts['kitchen']['flagStatuses'];
    readonly restaurantId: number;
    readonly name: string;
    readonly nameEn: string | null;
  };
  readonly lots: readonly PresentLot[];
  readonly cut: boolean;
};

export function FlagLotsPage({ words, here, viewer, flag, lots, cut }: FlagLotsView) {
  const text = words.join;
  return (
    <Page words={words} title={text.flagTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <section class="card rim stack">
        <h1 class="title">{text.flagTitle}</h1>
        <p>
          {flag.violation} · {words.kitchen.flagStatuses[flag.status]} ·{' '}
          <a href={`/kitchens/${flag.restaurantId}`}>{localName(words.lang, flag)}</a> ·{' '}
          {formatMoment(flag.at, words.lang)}
        </p>
        <p class="small soft">{text.flagLead}</p>
        {cut ? <p class="note is-warn">{words.common.cutShort}</p> : null}
      </section>
      <section class="card stack">
        {lots.length === 0 ? (
          <EmptyState title={text.noLots} lead={text.noLotsLead} />
        ) : (
          <PresentLots words={words} lots={lots} />
        )}
      </section>
    </Page>
  );
}

export function PresentLots({ words, lots }: { words: Texts; lots: readonly PresentLot[] }) {
  const text = words.join;
  return (
    <table class="cards">
      <caption class="hide">{text.presentLots}</caption>
      <thead>
        <tr>
          <th scope="col">{words.complaints.lot}</th>
          <th scope="col">{words.complaints.state}</th>
          <th scope="col">{text.came}</th>
          <th scope="col">{text.left}</th>
          <th scope="col">{text.howKnown}</th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr>
            <th scope="row">
              <a href={`/lots/${lot.id}`}>
                {productOf(words, lot)} <span class="code">{lot.batch}</span>
              </a>
            </th>
            <td class="now">
              <LotBadge words={words} state={lot.state} />
            </td>
            <td data-l={text.came}>{formatTime(lot.cameAt, words.lang)}</td>
            <td data-l={text.left}>{lot.leftAt === null ? '–' : formatTime(lot.leftAt, words.lang)}</td>
            <td data-l={text.howKnown}>{text.presence[lot.presence]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
