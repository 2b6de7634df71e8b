// The list of lots, with one search field.
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
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
  readonly asked: { readonly q: string; readonly status: LotState | '' };
  /** Where the next page starts; null at the end. */
  readonly nextHref: string | null;
  readonly mayAdd: 'add' | 'look';
};

export function LotsPage({ words, here, viewer, lots, asked, nextHref, mayAdd }: LotsView) {
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
          <button class="btn" type="submit">
            <Icon name="search" />
            {words.common.search}
          </button>
        </form>
        {lots.length === 0 ? <NoLots words={words} asked={asked} /> : <LotTable words={words} lots={lots} />}
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

function NoLots({ words, asked }: Pick<LotsView, 'words' | 'asked'>) {
  const text = words.trace.lots;
  const searched = asked.q !== '' || asked.status !== '';
  return <EmptyState title={searched ? text.noMatch : text.emptyTitle} lead={searched ? '' : text.emptyLead} />;
}

function LotTable({ words, lots }: Pick<LotsView, 'words' | 'lots'>) {
  const { trace } = words;
  return (
    <table class="cards">
      <caption class="hide">{trace.lots.title}</caption>
      <thead>
        <tr>
          <th scope="col">{trace.product}</th>
          <th scope="col">{trace.batch}</th>
          <th scope="col">{trace.origin}</th>
          <th scope="col">{trace.producedAt}</th>
          <th scope="col">{trace.expiresAt}</th>
          <th scope="col">{trace.state}</th>
        </tr>
      </thead>
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
