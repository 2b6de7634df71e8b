// Lists of complaints: the inspector's by state, and a shop's published ones.
import { ListBar, type Listed, ListPages, momentCell, NoRows } from '../parts/listing.tsx';
import { Page } from '../parts/page.tsx';
import { type Column, SortHead } from '../parts/sorting.tsx';
import { formatMoment } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';
import { EmptyState, type PageView, type PlaceName, placeName, When } from '../trace/parts.tsx';
import { productOf } from '../trace/product-name.ts';
import {
  ComplaintBadge,
  type ComplaintKindName,
  type ComplaintStateName,
  type ComplaintStepName,
} from './complaint-parts.tsx';

import {
  MediationCard,
  type MediationForm,
  type MediationShown,
  type RoutedShown,
  routedText,
  StageBadge,
} from './mediation-card.tsx';

export type ComplaintLine = {
  readonly id: number;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly kind: ComplaintKindName;
  readonly words: string;
  readonly site: PlaceName | null;
  readonly state: ComplaintStateName;
  readonly at: number;
  readonly routed: RoutedShown;
  readonly settling: Pick<MediationShown, 'stage' | 'dueAt' | 'overdue'> | null;
};

export type ComplaintsView = PageView & {
  readonly complaints: Listed<ComplaintLine>;
  readonly cut: 'cut' | 'whole';
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Ended in the last ninety days, and how. */
  readonly settled: {
    readonly ended: number;
    readonly alone: number;
    readonly mediated: number;
    readonly overdue: number;
  };
};

const states = ['new', 'looked', 'answered', 'closed'] as const;
const shownWords = 80;

export function ComplaintsPage({ words, here, viewer, complaints, cut, state, counts, settled }: ComplaintsView) {
  const text = words.complaints;
  return (
    <Page words={words} title={text.listTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.listTitle}</h1>
        <p class="soft">{text.listLead}</p>
        <div class="row">
          <a class="btn main" href="/complaints/new">
            {words.mediation.clerkTitle}
          </a>
          <a class="btn" href="/complaints/routing">
            {words.mediation.routingTitle}
          </a>
        </div>
      </header>
      <SettledCard words={words} settled={settled} />
      <section class="card stack">
        <States words={words} state={state} counts={counts} />
        <ListBar words={words} here={here} file="/complaints.csv" />
        {complaints.rows.length === 0 ? (
          <NoRows words={words} here={here}>
            <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
          </NoRows>
        ) : (
          <ComplaintTable words={words} here={here} complaints={complaints.rows} />
        )}
        <ListPages words={words} here={here} list={complaints} cut={cut} />
      </section>
    </Page>
  );
}

function States({ words, state, counts }: Pick<ComplaintsView, 'words' | 'state' | 'counts'>) {
  const text = words.complaints;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <nav class="tabs" aria-label={text.state}>
      <a href="/complaints" aria-current={state === '' ? 'page' : undefined}>
        {text.all} <span class="count">{all}</span>
      </a>
      <a href="/complaints?first=1" aria-current={state === 'first' ? 'page' : undefined}>
        {words.mediation.first}
      </a>
      {states.map((each) => (
        <a href={`/complaints?state=${each}`} aria-current={state === each ? 'page' : undefined}>
          {text.states[each]} <span class="count">{counts[each] ?? 0}</span>
        </a>
      ))}
    </nav>
  );
}

function SettledCard({ words, settled }: { words: Texts; settled: ComplaintsView['settled'] }) {
  const text = words.mediation;
  const { ended, alone, mediated, overdue } = settled;
  const share = ended === 0 ? '' : `${Math.round(((alone + mediated) / ended) * 100)} %`;
  return (
    <section class="card stack">
      <h2>{text.settledTitle}</h2>
      <p>{ended === 0 ? text.noSettled : text.settled(share, alone, mediated, ended)}</p>
      {overdue === 0 ? null : <p class="badge overdue">{text.overdueNow(overdue)}</p>}
    </section>
  );
}

