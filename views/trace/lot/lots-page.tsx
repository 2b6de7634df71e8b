// The list of lots, with one search field.
import { Icon } from '../../parts/icon.tsx';
import { dayCell, FileLink } from '../../parts/listing.tsx';
import { type Column, SortHead } from '../../parts/sorting.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, LotBadge, type LotState, type PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';

export type LotRow = {
  readonly id: number;
  readonly batch: string;
  readonly code: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly origin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly state: LotState;
};

export type LotsView = PageView & {
  readonly lots: readonly LotRow[];
  readonly asked: { readonly q: string; readonly status: LotState | ''; readonly sort: string };
  /** Where the next page starts; null at the end. */
  readonly nextHref: string | null;
  readonly mayAdd: 'add' | 'look';
  /** More were found than are put in order at once. */
  readonly cut: 'cut' | 'whole';
};

export function LotsPage({ words, here, viewer, lots, asked, nextHref, mayAdd, cut }: LotsView) {
  const text = words.trace.lots;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.title}</h1>
          <p class="soft">{text.lead}</p>
        </div>
        {mayAdd === 'add' ? (
          <div class="row">
            <a class="btn" href="/lots/import">
              <Icon name="download" />
              {text.import}
            </a>
            <a class="btn main" href="/lots/new">
              {text.add}
            </a>
          </div>
        ) : null}
      </header>
      <section class="card stack">
        <Filter words={words} here={here} asked={asked} />
        {lots.length === 0 ? (
          <NoLots words={words} asked={asked} />
        ) : (
          <LotTable words={words} here={here} lots={lots} />
        )}
        {cut === 'cut' ? <p class="small soft">{words.common.cutShort}</p> : null}
        {nextHref === null ? null : (
          <p>
            <a class="btn small" href={nextHref}>
              {words.common.more}
            </a>
          </p>
        )}
      </section>
    </TracePage>
  );
}

function Filter({ words, here, asked }: Pick<LotsView, 'words' | 'here' | 'asked'>) {
  const text = words.trace.lots;
  return (
    <form class="filter-row" method="get" action="/lots">
      <div class="field grow">
        <label for="q">{text.search}</label>
        <input id="q" name="q" value={asked.q} autocomplete="off" spellcheck={false} maxlength={200} />
      </div>
      <div class="field">
        <label for="status">{text.status}</label>
        <select id="status" name="status">
          <option value="">{text.anyStatus}</option>
          {Object.entries(words.trace.lotStates).map(([state, label]) => (
            <option value={state} selected={asked.status === state}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {asked.sort === '' ? null : <input type="hidden" name="sort" value={asked.sort} />}
      <button class="btn" type="submit">
        <Icon name="search" />
        {words.common.search}
      </button>
      <FileLink words={words} here={here} file="/lots.csv" />
    </form>
  );
}

function NoLots({ words, asked }: Pick<LotsView, 'words' | 'asked'>) {
  const text = words.trace.lots;
  const searched = asked.q !== '' || asked.status !== '';
  return <EmptyState title={searched ? text.noMatch : text.emptyTitle} lead={searched ? '' : text.emptyLead} />;
}

export function lotColumns({ lang, trace }: Texts): readonly Column<LotRow>[] {
  return [
    {
      key: 'product',
      label: trace.product,
      of: ({ productName, productNameEn }) =>
        productName === null ? null : localName(lang, { name: productName, nameEn: productNameEn }),
    },
    { key: 'batch', label: trace.batch, of: ({ batch }) => batch },
    { key: 'origin', label: trace.origin, of: ({ origin }) => origin },
    { key: 'code', label: trace.lotCode, file: ({ code }) => code, only: 'file' },
    {
      key: 'made',
      label: trace.producedAt,
      of: ({ producedAt }) => producedAt,
      file: ({ producedAt }) => dayCell(producedAt),
    },
    {
      key: 'until',
      label: trace.expiresAt,
      of: ({ expiresAt }) => expiresAt,
      file: ({ expiresAt }) => dayCell(expiresAt),
    },
    { key: 'state', label: trace.state, of: ({ state }) => trace.lotStates[state] },
  ];
}

function LotTable({ words, here, lots }: Pick<LotsView, 'words' | 'here' | 'lots'>) {
  const { trace } = words;
  return (
    <table class="cards">
      <caption class="hide">{trace.lots.title}</caption>
      <SortHead words={words} here={here} columns={lotColumns(words)} />
      <tbody>
        {lots.map((lot) => (
          <tr>
            <th scope="row">
              <a href={`/lots/${lot.id}`}>
                {lot.productName === null
                  ? trace.unnamedProduct
                  : localName(words.lang, { name: lot.productName, nameEn: lot.productNameEn })}
              </a>
            </th>
            <td data-l={trace.batch}>
              <span class="code">{lot.batch}</span>
            </td>
            <td data-l={trace.origin} class="soft">
              {lot.origin ?? '—'}
            </td>
            <td data-l={trace.producedAt} class="soft">
              {lot.producedAt === null ? '—' : <time>{formatDate(lot.producedAt)}</time>}
            </td>
            <td data-l={trace.expiresAt} class="soft">
              {lot.expiresAt === null ? '—' : <time>{formatDate(lot.expiresAt)}</time>}
            </td>
            <td class="now">
              <LotBadge words={words} state={lot.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
