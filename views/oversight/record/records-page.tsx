// The public records of a district, by name.
import { Page } from '../../parts/page.tsx';
import { localName } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../../trace/parts.tsx';
import { NextPage } from '../risk/risk-page.tsx';
import { GradeOrNone } from './record-page.tsx';

export type RecordsView = PageView & {
  readonly records: readonly {
    readonly site: string;
    readonly name: string;
    readonly nameEn: string | null;
    readonly grade: 'A' | 'B' | 'C' | null;
    readonly live: number;
    readonly dineIn: 0 | 1;
  }[];
  readonly districts: readonly { readonly id: number; readonly name: string; readonly nameEn: string | null }[];
  readonly district: number | undefined;
  readonly text: string;
  readonly next: string | null;
};

export function RecordsPage(view: RecordsView) {
  const { words, here, viewer, records, next } = view;
  const text = words.record;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        <Search {...view} />
        <p class="row">
          <a class="btn small" href="/open-data">
            {text.openTitle}
          </a>
          <a class="btn small" href="/risk/rules">
            {text.rules}
          </a>
        </p>
      </header>
      <section class="card stack">
        {records.length === 0 ? <EmptyState title={text.emptyTitle} lead={text.emptyLead} /> : <List {...view} />}
        <NextPage href={next} label={text.next} />
      </section>
    </Page>
  );
}

function Search({ words, districts, district, text: typed }: RecordsView) {
  const text = words.record;
  return (
    <form class="row" method="get" action="/records">
      <label for="f-q" class="hide">
        {text.search}
      </label>
      <input id="f-q" name="q" type="search" value={typed} placeholder={text.search} maxlength={60} />
      <label for="f-district" class="hide">
        {text.everyDistrict}
      </label>
      <select id="f-district" name="district">
        <option value="">{text.everyDistrict}</option>
        {districts.map((each) => (
          <option value={String(each.id)} selected={each.id === district}>
            {localName(words.lang, each)}
          </option>
        ))}
      </select>
      <button class="btn" type="submit">
        {text.find}
      </button>
    </form>
  );
}

function List({ words, records }: RecordsView) {
  const text = words.record;
  return (
    <table class="cards">
      <caption class="hide">{text.title}</caption>
      <thead>
        <tr>
          <th scope="col">{text.place}</th>
          <th scope="col">{text.grade}</th>
          <th scope="col">{text.camera}</th>
        </tr>
      </thead>
      <tbody>
        {records.map((each) => (
          <tr>
            <th scope="row">
              <a href={`/records/${encodeURIComponent(each.site)}`}>{localName(words.lang, each)}</a>
              {each.dineIn === 1 ? null : <span class="small soft"> {text.noDineIn}</span>}
            </th>
            <td class="now">
              <GradeOrNone words={words} grade={each.grade} size={24} />
            </td>
            <td data-l={text.camera} class="small">
              {each.live > 0 ? text.bright : text.notLive}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
