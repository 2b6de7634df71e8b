// The public records of a district, by name.
import { ListBar, type Listed, ListPages } from '../../parts/listing.tsx';
import { Page } from '../../parts/page.tsx';
import { type Column, SortHead } from '../../parts/sorting.tsx';
import { bothNames, localName, type Texts } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../../trace/parts.tsx';
import { GradeOrNone } from './record-page.tsx';

export type RecordLine = {
  readonly site: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly licence: string;
  readonly address: string;
  readonly addressEn: string | null;
  readonly district: string | null;
  readonly districtEn: string | null;
  readonly grade: 'A' | 'B' | 'C' | null;
  readonly credit: number;
  readonly live: number;
  readonly dineIn: 0 | 1;
  readonly closedOn: string | null;
};

export type RecordsView = PageView & {
  readonly records: Listed<RecordLine>;
  readonly districts: readonly { readonly id: number; readonly name: string; readonly nameEn: string | null }[];
  readonly district: number | undefined;
};

export function RecordsPage(view: RecordsView) {
  const { words, here, viewer, records } = view;
  const text = words.record;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
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
        <ListBar words={words} here={here} fields={['district']} file="/records.csv">
          <Districts {...view} />
        </ListBar>
        {records.rows.length === 0 ? <EmptyState title={text.emptyTitle} lead={text.emptyLead} /> : <List {...view} />}
        <ListPages words={words} here={here} list={records} />
      </section>
    </Page>
  );
}

function Districts({ words, districts, district }: RecordsView) {
  const text = words.record;
  return (
    <div class="field">
      <label for="f-district">{text.district}</label>
      <select id="f-district" name="district">
        <option value="">{text.everyDistrict}</option>
        {districts.map((each) => (
          <option value={String(each.id)} selected={each.id === district}>
            {localName(words.lang, each)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What sorts is ordered by the store: a city has more kitchens than are put in order here. */
export function recordColumns(words: Texts): readonly Column<RecordLine>[] {
  const { record: text, lang } = words;
  const english = (zh: string | null, en: string | null) => (lang === 'en' ? (en ?? zh) : zh);
  return [
    { key: 'place', label: text.place, of: (line) => localName(lang, line), find: bothNames },
    { key: 'licence', label: text.licence, file: ({ licence }) => licence, only: 'file' },
    { key: 'address', label: text.address, file: (line) => english(line.address, line.addressEn), only: 'file' },
    { key: 'area', label: text.district, file: (line) => english(line.district, line.districtEn), only: 'file' },
    { key: 'grade', label: text.grade, of: ({ grade }) => grade },
    { key: 'credit', label: text.credit, of: ({ credit }) => credit, side: 'right' },
    {
      key: 'live',
      label: text.camera,
      of: ({ live }) => live,
      file: ({ live }) => (live > 0 ? text.bright : text.notLive),
    },
  ];
}

function List({ words, here, records }: RecordsView) {
  const text = words.record;
  return (
    <table class="cards">
      <caption class="hide">{text.title}</caption>
      <SortHead words={words} here={here} columns={recordColumns(words)} />
      <tbody>
        {records.rows.map((each) => (
          <tr>
            <th scope="row">
              <a href={`/records/${encodeURIComponent(each.site)}`}>{localName(words.lang, each)}</a>
              {each.dineIn === 1 ? null : <span class="small soft"> {text.noDineIn}</span>}
            </th>
            <td class="now">
              {each.closedOn === null ? (
                <GradeOrNone words={words} grade={each.grade} size={24} />
              ) : (
                <span class="badge unsure">{words.standing.closedOn(each.closedOn)}</span>
              )}
            </td>
            <td data-l={text.credit} class="right">
              {each.credit}
            </td>
            <td data-l={text.camera} class="small">
              {each.closedOn !== null ? '–' : each.live > 0 ? text.bright : text.notLive}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
