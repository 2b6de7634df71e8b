// Visits as a table: where, why, who goes, until when and how far; what was found, once they were there.
import { Icon } from '../../parts/icon.tsx';
import { momentCell } from '../../parts/listing.tsx';
import { type Column, SortHead } from '../../parts/sorting.tsx';
import { formatMoment } from '../../parts/time.ts';
import { bothNames, localName, type Texts } from '../../text/texts.ts';

export type ReasonName = keyof Texts['visit']['reasons'];
export type ResultName = keyof Texts['visit']['results'];

export type VisitLine = {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
  readonly reasons: readonly ReasonName[];
  readonly dueAt: number;
  readonly isLate: boolean;
  readonly metres: number | null;
  readonly result: ResultName | null;
  readonly closedAt: number | null;
  readonly inspectors: readonly { readonly name: string; readonly nameEn: string | null }[];
};

export function visitColumns(words: Texts): readonly Column<VisitLine>[] {
  const { visit: text, lang } = words;
  return [
    { key: 'number', label: words.common.number, file: ({ id }) => id, only: 'file' },
    { key: 'place', label: text.site, of: (visit) => localName(lang, visit), find: bothNames },
    { key: 'address', label: text.address, file: (visit) => addressOf(words, visit), only: 'file' },
    { key: 'reason', label: text.reasonsTitle, of: (visit) => reasonsOf(words, visit) },
    {
      key: 'who',
      label: text.inspector,
      of: (visit) => namesOf(words, visit) || null,
    },
    {
      key: 'due',
      label: text.dueTitle,
      of: ({ closedAt, dueAt }) => closedAt ?? dueAt,
      file: ({ dueAt }) => momentCell(dueAt),
    },
    { key: 'near', label: text.metresTitle, of: ({ metres }) => metres },
    { key: 'result', label: text.resultTitle, file: ({ result }) => result && text.results[result], only: 'file' },
    { key: 'closed', label: text.closed, file: ({ closedAt }) => momentCell(closedAt), only: 'file' },
  ];
}

function addressOf({ lang }: Texts, { address, addressEn }: VisitLine): string | null {
  return lang === 'en' ? (addressEn ?? address) : address;
}

function reasonsOf(words: Texts, { reasons }: VisitLine): string {
  return reasons.map((reason) => words.visit.reasons[reason]).join(words.lang === 'en' ? ', ' : '、');
}

function namesOf({ lang }: Texts, { inspectors }: VisitLine): string {
  return inspectors.map((each) => localName(lang, each)).join(lang === 'en' ? ', ' : '、');
}

function Line({ words, visit }: { words: Texts; visit: VisitLine }) {
  const text = words.visit;
  const address = addressOf(words, visit);
  return (
    <tr>
      <th scope="row">
        <a href={`/visits/${visit.id}`}>{localName(words.lang, visit)}</a>
        {address === null ? null : <span class="small soft block">{address}</span>}
      </th>
      <td data-l={text.reasonsTitle} class="small">
        {reasonsOf(words, visit)}
      </td>
      <td data-l={text.inspector} class="small">
        {namesOf(words, visit) || text.nobody}
      </td>
      <td class="now">
        {visit.result === null ? (
          <Due words={words} visit={visit} />
        ) : (
          <ResultBadge words={words} result={visit.result} />
        )}
      </td>
      <td data-l={text.metresTitle} class="small nowrap">
        {visit.metres === null ? '–' : text.metres(visit.metres)}
      </td>
    </tr>
  );
}

function Due({ words, visit }: { words: Texts; visit: VisitLine }) {
  const text = words.visit;
  return visit.isLate ? (
    <span class="badge overdue">
      <Icon name="late" />
      {text.late}
    </span>
  ) : (
    <span class="small soft nowrap">{text.dueBy(formatMoment(visit.dueAt, words.lang))}</span>
  );
}

const badges = { pass: ['done', 'check'], fix: ['due', 'alert'], stop: ['overdue', 'octagon'] } as const;

export function ResultBadge({ words, result }: { words: Texts; result: ResultName }) {
  const [tone, icon] = badges[result];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.visit.results[result]}
    </span>
  );
}

type TableProps = { readonly words: Texts; readonly here: string; readonly visits: readonly VisitLine[] };

export function VisitTable({ words, here, visits }: TableProps) {
  return (
    <table class="cards">
      <caption class="hide">{words.visit.listTitle}</caption>
      <SortHead words={words} here={here} columns={visitColumns(words)} />
      <tbody data-visits>
        {visits.map((visit) => (
          <Line words={words} visit={visit} />
        ))}
      </tbody>
    </table>
  );
}
