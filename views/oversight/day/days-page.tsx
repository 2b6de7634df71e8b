// The shops' days at a glance: an owner chooses one, an inspector sees who missed what.
import { Page } from '../../parts/page.tsx';
import { localName } from '../../text/texts.ts';
import { EmptyState, type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';
import { dayHref } from './day-page.tsx';

export type ShopLine = {
  readonly site: PlaceName;
  readonly today: 'done' | 'closed' | 'open';
  readonly missed: number;
  readonly week: string | null;
  readonly officer: { readonly name: string; readonly nameEn: string | null } | null;
};

export type DaysView = PageView & {
  readonly whose: 'mine' | 'all';
  readonly shops: readonly ShopLine[];
  readonly next: string | null;
};

export function DaysPage({ words, here, viewer, whose, shops, next }: DaysView) {
  const text = words.day;
  const title = whose === 'mine' ? text.title : text.listTitle;
  const tones = { done: 'done', closed: 'offline', open: 'due' } as const;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['trace.css', 'day.css']}>
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft">{whose === 'mine' ? text.choose : text.listLead}</p>
      </header>
      <section class="card stack">
        {shops.length === 0 ? (
          <EmptyState title={whose === 'mine' ? text.noShop : text.listEmpty} lead={text.listEmptyLead} />
        ) : null}
        {shops.length === 0 ? null : (
          <table class="cards">
            <caption class="hide">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{text.columns.shop}</th>
                <th scope="col">{text.columns.today}</th>
                <th scope="col">{text.columns.missed}</th>
                <th scope="col">{text.columns.week}</th>
                <th scope="col">{text.columns.officer}</th>
              </tr>
            </thead>
            <tbody>
              {shops.map(({ site, today, missed, week, officer }) => (
                <tr>
                  <th scope="row">
                    <a href={dayHref(site.id)}>{placeName(words, site)}</a>
                  </th>
                  <td class="now">
                    <span class={`badge ${tones[today]}`}>{text.todayStates[today]}</span>
                  </td>
                  <td data-l={text.columns.missed}>{missed}</td>
                  <td data-l={text.columns.week}>{week ?? '–'}</td>
                  <td data-l={text.columns.officer}>
                    {officer === null ? text.nobodyYet : localName(words.lang, officer)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {next === null ? null : (
          <p>
            <a class="btn" href={next}>
              {words.common.more}
            </a>
          </p>
        )}
      </section>
    </Page>
  );
}