export function complaintColumns(words: Texts): readonly Column<ComplaintLine>[] {
  const { complaints: text, mediation } = words;
  const siteOf = ({ site }: ComplaintLine) => (site === null ? null : placeName(words, site));
  return [
    { key: 'number', label: words.common.number, file: ({ id }) => id, only: 'file' },
    { key: 'kind', label: text.kind, of: ({ kind }) => text.kinds[kind] },
    { key: 'state', label: text.state, of: ({ state }) => text.states[state] },
    { key: 'desk', label: mediation.desk, of: ({ routed }) => routedText(words, routed) },
    {
      key: 'lot',
      label: text.lot,
      of: (line) => (line.batch === '' ? null : productOf(words, line)),
      find: ({ productName, productNameEn }) => [productName, productNameEn].join(' '),
    },
    { key: 'batch', label: words.trace.batch, file: ({ batch }) => batch, only: 'file' },
    { key: 'words', label: text.words, file: (line) => line.words },
    { key: 'site', label: text.site, of: siteOf, find: ({ site }) => [site?.name, site?.nameEn].join(' ') },
    { key: 'time', label: text.time, of: ({ at }) => at, file: ({ at }) => momentCell(at) },
  ];
}

type TableProps = Pick<ComplaintsView, 'words' | 'here'> & { readonly complaints: readonly ComplaintLine[] };

function ComplaintTable({ words, here, complaints }: TableProps) {
  const text = words.complaints;
  return (
    <table class="cards">
      <caption class="hide">{text.listTitle}</caption>
      <SortHead words={words} here={here} columns={complaintColumns(words)} />
      <tbody>
        {complaints.map((complaint) => (
          <tr>
            <th scope="row">
              <a href={`/complaints/${complaint.id}`}>{text.kinds[complaint.kind]}</a>
            </th>
            <td class="now">
              <ComplaintBadge words={words} state={complaint.state} />
            </td>
            <td data-l={words.mediation.desk} class="small">
              {routedText(words, complaint.routed)}{' '}
              {complaint.settling === null ? null : (
                <StageBadge words={words} mediation={{ ...complaint.settling, dueAt: null }} />
              )}
            </td>
            <td data-l={text.lot}>
              {complaint.batch === '' ? '–' : productOf(words, complaint)}{' '}
              <span class="code small soft">{complaint.batch}</span>
            </td>
            <td data-l={text.words} class="soft">
              {complaint.words.length > shownWords ? `${complaint.words.slice(0, shownWords)}…` : complaint.words}
            </td>
            <td data-l={text.site}>{complaint.site === null ? '–' : placeName(words, complaint.site)}</td>
            <td data-l={text.time} class="soft small nowrap">
              <When at={complaint.at} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export type MyComplaint = ComplaintLine & {
  readonly mine: { readonly mediation: MediationShown; readonly form: MediationForm } | undefined;
  readonly answers: readonly { readonly kind: ComplaintStepName; readonly words: string; readonly at: number }[];
};

export function MyComplaintsPage({
  words,
  here,
  viewer,
  complaints,
}: PageView & { readonly complaints: readonly MyComplaint[] }) {
  const text = words.complaints;
  return (
    <Page words={words} title={text.myTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.myTitle}</h1>
        <p class="soft">{text.myLead}</p>
      </header>
      {complaints.length === 0 ? <EmptyState title={text.myEmptyTitle} lead={text.myEmptyLead} /> : null}
      {complaints.map((complaint) => (
        <section class="card stack">
          <div class="row spread">
            <h2>{text.kinds[complaint.kind]}</h2>
            <ComplaintBadge words={words} state={complaint.state} />
          </div>
          <p class="small soft">
            {complaint.site === null ? '' : placeName(words, complaint.site)} · {productOf(words, complaint)}{' '}
            <span class="code">{complaint.batch}</span> · {formatMoment(complaint.at, words.lang)}
          </p>
          <p class="lines">{complaint.words}</p>
          {complaint.answers.map((answer) => (
            <p class="note small">
              <span>
                <b>{text.answer}</b> {answer.words} <span class="faint">{formatMoment(answer.at, words.lang)}</span>
              </span>
            </p>
          ))}
          {complaint.mine === undefined ? null : <MediationCard words={words} {...complaint.mine} />}
        </section>
      ))}
    </Page>
  );
}
